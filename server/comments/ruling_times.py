"""How long texts waited for a person."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from server.comments.comment import THE_RULES, RulingEntry

MOST = 2_000  # rulings that are looked at, the latest


def times_to_ruling(session: Session, *which: ColumnElement[bool]) -> list[int]:
    """Whole seconds from the posting of each text to the first ruling of a person on it, the shortest first; over the
    latest 2,000 of people's rulings that meet the conditions.
    """
    by_people = RulingEntry.ruled_by != THE_RULES
    recent = (select(RulingEntry.comment_id).where(by_people, *which)
              .order_by(RulingEntry.at.desc()).limit(MOST).subquery())
    posted = func.min(RulingEntry.at).filter(RulingEntry.ruled_by == THE_RULES)
    ruled = func.min(RulingEntry.at).filter(by_people)
    both = (select(posted, ruled).where(RulingEntry.comment_id.in_(select(recent.c.comment_id)))
            .group_by(RulingEntry.comment_id, RulingEntry.revision)
            .having(posted.is_not(None), ruled.is_not(None)))
    return sorted((ruled_at - posted_at) // timedelta(seconds=1) for posted_at, ruled_at in session.execute(both))


def quantile(ordered: Sequence[int], share: float) -> int | None:
    """The value below which a share of them lies; None of nothing."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None
