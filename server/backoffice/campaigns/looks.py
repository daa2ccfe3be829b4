"""What of a theme is hard to see: a colour too like the one that it lies on."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from server.campaigns.accents import PAPER, contrast
from server.campaigns.theme import Theme

TOO_LIKE = 1.25  # WCAG's contrast below which two colours differ by hue alone, if at all
TOO_NEAR = 90  # and how near they then are, in the cube of 256 reds, greens and blues; both ours
FAINT = 1.25  # of a button on the page
BACKDROPS = {"hills": "#77c391", "town": "#e9cfae", "city": "#8fa3d8"}  # the middle plane in static/game/art/places.js


class Look(NamedTuple):
    """`what` lies on `ground`; `anchor` is the field of the first."""

    what: str
    ground: str
    anchor: str


def warn_of_looks(theme: Theme) -> Iterator[Look]:
    """Pairs that players may fail to tell apart, and an accent that melts into the page."""
    backdrop, colours, boss = BACKDROPS[theme.scene.place], theme.palette, theme.boss
    for target in ("can", "balloon", "duck", "gift"):
        if is_too_like(getattr(colours, target), backdrop):
            yield Look(target, "backdrop", f"theme.palette.{target}")
    if is_too_like(colours.gift, colours.can):
        yield Look("gift", "can", "theme.palette.gift")
    if boss.hairstyle != "bald" and is_too_like(boss.hair, boss.skin):
        yield Look("hair", "skin", "theme.boss.hair")
    if is_too_like(boss.tie, boss.suit):
        yield Look("tie", "suit", "theme.boss.tie")
    if contrast(colours.accent, PAPER) < FAINT:
        yield Look("accent", "paper", "theme.palette.accent")


def is_too_like(first: str, second: str) -> bool:
    return contrast(first, second) < TOO_LIKE and _distance(first, second) < TOO_NEAR


def _distance(first: str, second: str) -> float:
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return math.sqrt(sum((one - other) ** 2 for one, other in pairs))
