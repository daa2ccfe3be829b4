"""Drawings in a campaign's look, for pages and pictures made on the server.

The game's own drawings, printed with recipes in the place of colours (`tests/game/first_picture.js`), lie in
`recipes/`: `[skin]` is a value of the look, `[a|b|0.4]` mixes two colours, `{?hairstyle=bun}…{/}` is for one style
and `{!picture=}…{/}` for all but one.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

FOLDER = Path(__file__).resolve().parent / "recipes"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PICTURE = re.compile(r"[0-9a-f]{64}")
_STYLED = re.compile(r"\{([?!])(\w+)=(\w*)\}|(\{/\})")
_MADE = re.compile(r"\[([^\[\]]*)\]")
_SKIES = {"day": "#3a7fdc", "evening": "#53489f", "night": "#0b0c33"}  # where static/game.css begins its skies
_printed = json.loads((FOLDER / "look.json").read_text("utf-8"))
HOUSE_LOOK: dict[str, str] = _printed["house"]
STYLES: dict[str, list[str]] = _printed["styles"]


def _address(picture: object) -> str:
    """Where a stored picture is served; empty for what is none's id."""
    return f"/pictures/{picture}" if isinstance(picture, str) and _PICTURE.fullmatch(picture) else ""


def look_of(theme: Mapping[str, Any], address: Callable[[object], str] = _address) -> dict[str, str]:
    """What drawings are made from, for a theme; what it does not say, or says oddly, is the house's own. `address` is
    where a picture lies.

    The twin of `lookOf` in static/game/art/look.js.
    """
    palette, boss, scene, skins = (_part(theme, name) for name in ("palette", "boss", "scene", "skins"))
    asked = {**palette, **boss, **scene, **{f"{kind}Skin": skin for kind, skin in skins.items()}}
    allowed = {name: asked[name].lower() for name in HOUSE_LOOK if _is_allowed(name, asked.get(name))}
    return {**HOUSE_LOOK, **allowed, "picture": address(boss.get("picture"))}


def _part(theme: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = theme.get(name)
    return part if isinstance(part, Mapping) else {}


def _is_allowed(name: str, value: object) -> bool:
    return isinstance(value, str) and (value in STYLES[name] if name in STYLES else bool(_COLOUR.fullmatch(value)))


@dataclass(frozen=True)
class Stage:
    """What a page with the scene needs: its drawings, the words that its style sheet goes by, the brand's mark."""

    drawn: Markup
    place: str
    time: str
    shape: str
    sky: str
    mark: str


def stage_of(theme: Mapping[str, Any], address: Callable[[object], str] = _address) -> Stage:
    """The scene with the cast at rest, in the look of a theme."""
    look, shape = look_of(theme, address), theme.get("shape")
    mark = address(theme.get("logo")) or "/static/icons/popshot.svg"
    drawn = Markup(draw("scene", look) + draw("cast", look))  # noqa: S704 (our own drawings; draw escapes the rest)
    return Stage(drawn, look["place"], look["time"], shape if shape in ("soft", "sharp") else "round",
                 _SKIES[look["time"]], mark)


def draw(name: str, look: Mapping[str, str]) -> str:
    """One of the recipes as finished SVG: "scene", "cast", "boss", "boss-lost".

    Raises FileNotFoundError for another name, ValueError for a look with a colour that is none.
    """
    return _draw(name, tuple(sorted(look.items())))


@lru_cache(maxsize=64)
def _draw(name: str, values: tuple[tuple[str, str], ...]) -> str:
    look = dict(values)
    drawn = "".join(_asked_for((FOLDER / f"{name}.svg").read_text("utf-8").strip(), look))
    while _MADE.search(drawn):
        drawn = _MADE.sub(lambda made: _make(made[1], look), drawn)
    return drawn


def _asked_for(recipe: str, look: Mapping[str, str]) -> Iterator[str]:
    """What is left of a recipe without the styles that the look does not ask for."""
    hidden: list[bool] = []
    at = 0
    for mark in _STYLED.finditer(recipe):
        if not any(hidden):
            yield recipe[at:mark.start()]
        at = mark.end()
        if mark[4]:
            hidden.pop()
        else:
            hidden.append((look[mark[2]] == mark[3]) == (mark[1] == "!"))
    yield recipe[at:]


def _make(recipe: str, look: Mapping[str, str]) -> str:
    """The inside of one pair of brackets: a value of the look, or a mix of two colours."""
    if "|" in recipe:
        start, end, share = recipe.split("|")
        return mix(start, end, float(share))
    return str(escape(look[recipe])) if recipe == "picture" else mix(look[recipe], look[recipe], 0)


def mix(start: str, end: str, share: float) -> str:
    """Mix two colours written "#rrggbb"; share 0 gives the first, 1 the second. The twin of `mix` in art/svg.js."""
    pairs = zip(_channels(start), _channels(end), strict=True)
    return "#" + "".join(f"{int(one + (two - one) * share + 0.5):02x}" for one, two in pairs)


def _channels(colour: str) -> list[int]:
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"{colour!r} is no colour: it must be written #rrggbb")
    return [int(colour[at:at + 2], 16) for at in (1, 3, 5)]
