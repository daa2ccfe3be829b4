"""The rules a comment meets before anyone reads it: an ordered list, the first ruling wins, one reason each."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from server.comments import contact
from server.comments.normalise import letters, plain
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.words import BANNED

MOST_CHARACTERS = 500
TYPED_CONTROLS = "\n\t\r"
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # they reorder what is read


@dataclass(frozen=True)
class Draft:
    """What is about to be posted, and what its author has posted lately. Copies are made when a rule asks."""

    text: str
    recent: Sequence[str] = ()

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @cached_property
    def letters(self) -> str:
        return letters(self.text)


Rule = Callable[[Draft], Ruling | None]


def is_empty(draft: Draft) -> Ruling | None:
    return None if draft.plain else _refuse(Reason.EMPTY)


def is_too_long(draft: Draft) -> Ruling | None:
    return _refuse(Reason.TOO_LONG) if len(draft.text) > MOST_CHARACTERS else None


def has_control(draft: Draft) -> Ruling | None:
    return _refuse(Reason.CONTROL) if any(map(_is_control, draft.text)) else None


def is_repeat(draft: Draft) -> Ruling | None:
    return _refuse(Reason.REPEAT) if draft.plain in map(plain, draft.recent) else None


def has_contact(draft: Draft) -> Ruling | None:
    return _hold(Reason.CONTACT) if contact.has_contact(draft.plain) else None


def has_link(draft: Draft) -> Ruling | None:
    return _hold(Reason.LINK) if contact.has_link(draft.plain) else None


def has_banned_word(draft: Draft) -> Ruling | None:
    found = BANNED.search(draft.plain) or BANNED.search(draft.letters)
    return _hold(Reason.BANNED_WORD) if found else None


def awaits_review(draft: Draft) -> Ruling | None:
    return _hold(Reason.AWAITS_REVIEW)


RULES: tuple[Rule, ...] = (
    is_too_long,      # refuse before spending anything on it
    is_empty,         # refuse: nothing that anybody could see
    has_control,      # refuse: text that turns or hides what stands around it
    is_repeat,        # refuse: the first one is in the queue already
    has_contact,      # hold: a child's phone number must never appear
    has_link,         # hold: most spam carries one
    has_banned_word,  # hold: a person decides about insults
    awaits_review,    # hold: nothing is public before a person's ruling
)


def screen(draft: Draft) -> Ruling:
    """The first ruling of the list; the last rule always has one."""
    return next(ruling for rule in RULES if (ruling := rule(draft)) is not None)


def _is_control(character: str) -> bool:
    turns = unicodedata.bidirectional(character) in TURNING
    return turns or (unicodedata.category(character) == "Cc" and character not in TYPED_CONTROLS)


def _refuse(reason: Reason) -> Ruling:
    return Ruling(Decision.REFUSE, reason)


def _hold(reason: Reason) -> Ruling:
    return Ruling(Decision.HOLD, reason)
