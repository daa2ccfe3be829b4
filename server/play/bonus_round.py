"""Bonus rounds: one more than the day allows, given once for a cause, and never more of them than their caps."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into, new_id
from server.campaigns.campaign import Campaign

EVER = ""  # the day of what is counted over all days


class BonusKind(StrEnum):
    """What a bonus round is given for. Each kind has caps of its own."""

    FRIEND = "friend"  # the cause is a keyed hash of the friend
    SCAN = "scan"  # the cause is what was scanned, by whom


class BonusRound(Base):
    """That a player may open one round more; `round_id` is the one that spent it."""

    __tablename__ = "bonus_round"
    __table_args__ = (
        UniqueConstraint("campaign_id", "kind", "cause"),  # the database is the referee of "once for a cause"
        Index("ix_bonus_round_left", "campaign_id", "player_id", "round_id"),
        Index("ix_bonus_round_player_id", "player_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"))
    player_id: Mapped[str] = mapped_column(ForeignKey("player.id"))
    kind: Mapped[BonusKind]
    cause: Mapped[str] = mapped_column(String(80))
    earned_at: Mapped[datetime]
    round_id: Mapped[str | None] = mapped_column(ForeignKey("round.id"), unique=True)


class BonusCount(Base):
    """How many bonus rounds of a kind came to one player or from one network, on a day of the campaign's or ever;
    and how often one network unlocked a poster on a day.
    """

    __tablename__ = "bonus_count"
    __table_args__ = (CheckConstraint("units >= 1", name="units"), Index("ix_bonus_count_day", "day"))

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[BonusKind] = mapped_column(primary_key=True)
    whose: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    units: Mapped[int] = mapped_column(Integer)


@dataclass(frozen=True)
class Cause:
    """What a bonus round is given for; `id` has at most 80 characters. It is given once."""

    kind: BonusKind
    id: str


@dataclass(frozen=True)
class Caps:
    """The most bonus rounds of one kind: to one player on a day and in all, and on a day for causes that come from one
    `network` (a keyed hash); None is no cap.
    """

    per_day: int | None
    in_all: int | None
    network: str | None = None
    per_network: int | None = None


def give_bonus_round(session: Session, campaign: Campaign, player_id: str, cause: Cause, caps: Caps,
                     now: datetime) -> bool:
    """Give a player one round more, inside the caller's transaction; False when the cause gave one before, or a cap is
    reached. Nothing is written then.
    """
    with session.begin_nested() as attempt:
        if _count_all(session, campaign, player_id, cause.kind, caps, now) and _enter(session, campaign.id, player_id,
                                                                                     cause, now):
            return True
        attempt.rollback()
        return False


def bonus_rounds_left(session: Session, player_id: str, campaign_id: str) -> int:
    """Bonus rounds that the player has not spent. They last as long as the campaign."""
    return session.scalar(select(func.count()).select_from(BonusRound).where(*_unspent(player_id, campaign_id))) or 0


def spend_bonus_round(session: Session, player_id: str, campaign_id: str, round_id: str) -> bool:
    """Spend the oldest bonus round on a round that is there, inside the caller's transaction; False without one."""
    oldest = select(BonusRound.id).where(*_unspent(player_id, campaign_id)).order_by(BonusRound.earned_at).limit(1)
    spent = update(BonusRound).where(BonusRound.id == oldest.scalar_subquery(), BonusRound.round_id.is_(None))
    return session.scalar(spent.values(round_id=round_id).returning(BonusRound.id)) is not None


def count_bonus_rounds(session: Session, player_id: str, campaign_id: str, kind: BonusKind, day: str = EVER) -> int:
    """How many of a kind a player has earned on a day, or ever."""
    units = session.scalar(select(BonusCount.units).where(
        BonusCount.campaign_id == campaign_id, BonusCount.kind == kind, BonusCount.whose == player_id,
        BonusCount.day == day))
    return units or 0


def forget_days(session: Session, before_day: str, most: int) -> int:
    """Forget what was counted for single days before one ("2026-12-01"), networks among them; at most `most` days'
    rows, how many. Their caps are over.
    """
    old = select(BonusCount.campaign_id, BonusCount.kind, BonusCount.whose, BonusCount.day)
    rows = session.execute(old.where(BonusCount.day != EVER, BonusCount.day < before_day).limit(most)).all()
    for campaign_id, kind, whose, day in rows:
        session.execute(delete(BonusCount).where(
            BonusCount.campaign_id == campaign_id, BonusCount.kind == kind, BonusCount.whose == whose,
            BonusCount.day == day))
    return len(rows)


def _count_all(session: Session, campaign: Campaign, player_id: str, kind: BonusKind, caps: Caps,
               now: datetime) -> bool:
    """Raise each count by one as long as its cap lets it; always in this order, so that no two wait for each other."""
    day = campaign.day(now)
    counted = [(player_id, EVER, caps.in_all), (player_id, day, caps.per_day)]
    if caps.network is not None:
        counted.append((caps.network, day, caps.per_network))
    return all(count_up(session, campaign.id, kind, whose, of_day, most) for whose, of_day, most in counted)


def count_up(session: Session, campaign_id: str, kind: BonusKind, whose: str, day: str, most: int | None) -> bool:
    """One more, unless that passes a cap; whether it was counted. One statement holds it, however many come at once."""
    if most is not None and most < 1:
        return False
    first = insert_into(session, BonusCount).values(campaign_id=campaign_id, kind=kind, whose=whose, day=day, units=1)
    room = None if most is None else BonusCount.units < most
    one_more = first.on_conflict_do_update(index_elements=["campaign_id", "kind", "whose", "day"],
                                           set_={"units": BonusCount.units + 1}, where=room)
    return session.scalar(one_more.returning(BonusCount.units)) is not None


def _enter(session: Session, campaign_id: str, player_id: str, cause: Cause, now: datetime) -> bool:
    row = {"id": new_id(), "campaign_id": campaign_id, "player_id": player_id, "kind": cause.kind, "cause": cause.id,
           "earned_at": now}
    once = insert_into(session, BonusRound).values(row).on_conflict_do_nothing(
        index_elements=["campaign_id", "kind", "cause"])
    return session.scalar(once.returning(BonusRound.id)) is not None


def _unspent(player_id: str, campaign_id: str) -> tuple[ColumnElement[bool], ...]:
    return BonusRound.campaign_id == campaign_id, BonusRound.player_id == player_id, BonusRound.round_id.is_(None)
