"""A comment, the rulings on it and the reports about it, as they are stored."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.db import Base, new_id
from server.comments.ruling import Decision, Reason, Ruling


class CommentState(StrEnum):
    """Public is `published` alone; what holds no ruling of a person is never public."""

    DRAFT = "draft"
    HELD = "held"
    PUBLISHED = "published"
    REFUSED = "refused"
    HIDDEN = "hidden"
    REMOVED_LEGAL = "removed_legal"
    APPEALED = "appealed"


class Comment(Base):
    """`text` is what was typed, kept and shown as it is; `rulings` counts them: a ruling names the count it saw."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_public", "campaign_id", "state", "published_at", "id"),
        Index("ix_comment_queue", "state", "posted_at"),
        Index("ix_comment_author", "player_id", "posted_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"))
    player_id: Mapped[str] = mapped_column(ForeignKey("player.id"))
    round_id: Mapped[str | None] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[CommentState] = mapped_column(default=CommentState.HELD)
    reason: Mapped[Reason]
    rulings: Mapped[int] = mapped_column(Integer, default=0)
    posted_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    def as_author_sees(self) -> dict[str, Any]:
        """The answer to posting it: `reason` says why it is not public, so not on a published one."""
        seen: dict[str, Any] = {"id": self.id, "state": self.state}
        return seen if self.state == CommentState.PUBLISHED else {**seen, "reason": self.reason}


class RulingEntry(Base):
    """One ruling, for ever: no text and no name of a player, so it outlives the comment's erasure.

    `comment_id` is no foreign key for the same reason. `id` is the comment's with the ruling's number, so
    no two can be the third. The rules sign as `rules`, people by their name.
    """

    __tablename__ = "ruling"
    __table_args__ = ({"info": APPEND_ONLY},)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    comment_id: Mapped[str] = mapped_column(String(32), index=True)
    decision: Mapped[Decision]
    reason: Mapped[Reason]
    ruled_by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class ReportReason(StrEnum):
    INSULT = "insult"
    CONTACT = "contact"
    SPAM = "spam"
    ILLEGAL = "illegal"
    OTHER = "other"


class CommentReport(Base):
    """A reader's word about a comment: open until the next ruling on it. One a player and comment."""

    __tablename__ = "comment_report"
    __table_args__ = (UniqueConstraint("comment_id", "player_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id"))
    reason: Mapped[ReportReason]
    text: Mapped[str] = mapped_column(Text)
    player_id: Mapped[str | None] = mapped_column(ForeignKey("player.id"), index=True)
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


def ruling_entry(comment_id: str, number: int, ruling: Ruling, by: str, now: datetime) -> RulingEntry:
    """The row of a comment's ruling, counted from 1."""
    return RulingEntry(id=f"{comment_id}.{number:06}", comment_id=comment_id, decision=ruling.decision,
                       reason=ruling.reason, ruled_by=by, at=now)


def find_comment(session: Session, comment_id: str) -> Comment | None:
    return session.scalar(select(Comment).where(Comment.id == comment_id))


def rulings_on(session: Session, comment_id: str) -> list[RulingEntry]:
    """Every ruling on a comment, the oldest first."""
    entries = select(RulingEntry).where(RulingEntry.comment_id == comment_id)
    return list(session.scalars(entries.order_by(RulingEntry.id)))
