"""The icon of a campaign on a device's screen: its boss before a target, in the brand's colours."""

from collections.abc import Mapping
from functools import lru_cache

from gevent import get_hub
from resvg_py import svg_to_bytes

from server.campaigns.accents import SUN
from server.drawings import draw, mix
from server.play.card_picture import SKIES

SIDE = 512  # of the drawing, whatever the picture's own
ICONS = {"192": (192, False), "512": (512, False), "maskable-512": (512, True)}  # pixels, whether it may be cut


def draw_icon(look: Mapping[str, str], name: str) -> bytes:
    """One of `ICONS` as a PNG, drawn on a thread of gevent's pool. Raises KeyError for another name."""
    side, is_maskable = ICONS[name]
    drawn: bytes = get_hub().threadpool.apply(_draw, (tuple(sorted(look.items())), side, is_maskable))
    return drawn


@lru_cache(maxsize=48)
def _draw(values: tuple[tuple[str, str], ...], side: int, is_maskable: bool) -> bytes:
    svg = _svg(dict(values), is_maskable=is_maskable)
    return bytes(svg_to_bytes(svg_string=svg, width=side, height=side, skip_system_fonts=True))


def _svg(look: dict[str, str], *, is_maskable: bool) -> str:
    """What may be cut by a device fills its square, and all that matters lies within the circle of four fifths."""
    head, hands = draw("boss", look).split(">", 1)[1].removesuffix("</svg>").split("</svg>", 1)
    desk = '<path d="M-200 298H600V800H-200z" fill="#8a4a1c"/><path d="M-200 298H600v11H-200z" fill="#c98542"/>'
    corner, scale = (0, 0.8) if is_maskable else (96, 1)
    stops = "".join(f'<stop offset="{at}%" stop-color="{colour}"/>' for at, colour in SKIES[look["time"]])
    rings = "".join(f'<circle cx="256" cy="250" r="{radius}" fill="{fill}"/>' for radius, fill in (
        (236, "#ffffff"), (208, look["accent"]), (166, "#ffffff"), (124, mix(look["accent"], SUN, 0.4))))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}"><defs>'
            f'<linearGradient id="icon-sky" x2="0" y2="1">{stops}</linearGradient>'
            f'<clipPath id="icon-edge"><rect width="{SIDE}" height="{SIDE}" rx="{corner}"/></clipPath></defs>'
            f'<g clip-path="url(#icon-edge)"><rect width="{SIDE}" height="{SIDE}" fill="url(#icon-sky)"/>'
            f'<g transform="translate(256 256) scale({scale}) translate(-256 -256)">{rings}'
            f'<g transform="translate(-16 8) scale(1.36)">{head}</svg>{desk}{hands}</g></g></g></svg>')
