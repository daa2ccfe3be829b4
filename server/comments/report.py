"""Reports about comments, and appeals against rulings, as they are stored."""

import json
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from prizes.db import Base, new_id
from server.comments.ruling import Reason

NO_PLAYER = text("player_id IS NULL")


class ReportReason(StrEnum):
    INSULT = "insult"
    CONTACT = "contact"
    SPAM = "spam"
    ILLEGAL = "illegal"
    DANGER = "danger"  # somebody's life: raises the alarm
    OTHER = "other"


class ReportOutcome(StrEnum):
    """What became of the text that was reported. `gone`: its author changed it or took it back, or was erased."""

    KEPT = "kept"
    REMOVED = "removed"
    GONE = "gone"


class CommentReport(Base):
    """A reader's word about a revision of a comment: open until a person publishes or refuses it. One a player, and
    one a network without a token, for each revision. Its id is the reader's receipt, and outlives the comment: the row
    is then tied to nothing.

    `network_hash` is a keyed hash of the reader's address prefix. `sealed` is what the reader tells of himself, for
    the legal role alone.
    """

    __tablename__ = "comment_report"
    __table_args__ = (UniqueConstraint("comment_id", "revision", "player_id"),
                      Index("ix_comment_report_network", "comment_id", "revision", "network_hash", unique=True,
                            sqlite_where=NO_PLAYER, postgresql_where=NO_PLAYER),
                      Index("ix_comment_report_open", "settled_at", "comment_id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    comment_id: Mapped[str | None] = mapped_column(ForeignKey("comment.id"))
    revision: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    reason: Mapped[ReportReason]
    text: Mapped[str] = mapped_column(Text)
    player_id: Mapped[str | None] = mapped_column(ForeignKey("player.id"), index=True)
    network_hash: Mapped[str | None] = mapped_column(String(64))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[ReportOutcome | None]


class Appeal(Base):
    """An author's word against a ruling: one a ruling. `settled_by` is never who ruled first."""

    __tablename__ = "appeal"
    __table_args__ = (UniqueConstraint("ruling_id"), Index("ix_appeal_open", "settled_at", "at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id"), index=True)
    ruling_id: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    is_upheld: Mapped[bool | None]
    settled_by: Mapped[str | None] = mapped_column(String(60))
    settled_at: Mapped[datetime | None]


class MuteAppeal(Base):
    """An author's word against a brand's mute: one a mute, which `muted_at` tells from an earlier one. `settled_by` is
    never who muted. It outlives the mute's end, so that the year counts it, and goes with its author.
    """

    __tablename__ = "mute_appeal"
    __table_args__ = (UniqueConstraint("player_id", "brand_id", "muted_at"),
                      Index("ix_mute_appeal_open", "settled_at", "at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    player_id: Mapped[str] = mapped_column(ForeignKey("player.id"))
    brand_id: Mapped[str] = mapped_column(ForeignKey("brand.id"))
    muted_at: Mapped[datetime]
    muted_by: Mapped[str] = mapped_column(String(60))
    reason: Mapped[Reason]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    is_upheld: Mapped[bool | None]
    settled_by: Mapped[str | None] = mapped_column(String(60))
    settled_at: Mapped[datetime | None]


MUTE = ".mute"


class Statement(Base):
    """The statement of reasons of a restriction, as it was put when it was made: `text` is a JSON object of the words
    in every language that its campaign speaks. Goes with the comment, and with the ruling when that is taken back.
    `ruling_id` of a mute, which is no ruling, is the id of the comment that led to it with `MUTE`.
    """

    __tablename__ = "statement"

    ruling_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    is_law: Mapped[bool]
    is_automated: Mapped[bool]
    at: Mapped[datetime]

    def words(self, locale: str) -> str:
        """What its author reads, in the language asked for when the campaign speaks it, else in its first one."""
        said: dict[str, str] = json.loads(self.text)
        return said.get(locale) or next(iter(said.values()))
