"""What is stored of winning moments: what a plan is made of, and what was taken; never one that is still to come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.db import Base
from prizes.seal import sealed_by
from prizes.stock import Stock

SHOWN_AFTER = timedelta(hours=1)
MANY = 5  # "many" is more than one in so many of all units

Band = Literal["many", "few", "none"]


class WinningPlan(Base):
    """One a campaign: 1 in `one_in` gifts asks for a moment. The nonce, what hides behind the commitment and the
    window's end are there from sealing on.
    """

    __tablename__ = "winning_plan"
    __table_args__ = (CheckConstraint("one_in >= 1", name="one_in"), {"info": sealed_by("campaign_id")})

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    one_in: Mapped[int] = mapped_column(Integer)
    hours: Mapped[list[int]] = mapped_column(JSON)
    nonce: Mapped[str | None] = mapped_column(String(32))
    commitment: Mapped[str | None] = mapped_column(String(64))
    closes_at: Mapped[datetime | None]


class PlannedPrize(Base):
    """A prize of a plan: how many units have a moment, and how many of these were taken, in their order."""

    __tablename__ = "planned_prize"
    __table_args__ = (CheckConstraint("taken >= 0 AND taken <= units", name="taken"),
                      {"info": sealed_by("campaign_id", "campaign_id", "units")})

    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("winning_plan.campaign_id"), index=True)
    units: Mapped[int] = mapped_column(Integer, default=0)
    taken: Mapped[int] = mapped_column(Integer, default=0)


class PlannedShare(Base):
    """A part of a planned prize's units, and the window over which they are spread: written at sealing."""

    __tablename__ = "planned_share"
    __table_args__ = (
        CheckConstraint("units >= 1", name="units"),
        CheckConstraint("starts_at < ends_at", name="window"),
        {"info": sealed_by("prize_id")},
    )

    prize_id: Mapped[str] = mapped_column(ForeignKey("planned_prize.prize_id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    units: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class TakenMoment(Base):
    """A moment that an award took: a prize's planned one has a number, a rolled one the award that was given up."""

    __tablename__ = "taken_moment"
    __table_args__ = (
        UniqueConstraint("prize_id", "number"),
        UniqueConstraint("rolled_from"),
        Index("ix_taken_moment_prize_id_at", "prize_id", "at"),
        {"info": APPEND_ONLY},
    )

    award_id: Mapped[str] = mapped_column(ForeignKey("award.id"), primary_key=True)
    prize_id: Mapped[str] = mapped_column(ForeignKey("planned_prize.prize_id"))
    number: Mapped[int | None] = mapped_column(Integer)
    rolled_from: Mapped[str | None] = mapped_column(ForeignKey("award.id"))
    moment: Mapped[datetime]
    at: Mapped[datetime]


class RolledMoment(Base):
    """An award that was given up before the close: its unit has a new moment, which follows from the key."""

    __tablename__ = "rolled_moment"
    __table_args__ = (Index("ix_rolled_moment_campaign_id_taken_at", "campaign_id", "taken_at"),)

    award_id: Mapped[str] = mapped_column(ForeignKey("award.id"), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    prize_id: Mapped[str] = mapped_column(ForeignKey("planned_prize.prize_id"))
    given_up_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]


def is_planned(session: Session, prize_id: str) -> bool:
    """Whether each unit of a prize has its winning moment: from then on its stock may neither grow nor shrink."""
    sealed = (select(PlannedPrize.prize_id).join(WinningPlan, WinningPlan.campaign_id == PlannedPrize.campaign_id)
              .where(PlannedPrize.prize_id == prize_id, WinningPlan.nonce.is_not(None)))
    return session.scalar(sealed) is not None


def planned_prizes(session: Session, campaign_id: str) -> list[PlannedPrize]:
    own = select(PlannedPrize).where(PlannedPrize.campaign_id == campaign_id).order_by(PlannedPrize.prize_id)
    return list(session.scalars(own.execution_options(populate_existing=True)))


def bands_left(session: Session, campaign_id: str, now: datetime) -> dict[str, Band]:
    """How much of each planned prize was left an hour ago, roughly: a number, or news, would tell when to play."""
    seen_at = now - SHOWN_AFTER
    return {prize.prize_id: _band(_left_at(session, prize, seen_at), prize.units)
            for prize in planned_prizes(session, campaign_id)}


def _band(left: int, units: int) -> Band:
    if left < 1:
        return "none"
    return "many" if left * MANY > units else "few"


def _left_at(session: Session, prize: PlannedPrize, seen_at: datetime) -> int:
    """Planned ones are taken in their order, so that the last number tells how many were."""
    taken = (select(TakenMoment.number).where(TakenMoment.prize_id == prize.prize_id, TakenMoment.at <= seen_at,
                                              TakenMoment.number.is_not(None))
             .order_by(TakenMoment.at.desc(), TakenMoment.number.desc()).limit(1))
    last = session.scalar(taken)
    rolled = select(func.count()).select_from(RolledMoment).where(
        RolledMoment.campaign_id == prize.campaign_id, RolledMoment.prize_id == prize.prize_id,
        RolledMoment.given_up_at <= seen_at, or_(RolledMoment.taken_at.is_(None), RolledMoment.taken_at > seen_at))
    return prize.units - (0 if last is None else last + 1) + (session.scalar(rolled) or 0)


def left_over(session: Session, campaign_id: str) -> Mapping[str, int]:
    """By planned prize the units that nobody has: after the close and its claims, what is listed as left over."""
    free = (select(Stock.prize_id, Stock.free).join(PlannedPrize, PlannedPrize.prize_id == Stock.prize_id)
            .where(PlannedPrize.campaign_id == campaign_id).order_by(Stock.prize_id))
    return {prize_id: units for prize_id, units in session.execute(free)}  # noqa: C416 (a Result is no mapping)
