"""What an act changed: its facts before and after, side by side, those that differ first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]
MOST_SHOWN = 200  # characters of one fact on a page; the export has all of it


@dataclass(frozen=True)
class Change:
    """A fact by its name (`theme.boss.name` for one inside another); None where it was not there."""

    name: str
    before: Any
    after: Any

    @property
    def is_new(self) -> bool:
        """Whether only the act brought it."""
        return self.before is None


def changes(before: Facts | None, after: Facts | None) -> list[Change]:
    """The facts that differ; where an act tells one side only, all of that side."""
    old, new = dict(_flat(before or {})), dict(_flat(after or {}))
    names = dict.fromkeys([*old, *new])
    found = [Change(name, old.get(name), new.get(name)) for name in names]
    return [change for change in found if change.before != change.after]


def shown(value: Any) -> str:
    """A fact as a page shows it, cut where it is long."""
    text = ", ".join(map(_plain, value)) if isinstance(value, list) else _plain(value)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _plain(value: Any) -> str:
    return {None: "–", True: "✓", False: "✗"}.get(value, str(value)) if isinstance(value, bool | None) else str(value)


def _flat(facts: Facts, under: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{under}{name}.")
        else:
            yield f"{under}{name}", value
