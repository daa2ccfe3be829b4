"""A comment with its revisions, and what was ruled on it, as they are stored."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.db import Base, new_id
from server.clock import rfc3339
from server.comments.ruling import Decision, Reason, Ruling
from server.errors import Problem

ID = re.compile(r"[0-9a-f]{20}")
EDITABLE_FOR = timedelta(minutes=5)  # from the posting; an edit does not prolong it
THE_RULES = "rules"  # who signs a ruling that no person made


class CommentState(StrEnum):
    """Public is `published` alone. Where a person rules first nothing else gets there; a trusted author's comment
    gets there by the rules. `hidden`: three reports came before any person looked; `taken_back`: no text is left,
    the row stands because of its replies.
    """

    HELD = "held"
    PUBLISHED = "published"
    REFUSED = "refused"
    HIDDEN = "hidden"
    REMOVED_LEGAL = "removed_legal"
    APPEALED = "appealed"
    TAKEN_BACK = "taken_back"


# What was decided against and stays so for now; an appealed one does until somebody has decided.
RULED_OUT = (CommentState.REFUSED, CommentState.REMOVED_LEGAL, CommentState.APPEALED)
# What its author is owed a statement of reasons for.
RESTRICTED = (*RULED_OUT, CommentState.HIDDEN)
# A refused one stays as it is, for its appeal and for what it says of its author.
CHANGEABLE = (CommentState.HELD, CommentState.PUBLISHED, CommentState.HIDDEN)


class Comment(Base):
    """`text` is what was typed last, kept and shown as it is. `rulings` counts them and `revision` the texts: who
    rules or edits names the counts that were seen. `ruled_revision` is the last text that a person ruled on.
    `parent_id` is what it replies to, which is no reply itself. `at_ms` is the moment of the round's replay that it
    is about. `liked` counts reactions. The spans' offsets count characters of `text`.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("liked >= 0", name="liked"),
        Index("ix_comment_public", "campaign_id", "state", "published_at", "id"),
        Index("ix_comment_best", "campaign_id", "state", "liked", "published_at", "id"),
        Index("ix_comment_queue", "state", "posted_at", "id", "campaign_id"),
        Index("ix_comment_author", "player_id", "posted_at"),
        Index("ix_comment_round", "round_id", "state", "published_at"),
        Index("ix_comment_thread", "parent_id", "state", "published_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"))
    player_id: Mapped[str] = mapped_column(ForeignKey("player.id"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("comment.id"))
    round_id: Mapped[str | None] = mapped_column(String(32))
    at_ms: Mapped[int | None] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[CommentState] = mapped_column(default=CommentState.HELD)
    reason: Mapped[Reason]
    rulings: Mapped[int] = mapped_column(Integer, default=0)
    revision: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    ruled_revision: Mapped[int | None] = mapped_column(Integer)
    span_start: Mapped[int | None] = mapped_column(Integer)
    span_end: Mapped[int | None] = mapped_column(Integer)
    liked: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    posted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    @property
    def may_change(self) -> bool:
        """Whether its author may still edit it or take it back, as far as its state goes."""
        return self.state in CHANGEABLE

    def as_author_sees(self) -> dict[str, Any]:
        """The answer to writing it: `reason` says why it is not public, so not on a published one."""
        until = rfc3339(self.posted_at + EDITABLE_FOR) if self.may_change else None
        seen = {"id": self.id, "state": self.state, "revision": self.revision, "editable_until": until}
        return seen if self.state == CommentState.PUBLISHED else {**seen, "reason": self.reason}


class CommentRevision(Base):
    """A text that the comment had before its present one. Goes with the comment; the rulings on it stay."""

    __tablename__ = "comment_revision"

    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    posted_at: Mapped[datetime]


class RulingEntry(Base):
    """One ruling, for ever: no text and no name of a player, so it outlives the comment's erasure.

    `comment_id` is no foreign key for the same reason. `id` is the comment's with the ruling's number, so
    no two can be the third. The rules sign as `rules`, people by their name. `undoes` is the id of the ruling that
    this one takes back.
    """

    __tablename__ = "ruling"
    __table_args__ = (Index("ix_ruling_at", "at"), Index("ix_ruling_campaign", "campaign_id", "at"),
                      {"info": APPEND_ONLY})

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    comment_id: Mapped[str] = mapped_column(String(32), index=True)
    campaign_id: Mapped[str | None] = mapped_column(String(32))
    revision: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    decision: Mapped[Decision]
    reason: Mapped[Reason]
    ruled_by: Mapped[str] = mapped_column(String(60))
    undoes: Mapped[str | None] = mapped_column(String(32))
    at: Mapped[datetime]


def ruling_id(comment_id: str, number: int) -> str:
    """The id of a comment's ruling, counted from 1."""
    return f"{comment_id}.{number:06}"


def ruling_entry(comment: Comment, number: int, ruling: Ruling, by: str, now: datetime,
                 undoes: str | None = None) -> RulingEntry:
    """The row of a comment's ruling, counted from 1, on its present revision."""
    return RulingEntry(id=ruling_id(comment.id, number), comment_id=comment.id, campaign_id=comment.campaign_id,
                       revision=comment.revision, decision=ruling.decision, reason=ruling.reason, ruled_by=by,
                       undoes=undoes, at=now)


def is_comment_id(text: str) -> bool:
    """Whether it could be an id of ours; PostgreSQL could not even look for a NUL."""
    return ID.fullmatch(text) is not None


def comment_not_found() -> Problem:
    return Problem("comment_not_found", "There is no such comment.")


def find_comment(session: Session, comment_id: str) -> Comment | None:
    return session.scalar(select(Comment).where(Comment.id == comment_id))


def rulings_on(session: Session, comment_id: str) -> list[RulingEntry]:
    """Every ruling on a comment, the oldest first."""
    entries = select(RulingEntry).where(RulingEntry.comment_id == comment_id)
    return list(session.scalars(entries.order_by(RulingEntry.id)))
