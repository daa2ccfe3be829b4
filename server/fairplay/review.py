"""The review queue: rounds that wait for a person, and what that person said."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, String, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into, new_id
from server.fairplay.signs import Sign

WAITS = text("ruling IS NULL")
RULED = text("ruling IS NOT NULL")


class ReviewRuling(StrEnum):
    RELEASE = "release"
    REJECT = "reject"


class Review(Base):
    """One look at one round; one that was ruled on may be looked at again. The round is an opaque id here: this
    package does not know play.
    """

    __tablename__ = "review"
    __table_args__ = (
        # The database is the referee of "one look at a time": two who ask at once ask for the same one.
        Index("uq_review_waiting", "round_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
        Index("ix_review_waiting", "ruling", "asked_at"),
        Index("ix_review_queue", "campaign_id", "asked_at", "id", sqlite_where=WAITS, postgresql_where=WAITS),
        Index("ix_review_ruled", "campaign_id", "ruled_at", "id", sqlite_where=RULED, postgresql_where=RULED),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(String(32), index=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    signs: Mapped[list[str]] = mapped_column(JSON)
    asked_at: Mapped[datetime]
    ruling: Mapped[ReviewRuling | None]
    reason: Mapped[str | None] = mapped_column(String(200))
    ruled_by: Mapped[str | None] = mapped_column(String(60))
    ruled_at: Mapped[datetime | None]


def ask_review(session: Session, round_id: str, campaign_id: str, signs: Sequence[Sign], now: datetime) -> None:
    """Put a round into the queue; one that waits there already stays as it is."""
    asked = insert_into(session, Review).values(id=new_id(), round_id=round_id, campaign_id=campaign_id,
                                                signs=[str(sign) for sign in signs], asked_at=now)
    session.execute(asked.on_conflict_do_nothing(index_elements=["round_id"], index_where=WAITS))


def waiting_reviews(session: Session) -> list[Review]:
    """Rounds that nobody has ruled on yet, the oldest first."""
    waiting = select(Review).where(Review.ruling.is_(None)).order_by(Review.asked_at, Review.round_id)
    return list(session.scalars(waiting))


def last_review(session: Session, round_id: str) -> Review | None:
    """The look at a round that waits; else the one that was ruled on last. None when nobody was ever asked."""
    own = select(Review).where(Review.round_id == round_id)
    latest = own.order_by(Review.ruled_at.is_not(None), Review.ruled_at.desc()).limit(1)
    return session.scalar(latest.execution_options(populate_existing=True))


def rule_on_review(session: Session, round_id: str, ruling: ReviewRuling, reason: str, by: str, now: datetime) -> bool:
    """Write a ruling; False when the round waits for none (unknown, or ruled on by somebody faster)."""
    waiting = (Review.round_id == round_id, Review.ruling.is_(None))
    ruled = update(Review).where(*waiting).values(ruling=ruling, reason=reason, ruled_by=by, ruled_at=now)
    return session.scalar(ruled.returning(Review.round_id)) is not None
