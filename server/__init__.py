"""Popshot: promotional mini-games with real prizes, the web side."""
