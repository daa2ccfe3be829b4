"""What anyone may know of a campaign's moderation: counts, without any that could point at somebody."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from server.clock import rfc3339
from server.comments.comment import Comment, CommentState, RulingEntry
from server.comments.report import Appeal
from server.comments.rule_on_comment import REASONS
from server.comments.ruling import Decision, Reason
from server.comments.ruling_times import quantile, times_to_ruling

FEWEST = 5  # a smaller number is not told, except 0
KEPT_FOR = timedelta(hours=1)

Counts = dict[str, Any]


def public_counts(session: Session, campaign_id: str, now: datetime) -> Counts:
    """{"received", "published", "refused": {reason: count}, "hidden", "appeals", "overturned", "median_s", "at"}.

    Counted over rulings, which outlive their comments' erasure; each comment stands where its last ruling left it. A
    count from 1 to 4 is None. There are no sums that would tell it after all: neither of those that wait nor of all
    that were refused. `median_s` (whole seconds until a person's first ruling on a text) is None for fewer than five.
    """
    standing = _standing(session, campaign_id)
    published = sum(count for (decision, _), count in standing.items() if decision == Decision.PUBLISH)
    appeals, overturned = _appeals(session, campaign_id)
    times = times_to_ruling(session, RulingEntry.campaign_id == campaign_id)
    return {"received": tell(standing.total()), "published": tell(published),
            "refused": {reason.value: tell(standing[Decision.REFUSE, reason]) for reason in REASONS},
            "hidden": tell(_hidden(session, campaign_id)), "appeals": tell(appeals), "overturned": tell(overturned),
            "median_s": quantile(times, 0.5) if len(times) >= FEWEST else None, "at": rfc3339(now)}


def tell(count: int) -> int | None:
    """A count that may be told; None for 1 to 4."""
    return None if 0 < count < FEWEST else count


@dataclass
class KeptCounts:
    """The counts that a process made in the last hour: counting walks through all rulings, and whoever asks twice in a
    row must not see which one was made in between.
    """

    _kept: dict[str, tuple[datetime, Counts]] = field(default_factory=dict)

    def counts(self, campaign_id: str, now: datetime, count: Callable[[], Counts]) -> Counts:
        made_at, counts = self._kept.get(campaign_id, (None, {}))
        if made_at is None or not made_at <= now < made_at + KEPT_FOR:
            counts = count()
            self._kept[campaign_id] = (now, counts)
        return counts


def _standing(session: Session, campaign_id: str) -> Counter[tuple[Decision, Reason]]:
    """How many comments stand as their last ruling says; an undo says again what it restores."""
    last = (select(func.max(RulingEntry.id)).where(RulingEntry.campaign_id == campaign_id)
            .group_by(RulingEntry.comment_id))
    said = (RulingEntry.decision, RulingEntry.reason)
    counted = select(*said, func.count()).where(RulingEntry.id.in_(last)).group_by(*said)
    return Counter({(decision, reason): count for decision, reason, count in session.execute(counted)})


def _hidden(session: Session, campaign_id: str) -> int:
    hidden = (Comment.campaign_id == campaign_id, Comment.state == CommentState.HIDDEN)
    return session.scalar(select(func.count()).select_from(Comment).where(*hidden)) or 0


def _appeals(session: Session, campaign_id: str) -> tuple[int, int]:
    """How many there were, and in how many the author was right."""
    about = and_(Comment.id == Appeal.comment_id, Comment.campaign_id == campaign_id)
    appeals, overturned = session.execute(
        select(func.count(), func.count().filter(Appeal.is_upheld.is_(False))).select_from(Appeal).join(Comment, about)
    ).one()
    return appeals, overturned
