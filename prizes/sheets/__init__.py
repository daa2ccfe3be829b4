"""Tables as files, CSV and XLSX: read line by line within bounds, written so that no cell becomes a formula."""
