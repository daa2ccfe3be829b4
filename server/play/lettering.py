"""Words on pictures made by the server, in Nunito: fitted to a width, without what the font cannot write."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).resolve().parent.parent.parent / "static" / "vendor" / "@fontsource" / "nunito"
PARTS = ("latin", "latin-ext")  # the font comes in pieces; a letter is looked for in this order
NOT_IN_ANY_FONT = "\U0010fffd"
UNBROKEN = "\u00a0\u202f"  # the spaces of numbers and before French marks
BOLD, BLACK = 700, 900


@cache
def _font(part: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / f"nunito-{part}-{weight}-normal.woff2", size)


@cache
def _part_with(letter: str) -> str | None:
    """The piece of the font that can write a letter, None when there is none."""
    for part in PARTS:
        font = _font(part, BLACK, 40)
        if bytes(font.getmask(letter)) != bytes(font.getmask(NOT_IN_ANY_FONT)):
            return part
    return None


def writable(text: str) -> str:
    """A text in letters that the font has, on one line: an unknown accent is dropped, an unknown letter too."""
    kept = "".join(_writable_letter(letter) for letter in unicodedata.normalize("NFC", text))
    return re.sub(" {2,}", " ", kept).strip(" ")


def _writable_letter(letter: str) -> str:
    if letter.isspace():
        return letter if letter in UNBROKEN else " "
    if _part_with(letter):
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part) and _part_with(part))


class Pen:
    """Writes on one picture."""

    def __init__(self, picture: Image.Image) -> None:
        self._draw = ImageDraw.Draw(picture)

    def write(self, at: tuple[int, int], text: str, colour: str, *, weight: int, size: int) -> None:
        """Write from a point on the base line, to the right."""
        x, y = float(at[0]), at[1]
        for font, run in _runs(text, weight, size):
            self._draw.text((x, y), run, colour, font, anchor="ls")
            x += font.getlength(run)


def _runs(text: str, weight: int, size: int) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
    """The text in pieces that one piece of the font can write each."""
    for part, letters in groupby(text, key=lambda letter: _part_with(letter) or PARTS[0]):
        yield _font(part, weight, size), "".join(letters)


def width_of(text: str, weight: int, size: int) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, weight, size))


def fit(text: str, width: int, *, lines: int = 1, weight: int, most: int, least: int) -> tuple[list[str], int]:
    """The text in at most so many lines, and its size: the largest that fits; where none does, it is cut with …"""
    for size in range(most, least - 1, -2):
        wrapped = _wrap(text, width, weight, size)
        if len(wrapped) <= lines and all(width_of(line, weight, size) <= width for line in wrapped):
            return wrapped, size
    kept = wrapped[:lines]
    if len(wrapped) > lines:
        kept[-1] += "…"
    return [_cut(line, width, weight, least) for line in kept], least


def _cut(line: str, width: int, weight: int, size: int) -> str:
    """A line as it is where it fits, else as much of it as does with …"""
    rest = line.removesuffix("…")
    while rest and width_of(line, weight, size) > width:
        rest = rest[:-1]
        line = f"{rest.rstrip()}…"
    return line


def _wrap(text: str, width: int, weight: int, size: int) -> list[str]:
    """The text broken at spaces, as few lines as there can be; a word longer than the width stays whole."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, weight, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
