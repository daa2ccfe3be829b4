"""A QR code as a picture: SVG and PNG for screens and layouts, runs of modules for a printed sheet."""

import io
from collections.abc import Iterator

import segno

QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks for
LEVEL = "q"  # a quarter of it may be dirt or torn; segno takes more where that costs no larger picture


def make_qr(address: str) -> segno.QRCode:
    return segno.make_qr(address, error=LEVEL)


def side_of(qr: segno.QRCode) -> int:
    """How many modules it is wide, with the quiet zone."""
    return int(qr.symbol_size(border=QUIET)[0])


def svg_of(address: str) -> bytes:
    """Black on white, without a size of its own."""
    drawn = io.BytesIO()
    make_qr(address).save(drawn, kind="svg", border=QUIET, light="#fff", omitsize=True)
    return drawn.getvalue()


def png_of(address: str, least_side: int) -> bytes:
    """Whole pixels a module, so that it is at least so many pixels wide; one bit a pixel."""
    qr, drawn = make_qr(address), io.BytesIO()
    qr.save(drawn, kind="png", border=QUIET, scale=-(-least_side // side_of(qr)))
    return drawn.getvalue()


def runs_of(qr: segno.QRCode) -> Iterator[tuple[int, int, int]]:
    """(column, row, length) of every run of dark modules in a row, without the quiet zone."""
    for row, modules in enumerate(qr.matrix):
        start: int | None = None
        for column, is_dark in enumerate([*modules, 0]):
            if is_dark and start is None:
                start = column
            elif not is_dark and start is not None:
                yield start, row, column - start
                start = None
