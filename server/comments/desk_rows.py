"""What the desk keeps beside the comments: who may not write, who looks at what, reasons in words, second looks."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from prizes.db import Base
from server.comments.ruling import Decision, Reason


class Mute(Base):
    """A player may not comment under one brand's campaigns until a moment; `by` decided it."""

    __tablename__ = "mute"

    player_id: Mapped[str] = mapped_column(ForeignKey("player.id"), primary_key=True)
    brand_id: Mapped[str] = mapped_column(ForeignKey("brand.id"), primary_key=True)
    until: Mapped[datetime]
    reason: Mapped[Reason]
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class Opened(Base):
    """A moderator has a comment before the eyes: marked for the others until it ages out."""

    __tablename__ = "opened"

    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class Passed(Base):
    """A moderator passed a comment on: it waits for somebody else."""

    __tablename__ = "passed"

    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime]


class CannedReason(Base):
    """What the authors of a brand read about a reason in a language, in place of the program's own words."""

    __tablename__ = "canned_reason"

    brand_id: Mapped[str] = mapped_column(ForeignKey("brand.id"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    reason: Mapped[Reason] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class SecondLook(Base):
    """A ruled comment that another person is asked about, without knowing the first ruling: one in twenty. `second`,
    `by` and `at` are that person's answer.
    """

    __tablename__ = "second_look"
    __table_args__ = (Index("ix_second_look_open", "second", "comment_id"),)

    comment_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ruling_id: Mapped[str] = mapped_column(String(32))
    first: Mapped[Decision]
    asked_by: Mapped[str] = mapped_column(String(60))
    second: Mapped[Decision | None]
    by: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime | None]


class Feed(Base):
    """Counts every change of what is public under a campaign: who holds a page of that version holds the present."""

    __tablename__ = "feed"

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
