"""What the walk knows of the comments, and what chance tells its deeds."""

from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import strategies as some

from server.comments.ruling import Decision

SPICES = ("bravo", "bravo", "bravo", "merde", "www.x.fr")


class Chance(NamedTuple):
    """What a deed needs to be told; `which` counts round and round what there is."""

    which: int
    who: int
    spice: str
    times: int
    decision: Decision
    is_late: bool


CHANCES = some.builds(
    Chance, some.integers(0, 99), some.integers(0, 1), some.sampled_from(SPICES), some.integers(1, 3),
    some.sampled_from([Decision.PUBLISH, Decision.PUBLISH, Decision.PUBLISH, Decision.HOLD, Decision.REFUSE]),
    some.booleans())


@dataclass
class Word:
    """A ruling that stands: whether it lets the text out, who gave it, and its number."""

    is_out: bool
    by: str
    number: int


@dataclass
class Told:
    """What the model knows of a comment: its texts, the last one the present, and the rulings that stand."""

    author: str
    parent: str | None
    texts: list[str]
    standing: list[Word]
    rulings: int = 1
    is_hidden: bool = False

    @property
    def is_out(self) -> bool:
        """Whether the last word on its present text lets it out."""
        return self.standing[-1].is_out and not self.is_hidden

    def rule(self, by: str, *, is_out: bool) -> None:
        self.rulings, self.is_hidden = self.rulings + 1, False
        self.standing.append(Word(is_out, by, self.rulings))

    def undo(self) -> None:
        self.rulings, self.is_hidden = self.rulings + 1, False
        self.standing.pop()


@dataclass
class Trace:
    """What a run has come to, so that a test can tell whether it proves anything."""

    most_public: int = 0
    at_once: int = 0  # how many were public before any person saw them
