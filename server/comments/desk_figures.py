"""How the desk as a whole is doing. No figure is about one person, and none compares persons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.comments.comment import THE_RULES, RulingEntry
from server.comments.desk_rows import SecondLook
from server.comments.queue import count_waiting, oldest_waiting
from server.comments.undo_ruling import standing_rulings

SPAN = timedelta(days=30)
MOST = 2_000  # rulings that are looked at, the latest


@dataclass(frozen=True)
class DeskFigures:
    """Times in whole seconds; shares from 0 to 1; None where there is nothing to count yet."""

    waiting: int
    oldest_at: datetime | None
    median_s: int | None
    p95_s: int | None
    overturned: float | None
    agreement: float | None


def desk_figures(session: Session, now: datetime) -> DeskFigures:
    """The figures of the last 30 days, over their latest 2,000 rulings."""
    histories = _histories(session, now)
    times = sorted(seconds for history in histories for seconds in _times_to_ruling(history))
    return DeskFigures(count_waiting(session), oldest_waiting(session), _quantile(times, 0.5), _quantile(times, 0.95),
                       _overturned(histories), _agreement(session, now))


def _histories(session: Session, now: datetime) -> list[list[RulingEntry]]:
    """All the rulings on each comment that a person has ruled on lately."""
    recent = (select(RulingEntry.comment_id).where(RulingEntry.at > now - SPAN, RulingEntry.ruled_by != THE_RULES)
              .order_by(RulingEntry.at.desc()).limit(MOST).subquery())
    entries = session.scalars(select(RulingEntry).where(RulingEntry.comment_id.in_(select(recent.c.comment_id)))
                              .order_by(RulingEntry.comment_id, RulingEntry.id))
    histories: dict[str, list[RulingEntry]] = {}
    for entry in entries:
        histories.setdefault(entry.comment_id, []).append(entry)
    return list(histories.values())


def _times_to_ruling(history: Sequence[RulingEntry]) -> Iterable[int]:
    """From the posting of each text to the first ruling of a person on it."""
    posted: dict[int, datetime] = {}
    for entry in history:
        if entry.ruled_by == THE_RULES:
            posted.setdefault(entry.revision, entry.at)
        elif entry.revision in posted:
            yield (entry.at - posted.pop(entry.revision)) // timedelta(seconds=1)


def _overturned(histories: Iterable[Sequence[RulingEntry]]) -> float | None:
    """Of the rulings by people, the share to which somebody else later said the opposite, on the same text."""
    ruled = overturned = 0
    for history in histories:
        people = [entry for entry in standing_rulings(history) if entry.ruled_by != THE_RULES]
        ruled += len(people)
        overturned += sum(_contradicts(later, earlier) for earlier, later in pairwise(people))
    return overturned / ruled if ruled else None


def _contradicts(later: RulingEntry, earlier: RulingEntry) -> bool:
    same_text, other_person = later.revision == earlier.revision, later.ruled_by != earlier.ruled_by
    return same_text and other_person and later.decision != earlier.decision


def _agreement(session: Session, now: datetime) -> float | None:
    """Of the blind second looks, the share that said what the first ruling said."""
    looks = select(func.count(), func.count().filter(SecondLook.first == SecondLook.second)).where(
        SecondLook.second.is_not(None), SecondLook.at > now - SPAN)
    given, agreed = session.execute(looks).one()
    return agreed / given if given else None


def _quantile(ordered: Sequence[int], share: float) -> int | None:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None
