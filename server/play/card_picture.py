"""Drawing a share card: the game in the brand's look behind, a plate with its words in front."""

import io
import threading
from collections import OrderedDict
from functools import lru_cache
from typing import NamedTuple

from gevent import get_hub
from PIL import Image
from resvg_py import svg_to_bytes

from server.campaigns.accents import INK, SHADE, SUN, deepen, readable_on
from server.drawings import draw, look_of, mix
from server.play.lettering import BLACK, BOLD, Pen, fit, writable
from server.play.share_card import CardPictures, ShareCard

WIDTH, HEIGHT = 1200, 630  # what social networks show whole
PLATE_X, PLATE_Y, PLATE_WIDTH, PLATE_HEIGHT = 56, 78, 548, 474
BAND_Y, BAND_HEIGHT = 182, 176  # of the score
MARGIN = 44
LOGO_SIDE = 84
CAPITALS = 0.72  # how high they are, of a size
SOFT = "#51607f"
CORNERS = {"round": 40, "soft": 20, "sharp": 4}
BACKDROPS_KEPT = 8  # of 2.3 MB each
CARDS_KEPT = 64  # of about 140 KB each
# As in static/game.css: percent of the way down, colour. The field lies lower on a card than on a page.
SKIES = {
    "day": ((0, "#3a7fdc"), (22, "#63b0f5"), (38, "#a9dcff"), (46, "#ffe9c4")),
    "evening": ((0, "#53489f"), (16, "#9c5fae"), (30, "#ee8592"), (40, "#ffc18a"), (47, "#ffe6b8")),
    "night": ((0, "#0b0c33"), (22, "#1b1a5e"), (38, "#432a8c"), (47, "#8a44a8")),
}
LOWER = 1.47
STARS = ((30, 40), (120, 22), (236, 54), (330, 18), (432, 44), (660, 30), (706, 118), (770, 52), (1010, 36), (1090, 24),
         (640, 214), (1046, 150), (1178, 66))


class Backdrop(NamedTuple):
    """All that makes a card's picture save its words."""

    look: tuple[tuple[str, str], ...]
    shape: str
    logo: bytes


class Studio:
    """Draws cards beside the process's other work: one at a time, on a thread of gevent's pool."""

    def __init__(self) -> None:
        self._turn = threading.Lock()  # patched under gevent: who waits parks its greenlet, not the process
        self._drawn = OrderedDict[str, bytes]()

    def draw(self, card: ShareCard, pictures: CardPictures) -> bytes:
        """The card's PNG; the last ones asked for are kept."""
        with self._turn:
            drawn = self._drawn.pop(card.etag, None) or get_hub().threadpool.apply(draw_card, (card, pictures))
            self._drawn[card.etag] = drawn
            if len(self._drawn) > CARDS_KEPT:
                self._drawn.popitem(last=False)
        return drawn


def draw_card(card: ShareCard, pictures: CardPictures) -> bytes:
    """The card as a PNG of 1200 × 630."""
    look = look_of(card.theme.as_json())
    look["picture"] = pictures.boss.held if pictures.boss else ""
    logo = pictures.logo.content if pictures.logo else b""
    picture = backdrop(Backdrop(tuple(sorted(look.items())), card.theme.shape, logo)).copy()
    _write(Pen(picture), card, has_logo=bool(logo))
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _write(pen: Pen, card: ShareCard, *, has_logo: bool) -> None:
    x, room = PLATE_X + MARGIN, PLATE_WIDTH - 2 * MARGIN
    [over], size = fit(writable(card.over or card.brand), room - 70, weight=BOLD, most=42, least=22)
    pen.write((x, BAND_Y - 34), over, INK, weight=BOLD, size=size)
    _head(pen, writable(card.headline), readable_on(card.theme.palette.accent))
    x, room = (x + LOGO_SIDE + 22, room - LOGO_SIDE - 22) if has_logo else (x, room)
    lines, size = fit(writable(card.title), room, lines=2, weight=BLACK, most=42, least=26)
    [brand], brand_size = fit(writable(card.brand), room, weight=BOLD, most=30, least=20)
    y = BAND_Y + BAND_HEIGHT + 76 + (len(lines) == 1) * 20
    for line in lines:
        pen.write((x, y), line, INK, weight=BLACK, size=size)
        y += round(size * 1.14)
    pen.write((x, y), brand if card.over else "", SOFT, weight=BOLD, size=brand_size)


