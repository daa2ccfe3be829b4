"""What is printed: a poster with the game's own scene, or a sheet of stickers to cut apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from resvg_py import svg_to_bytes

from server.backoffice.posters.paper import (
    BLACK,
    BLACK_INK,
    BOLD,
    GREY_INK,
    PAPER_WHITE,
    Format,
    Ink,
    Paper,
    brand_ink,
)
from server.backoffice.posters.qr import make_qr
from server.campaigns.accents import PAPER, readable_on
from server.drawings import draw
from server.play.card_picture import SKIES

BLEED, SLUG = 3.0, 9.0
LOOKED_AT = 720  # units of the field that a poster's width shows
BOSS_LOWER = 0.138  # of a poster's height: room for the headline above
DOTS_A_MM = 8  # 203 dpi: a drawing that is looked at from a metre away
MARGIN = 10.0  # around the stickers of a sheet, for printers that do not reach the edge


class Layout(StrEnum):
    """A4 and A3 posters; sheets of stickers whose QR is 25, 35 and 50 mm wide."""

    A4 = "a4"
    A3 = "a3"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Sticker(NamedTuple):
    width: float
    height: float
    code: float


POSTERS = {Layout.A4: Format(210, 297, BLEED, SLUG), Layout.A3: Format(297, 420, BLEED, SLUG)}
STICKERS = {Layout.SMALL: Sticker(38, 50, 27), Layout.MEDIUM: Sticker(54, 69, 40), Layout.LARGE: Sticker(75, 92, 57)}
SHEET = Format(210, 297)


@dataclass(frozen=True)
class Printed:
    """One code on paper: what the QR holds, the same in words, and how a copy of a pack is numbered."""

    address: str
    spoken: str
    numbered: str = ""


@dataclass(frozen=True)
class Words:
    """What stands around a code; all of it in letters that the font has."""

    brand: str
    headline: str
    call: str
    free: str
    locale: str


def poster_pdf(layout: Layout, printed: Printed, words: Words, look: dict[str, str], logo: bytes = b"") -> bytes:
    """A poster with 3 mm of bleed and marks at its corners. `look` is that of `server.drawings.look_of`."""
    form = POSTERS[layout]
    paper, scale = Paper(form, words.headline, words.locale), form.width / 210
    paper.add_page()
    paper.picture(_scene(form, look), -BLEED, -BLEED, form.width + 2 * BLEED, form.height + 2 * BLEED)
    _head(paper, words, scale, logo)
    _card(paper, printed, words, look, scale)
    paper.corner_marks()
    return paper.finish()


def _scene(form: Format, look: dict[str, str]) -> bytes:
    """The game's field as a PNG, as it is before a round."""
    width, height = form.width + 2 * BLEED, form.height + 2 * BLEED
    tall = LOOKED_AT * height / width
    field = (draw("scene", look) + draw("cast", look)).replace("<svg", "<g").replace("</svg", "</g")
    stops = "".join(f'<stop offset="{at * 1.25:.0f}%" stop-color="{colour}"/>' for at, colour in SKIES[look["time"]])
    drawn = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LOOKED_AT} {tall:.1f}" '
             f'width="{width * DOTS_A_MM:.0f}" height="{height * DOTS_A_MM:.0f}">'
             f'<linearGradient id="poster-sky" x2="0" y2="1">{stops}</linearGradient>'
             f'<rect width="{LOOKED_AT}" height="{tall:.1f}" fill="url(#poster-sky)"/>'
             f'<g transform="translate(0 {tall * BOSS_LOWER:.1f})">{field}</g></svg>')
    return bytes(svg_to_bytes(svg_string=drawn, skip_system_fonts=True))


def _head(paper: Paper, words: Words, scale: float, logo: bytes) -> None:
    """The brand, and the headline in the sky."""
    left, room = 14 * scale, paper.form.width - 28 * scale
    if logo:
        paper.panel(left, 13 * scale, 16 * scale, 16 * scale, PAPER_WHITE, 3 * scale)
        paper.picture(logo, left + 1.5 * scale, 14.5 * scale, 13 * scale, 13 * scale)
    aside = 20 * scale if logo else 0
    paper.write(words.brand, left + aside, (20 if logo else 15) * scale, room - aside, BOLD, 15 * scale, PAPER_WHITE,
                "L" if logo else "C")
    lines, size = paper.wrap(words.headline, BLACK, room, 1, 50 * scale, 34 * scale)
    if len(lines) > 1:
        lines, size = paper.wrap(words.headline, BLACK, room, 2, 34 * scale, 16 * scale)
    y = (30 if len(lines) > 1 else 37) * scale
    for line in lines:
        paper.write(line, left, y, room, BLACK, size, PAPER_WHITE, "C")
        y += size * 0.38


