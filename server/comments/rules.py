"""The rules a comment meets before anyone reads it: an ordered list, the first ruling wins, one reason each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from server.comments.contact import find_a_link, find_contact
from server.comments.normalise import Copy, Span, plain, read
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.screen_signs import find_control, find_foreign_script, find_marks
from server.comments.words import find_banned_word
from server.comments.words.readings import Readings

MOST_CHARACTERS = 500
MOST_IN_A_WHILE = 10  # of an author's comments in the time over which the caller counts them
MOST_REFUSALS = 1     # of an author's comments lately; one may happen to anybody


@dataclass(frozen=True)
class Draft:
    """What is about to be posted, where, and what its author did lately. The copy is made when a rule asks.

    `languages` are those the campaign is served in ("fr"), none meaning any; `banned` and `allowed` are its own
    words. `recent` holds the author's latest texts, `posted_lately` and `refused_lately` count comments.
    """

    text: str
    recent: Sequence[str] = ()
    posted_lately: int = 0
    refused_lately: int = 0
    languages: Sequence[str] = ()
    banned: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    @cached_property
    def copy(self) -> Copy:
        return read(self.text)

    @cached_property
    def readings(self) -> Readings:
        return Readings(self.copy.text)


Rule = Callable[[Draft], Ruling | None]


def is_too_long(draft: Draft) -> Ruling | None:
    return _refuse(Reason.TOO_LONG) if len(draft.text) > MOST_CHARACTERS else None


def is_empty(draft: Draft) -> Ruling | None:
    return _refuse(Reason.EMPTY) if draft.copy.text in ("", " ") else None


def has_control(draft: Draft) -> Ruling | None:
    return _refuse_at(Reason.CONTROL, find_control(draft.text))


def has_marks(draft: Draft) -> Ruling | None:
    return _refuse_at(Reason.MARKS, find_marks(draft.text, draft.copy))


def is_repeat(draft: Draft) -> Ruling | None:
    return _refuse(Reason.REPEAT) if draft.copy.text.strip(" ") in map(plain, draft.recent) else None


def is_flood(draft: Draft) -> Ruling | None:
    return _refuse(Reason.FLOOD) if draft.posted_lately >= MOST_IN_A_WHILE else None


def has_contact(draft: Draft) -> Ruling | None:
    return _hold_at(Reason.CONTACT, find_contact(draft.text, draft.copy, draft.readings))


def has_link(draft: Draft) -> Ruling | None:
    return _hold_at(Reason.LINK, find_a_link(draft.copy, draft.readings))


def has_banned_word(draft: Draft) -> Ruling | None:
    found = find_banned_word(draft.readings, draft.banned, draft.allowed)
    return _hold_at(Reason.BANNED_WORD, draft.copy.origin(found) if found else None)


def is_in_another_script(draft: Draft) -> Ruling | None:
    return _hold_at(Reason.LANGUAGE, find_foreign_script(draft.text, draft.languages))


def was_refused_lately(draft: Draft) -> Ruling | None:
    return _hold(Reason.RECENT_REFUSALS) if draft.refused_lately > MOST_REFUSALS else None


def awaits_review(draft: Draft) -> Ruling | None:
    return _hold(Reason.AWAITS_REVIEW)


RULES: tuple[Rule, ...] = (
    is_too_long,           # refuse before spending anything on it
    is_empty,              # refuse: nothing that anybody could see
    has_control,           # refuse: text that turns or hides what stands around it
    has_marks,             # refuse: marks that would cover other people's lines
    is_repeat,             # refuse: the first one is in the queue already
    is_flood,              # refuse: others want to be read too
    has_contact,           # hold: a child's phone number must never appear
    has_link,              # hold: most spam carries one
    has_banned_word,       # hold: a person decides about insults
    is_in_another_script,  # hold: for a person who can read it
    was_refused_lately,    # hold: who was refused twice is read first
    awaits_review,         # hold: nothing is public before a person's ruling
)


def screen(draft: Draft) -> Ruling:
    """The first ruling of the list; the last rule always has one."""
    return next(ruling for rule in RULES if (ruling := rule(draft)) is not None)


def _refuse(reason: Reason) -> Ruling:
    return Ruling(Decision.REFUSE, reason)


def _hold(reason: Reason) -> Ruling:
    return Ruling(Decision.HOLD, reason)


def _refuse_at(reason: Reason, span: Span | None) -> Ruling | None:
    return Ruling(Decision.REFUSE, reason, span) if span is not None else None


def _hold_at(reason: Reason, span: Span | None) -> Ruling | None:
    return Ruling(Decision.HOLD, reason, span) if span is not None else None
