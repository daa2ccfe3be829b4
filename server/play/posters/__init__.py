"""QR codes on posters and packs: made by staff, scanned by passers-by, worth a look or a round."""
