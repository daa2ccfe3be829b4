"""The desk of QR codes: posters and packs made, counted, printed, revoked."""
