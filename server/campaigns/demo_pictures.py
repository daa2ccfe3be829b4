"""The pictures of the demo's prizes: our own drawings, kept like those that a brand uploads."""

from functools import cache
from pathlib import Path

from resvg_py import svg_to_bytes

from server.campaigns.redraw import Redrawn, redraw

FOLDER = Path(__file__).resolve().parent.parent / "recipes" / "prizes"
SIDE = 240  # pixels; a ticket shows it at 96


@cache
def demo_picture(name: str) -> Redrawn:
    """One of the drawings, by the name of its file."""
    drawing = (FOLDER / f"{name}.svg").read_text("utf-8")
    return redraw(bytes(svg_to_bytes(svg_string=drawing, width=SIDE)), SIDE)
