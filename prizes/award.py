"""An award: one unit of a prize promised to a round's player, from the win to the claim or back to stock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    Update,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id
from prizes.stock import put_back


class Way(StrEnum):
    """How an award was won."""

    LADDER = "ladder"


class AwardState(StrEnum):
    KEPT_BACK = "kept_back"  # reserved, but a person must release it before anyone may claim it
    OPEN = "open"
    CLAIMED = "claimed"
    EXPIRED = "expired"  # not claimed in time: back in stock
    RETURNED = "returned"  # taken back with its round: back in stock


class Award(Base):
    """Unique by (campaign, way, cause). `claim_before` is provisional while it is kept back."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("campaign_id", "way", "cause"),
        Index("ix_award_player_id_prize_id", "player_id", "prize_id"),
        Index("ix_award_state_claim_before", "state", "claim_before"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(String(32))
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"))
    player_id: Mapped[str] = mapped_column(String(32))
    round_id: Mapped[str] = mapped_column(String(32), index=True)
    way: Mapped[Way]
    cause: Mapped[str] = mapped_column(String(64))
    state: Mapped[AwardState]
    awarded_at: Mapped[datetime]
    claim_before: Mapped[datetime]
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)


class Holding(Base):
    """How many units of a prize a player holds: the row on which the cap per player is refereed."""

    __tablename__ = "holding"
    __table_args__ = (CheckConstraint("units >= 0", name="no_debt"),)

    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"), primary_key=True)
    player_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    units: Mapped[int] = mapped_column(Integer)


def awards_of_round(session: Session, round_id: str) -> list[Award]:
    return list(session.scalars(select(Award).where(Award.round_id == round_id).order_by(Award.id)))


def awards_of_player(session: Session, player_id: str) -> list[Award]:
    """Everything the player was ever awarded, the oldest first."""
    own = select(Award).where(Award.player_id == player_id)
    return list(session.scalars(own.order_by(Award.awarded_at, Award.id)))


def release_awards(session: Session, round_id: str, now: datetime, claim_days: int) -> list[Award]:
    """Let a round's kept back awards be claimed, within `claim_days` from now; those that were let."""
    kept_back = (Award.round_id == round_id, Award.state == AwardState.KEPT_BACK)
    opened = update(Award).where(*kept_back).values(state=AwardState.OPEN,
                                                    claim_before=now + timedelta(days=claim_days))
    return _changed(session, opened)


def return_awards(session: Session, round_id: str, now: datetime, reason: str) -> int:
    """Take back what a round won and nobody has claimed yet; how many awards that were."""
    unclaimed = (Award.round_id == round_id, Award.state.in_((AwardState.KEPT_BACK, AwardState.OPEN)))
    returned = _changed(session, update(Award).where(*unclaimed).values(state=AwardState.RETURNED))
    _free_units(session, returned, reason, now)
    return len(returned)


def expire_awards(session: Session, now: datetime, most: int) -> int:
    """Give back to stock what was not claimed in time, the oldest first, at most `most`; how many.

    A row that somebody claims at this instant is locked: it is skipped, and seen again at the next call.
    """
    overdue = (Award.state == AwardState.OPEN, Award.claim_before <= now)
    oldest = select(Award.id).where(*overdue).order_by(Award.claim_before).limit(most)
    locked = session.scalars(oldest.with_for_update(skip_locked=True)).all()
    expire = update(Award).where(Award.id.in_(locked), *overdue).values(state=AwardState.EXPIRED)
    expired = _changed(session, expire)
    _free_units(session, expired, "not_claimed", now)
    return len(expired)


def _changed(session: Session, change: Update) -> list[Award]:
    """Run an UPDATE of awards; those that it changed, in the order in which stock is locked."""
    awards = session.scalars(change.returning(Award).execution_options(populate_existing=True))
    return sorted(awards, key=attrgetter("prize_id", "player_id", "id"))


def _free_units(session: Session, awards: Sequence[Award], reason: str, now: datetime) -> None:
    """Undo what the awards held: first every player's count, then the stock rows, always in the same order.

    Everybody locks awards, then holdings, then stock, each sorted: so nobody waits in a circle.
    """
    for award in awards:
        own = (Holding.prize_id == award.prize_id, Holding.player_id == award.player_id)
        session.execute(update(Holding).where(*own).values(units=Holding.units - 1))
    for prize_id, of_prize in groupby(awards, key=attrgetter("prize_id")):
        put_back(session, prize_id, [award.id for award in of_prize], reason, now)