def _card(paper: Paper, printed: Printed, words: Words, look: dict[str, str], scale: float) -> None:
    """White, below the boss: the code, and what to do with it."""
    x, height = 14 * scale, 100 * scale
    width, y = paper.form.width - 2 * x, paper.form.height - height - 14 * scale
    paper.panel(x, y, width, height, PAPER_WHITE, 8 * scale)
    code = 92 * scale
    paper.code(make_qr(printed.address), x + 4 * scale, y + 4 * scale, code)
    left, room = x + code + 8 * scale, width - code - 16 * scale
    accent = look["accent"]
    lines, size = paper.wrap(words.call, BLACK, room, 3, 34 * scale, 14 * scale)
    step = size * 0.4
    line_y = y + 24 * scale + (3 - len(lines)) * step / 2
    for line in lines:
        paper.write(line, left, line_y, room, BLACK, size, BLACK_INK)
        line_y += step
    pill = 11 * scale
    line_y -= step * 0.45
    paper.panel(left, line_y, room, pill, brand_ink(accent), pill * 0.48)
    paper.write(words.free, left + 4 * scale, line_y + pill * 0.65, room - 8 * scale, BOLD, 12 * scale,
                text_on(accent), "C")
    host, _, code_words = printed.spoken.partition("/q/")
    for place, part in enumerate((f"{host}/q/", code_words)):
        paper.write(part, left, y + height - (18 - 8 * place) * scale, room, BOLD, 13 * scale, BLACK_INK)


def sticker_pdf(layout: Layout, printed: Sequence[Printed], words: Words, accent: str) -> bytes:
    """Sheets of A4, as many stickers on each as fit, with marks at the edges for cuts from side to side."""
    sticker = STICKERS[layout]
    columns, rows = across(sticker)
    paper = Paper(SHEET, words.headline, words.locale)
    left, top = (SHEET.width - columns * sticker.width) / 2, (SHEET.height - rows * sticker.height) / 2
    for start in range(0, len(printed), columns * rows):
        paper.add_page()
        for place, one in enumerate(printed[start:start + columns * rows]):
            row, column = divmod(place, columns)
            _sticker(paper, sticker, left + column * sticker.width, top + row * sticker.height, one, words, accent)
        paper.cut_marks([left + place * sticker.width for place in range(columns + 1)],
                        [top + place * sticker.height for place in range(rows + 1)],
                        left, left + columns * sticker.width, top, top + rows * sticker.height, 2)
    return paper.finish()


def across(sticker: Sticker) -> tuple[int, int]:
    """How many stickers fit beside and below each other."""
    return (int((SHEET.width - 2 * MARGIN) // sticker.width), int((SHEET.height - 2 * MARGIN) // sticker.height))


def _sticker(paper: Paper, sticker: Sticker, x: float, y: float, printed: Printed, words: Words, accent: str) -> None:
    """A frame and a band in the brand's colour, well inside the cut; nothing is printed over it."""
    inset, scale = 2.0, sticker.width / 38
    width, height = sticker.width - 2 * inset, sticker.height - 2 * inset
    ink, band = brand_ink(accent), 8.5 * scale
    paper.panel(x + inset, y + inset, width, band + 3 * scale, ink, 3 * scale)
    paper.panel(x + inset, y + inset + band, width, 3 * scale, PAPER_WHITE)
    paper.frame(x + inset, y + inset, width, height, ink, 3 * scale, 0.5 * scale)
    paper.write(words.call, x + inset + 2, y + inset + band * 0.66, width - 4, BLACK, 12 * scale, text_on(accent), "C")
    paper.code(make_qr(printed.address), x + (sticker.width - sticker.code) / 2, y + inset + band + 0.6 * scale,
               sticker.code)
    below = y + inset + band + sticker.code + 2.2 * scale
    host, _, code_words = printed.spoken.partition("/q/")
    paper.write(f"{host}/q/", x + inset + 2, below, width - 4, BOLD, 6.2 * scale, BLACK_INK, "C")
    paper.write(code_words, x + inset + 2, below + 2.7 * scale, width - 4, BOLD, 6.2 * scale, BLACK_INK, "C")
    foot = f"{words.brand} · {printed.numbered}" if printed.numbered else words.brand
    paper.write(foot, x + inset + 2, below + 5.4 * scale, width - 4, BOLD, 5 * scale, GREY_INK, "C")


def text_on(colour: str) -> Ink:
    """Paper or black ink, whichever can be read on a colour."""
    return PAPER_WHITE if readable_on(colour) == PAPER else BLACK_INK