def _head(pen: Pen, text: str, colour: str) -> None:
    """The headline across the band: one line where that is large enough to be read on a phone, else two."""
    room = PLATE_WIDTH - 2 * MARGIN
    lines, size = fit(text, room, weight=BLACK, most=156, least=72)
    if lines != [text]:
        lines, size = fit(text, room, lines=2, weight=BLACK, most=66, least=36)
    high, step = round(size * CAPITALS), round(size * 1.08)
    y = BAND_Y + (BAND_HEIGHT + high - step * (len(lines) - 1)) // 2
    for line in lines:
        pen.write((PLATE_X + MARGIN - 4, y), line, colour, weight=BLACK, size=size)
        y += step


@lru_cache(maxsize=BACKDROPS_KEPT)
def backdrop(wanted: Backdrop) -> Image.Image:
    drawn = svg_to_bytes(svg_string=_svg(dict(wanted.look), wanted.shape), skip_system_fonts=True)
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    if wanted.logo:
        logo = Image.open(io.BytesIO(wanted.logo)).convert("RGBA")
        logo.thumbnail((LOGO_SIDE, LOGO_SIDE), Image.Resampling.LANCZOS)
        left, top = PLATE_X + MARGIN, BAND_Y + BAND_HEIGHT + 52
        picture.paste(logo, (left + (LOGO_SIDE - logo.width) // 2, top + (LOGO_SIDE - logo.height) // 2), logo)
    return picture


def _svg(look: dict[str, str], shape: str) -> str:
    """The field as players see it, moved to the right, and the plate."""
    field = (draw("scene", look) + draw("cast", look)).replace("<svg", "<g").replace("</svg", "</g")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{_sky(look["time"])}'
            f'<g transform="translate(588 20) scale(.9)">{field}</g>{_plate(look, CORNERS[shape])}</svg>')


def _sky(time: str) -> str:
    stops = "".join(f'<stop offset="{at * LOWER:.0f}%" stop-color="{colour}"/>' for at, colour in SKIES[time])
    stars = "".join(f'<circle cx="{x}" cy="{y}" r="{2 + x % 3 / 2}" fill="#cfd8ff"/>' for x, y in STARS)
    return (f'<linearGradient id="card-sky" x2="0" y2="1">{stops}</linearGradient>'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#card-sky)"/>{stars if time == "night" else ""}')


def _plate(look: dict[str, str], corner: int) -> str:
    """The plate with its shadow, the band that the score stands on, and a target with a dart in it."""
    accent, x, right = look["accent"], PLATE_X, PLATE_X + PLATE_WIDTH
    box = f'x="{x}" width="{PLATE_WIDTH}" height="{PLATE_HEIGHT}" rx="{corner}"'
    band = f'x="{x}" width="{PLATE_WIDTH}"'
    rings = "".join(f'<circle r="{radius}" fill="{fill}"/>' for radius, fill in (
        (64, "#ffffff"), (56, accent), (42, "#ffffff"), (28, accent), (13, "#ffffff")))
    return (f'<rect y="{PLATE_Y + 12}" {box} fill="#0b2545" opacity=".28"/><rect y="{PLATE_Y}" {box} fill="#ffffff"/>'
            f'<linearGradient id="card-band" x2="0" y2="1"><stop stop-color="{mix(accent, SUN, 0.3)}"/>'
            f'<stop offset="1" stop-color="{accent}"/></linearGradient>'
            f'<rect y="{BAND_Y}" {band} height="{BAND_HEIGHT}" fill="url(#card-band)"/>'
            f'<rect y="{BAND_Y + BAND_HEIGHT}" {band} height="10" fill="{deepen(accent)}"/>'
            f'<g transform="translate({right - 56} {PLATE_Y + 24})">{rings}{_dart(look)}</g>')


def _dart(look: dict[str, str]) -> str:
    """A foam dart that sticks in the middle of a target."""
    foam, shade = look["blaster"], mix(look["blaster"], SHADE, 0.4)
    return (f'<g transform="rotate(40)" stroke-linecap="round">'
            f'<path d="M0-26V-100" stroke="{shade}" stroke-width="24"/>'
            f'<path d="M-2-26V-101" stroke="{foam}" stroke-width="19"/>'
            f'<path d="M-6-40V-98" stroke="{mix(foam, SUN, 0.6)}" stroke-width="5"/>'
            f'<path d="M-15 2Q-15-26 0-26T15 2Q0 9-15 2Z" fill="{mix(look["accent"], SHADE, 0.35)}"/></g>')
