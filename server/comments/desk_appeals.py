"""Appeals as the desk has them: which are open, against what, and how those that are settled went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from server.comments.comment import THE_RULES, RulingEntry
from server.comments.report import Appeal
from server.comments.ruling import Decision, Reason
from server.comments.settle_appeal import is_by


@dataclass(frozen=True)
class OpenAppeal:
    """An author's words with the ruling that they are against. Who made it is not told: `is_automated` when nobody
    did; `is_own` when this person did, and so may not decide.
    """

    text: str
    at: datetime
    decision: Decision
    reason: Reason
    ruled_at: datetime
    is_automated: bool
    is_own: bool


def open_appeals(session: Session, comment_ids: Sequence[str], by: str) -> dict[str, OpenAppeal]:
    """The open appeals about comments, as this person sees them: {comment id: appeal}."""
    if not comment_ids:
        return {}
    rows = session.execute(select(Appeal, RulingEntry).join(RulingEntry, RulingEntry.id == Appeal.ruling_id)
                           .where(Appeal.comment_id.in_(comment_ids), Appeal.settled_at.is_(None)))
    return {appeal.comment_id: OpenAppeal(appeal.text, appeal.at, ruling.decision, ruling.reason, ruling.at,
                                          ruling.ruled_by == THE_RULES, ruling.ruled_by == by)
            for appeal, ruling in rows}


def count_open_appeals(session: Session, *which: ColumnElement[bool]) -> int:
    still_open = select(func.count()).select_from(Appeal).where(Appeal.settled_at.is_(None), *which)
    return session.scalar(still_open) or 0


def count_appeals_for_others(session: Session, by: str, *which: ColumnElement[bool]) -> int:
    """How many open ones are against rulings of this person, so that they wait for somebody else."""
    return count_open_appeals(session, exists().where(is_by(by)), *which)


def share_overturned(session: Session, since: datetime, *which: ColumnElement[bool]) -> float | None:
    """Of the appeals settled since a moment, the share in which the author was right; None without any."""
    settled, overturned = session.execute(
        select(func.count(), func.count().filter(Appeal.is_upheld.is_(False)))
        .where(Appeal.settled_at > since, *which)).one()
    return overturned / settled if settled else None
