"""What the walk knows of the comments, and what chance tells its deeds."""

from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import strategies as some

from server.comments.comment import THE_RULES
from server.comments.hide_comment import ENOUGH
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
    """A ruling that stands: whether it lets the text out, who gave it, its number, of which text, and whether it is a
    refusal.
    """

    is_out: bool
    by: str
    number: int
    revision: int
    is_refusal: bool = False


@dataclass
class Told:
    """What the model knows of a comment: its texts, the last one the present, the rulings that stand, and how many
    readers reported the present text.
    """

    author: str
    parent: str | None
    texts: list[str]
    standing: list[Word]
    rulings: int = 1
    reports: int = 0
    is_appealed: bool = False

    @property
    def is_out(self) -> bool:
        """Whether the last word on its present text lets it out."""
        return self.standing[-1].is_out

    @property
    def is_hidden(self) -> bool:
        """Whether it was public as it is, and is held since; its author may appeal."""
        words = [word for word in self.standing if word.revision == len(self.texts)]
        return not self.is_out and not self.is_refused and any(
            word.is_out and not any(later.is_refusal for later in words[number:]) for number, word in enumerate(words))

    @property
    def is_refused(self) -> bool:
        """Holding changes nothing any more."""
        return self.standing[-1].is_refusal

    def rule(self, by: str, *, is_out: bool, is_refusal: bool = False) -> None:
        self.rulings, self.is_appealed = self.rulings + 1, False
        self.standing.append(Word(is_out, by, self.rulings, len(self.texts), is_refusal))

    def undo(self) -> None:
        self.rulings += 1
        self.standing.pop()
        self.hide_if_reported()

    def edit(self, text: str) -> None:
        """A new text that the rules hold."""
        self.texts.append(text)
        self.reports = 0
        self.rule(THE_RULES, is_out=False)

    def hide_if_reported(self) -> None:
        """Three readers hide what no person has looked at."""
        was_seen = any(word.by != THE_RULES and word.revision == len(self.texts) for word in self.standing)
        if self.is_out and self.reports >= ENOUGH and not was_seen:
            self.rule(THE_RULES, is_out=False)


@dataclass
class Trace:
    """What a run has come to, so that a test can tell whether it proves anything."""

    most_public: int = 0
    at_once: int = 0  # how many were public before any person saw them
