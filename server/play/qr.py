"""An address as a QR code."""

from functools import lru_cache

import segno

INK, PAPER = "#14213d", "#fff"  # also in the dark: scanners want dark on light


@lru_cache(maxsize=1024)  # of a few kilobytes each: whoever asks once asks again
def qr_of(address: str) -> str:
    """An SVG as a data URI, with the quiet zone around it; legible with an eighth of it covered (level M)."""
    return str(segno.make(address, error="m", micro=False).svg_data_uri(border=3, dark=INK, light=PAPER))
