"""Two states of a campaign's file side by side: flat, so that a difference is a path with a value before and after."""

import hashlib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from server.campaigns.toml_text import toml_of

Flat = dict[str, Any]  # a path like prizes.cap.units -> a plain value, or a list of them


class Part(StrEnum):
    """What of a campaign one form of the studio changes."""

    THEME = "theme"
    TEXTS = "texts"
    PRIZES = "prizes"
    DATES = "dates"


# The first of these that a path begins with says whose it is; pictures come by another way than a form.
PLACES: tuple[tuple[str, Part | None], ...] = (
    ("theme.boss.picture", None), ("theme.logo", None), ("theme.texts", Part.TEXTS), ("theme", Part.THEME),
    ("titles", Part.TEXTS), ("banned_words", Part.DATES), ("allowed_words", Part.DATES),
    ("prizes", Part.PRIZES), ("ways", Part.PRIZES), ("rules", Part.PRIZES),
    ("limits.rounds_per_day", Part.DATES), ("limits.friend_rounds", Part.DATES),
    ("limits.friend_rounds_per_day", Part.DATES), ("limits.liability_limit_cents", Part.DATES), ("limits", Part.PRIZES),
    ("timezone", Part.DATES), ("opens", Part.DATES), ("closes", Part.DATES), ("comments", Part.DATES),
    ("framed_by", Part.DATES),
)


class Difference(NamedTuple):
    """None is a value that is not there."""

    path: str
    before: Any
    after: Any


def flatten(table: Mapping[str, Any]) -> Flat:
    """Every plain value of a table by its path. A list of tables goes by their keys, or by their numbers from 1 on."""
    return dict(_flat(table, ""))


def _flat(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _flat(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        for number, item in enumerate(value, start=1):
            yield from _flat(item, f"{path}.{item.get('key', number)}")
    else:
        yield path, value


def part_at(path: str) -> Part | None:
    """Whose form a path belongs to; None for what no form changes."""
    return next((part for place, part in PLACES if path == place or path.startswith(f"{place}.")), None)


def part_of(table: Mapping[str, Any], part: Part) -> Flat:
    return {path: value for path, value in flatten(table).items() if part_at(path) == part}


def mark_of(table: Mapping[str, Any], part: Part) -> str:
    """A short word that changes with whatever the part's form shows."""
    told = dict(sorted(part_of(table, part).items()))  # a table read back from a file has another order
    return hashlib.sha256(toml_of({"part": told}).encode()).hexdigest()[:16]


def differences(before: Flat, after: Flat) -> list[Difference]:
    """What is not the same, in the order of the newer one, what is gone at the end."""
    paths = [*after, *(path for path in before if path not in after)]
    return [Difference(path, before.get(path), after.get(path)) for path in paths
            if before.get(path) != after.get(path)]
