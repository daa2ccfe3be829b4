"""Prizes and their stock: a ledger that only grows, and one counter row a prize that one statement moves."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.db import Base, new_id


class PrizeKind(StrEnum):
    PARCEL = "parcel"
    VOUCHER = "voucher"
    DOWNLOAD = "download"
    BADGE = "badge"


class Move(StrEnum):
    """What a ledger line tells; `units` of a correction may be negative, of all others they are not."""

    RECEIVED = "received"  # → free
    RESERVED = "reserved"  # free → reserved, by an award
    AWARDED = "awarded"  # reserved → awarded, by its claim
    RETURNED = "returned"  # reserved → free, the award was given up
    WITHDRAWN = "withdrawn"  # free → withdrawn
    CORRECTED = "corrected"  # free was counted anew


class BrokenBooks(Exception):
    """A unit is missing where the books say that it is: a bug, never a matter of luck."""


class Prize(Base):
    """A kind of prize; `value_cents` counts hundredths of `currency`, `per_player` caps what one player holds."""

    __tablename__ = "prize"
    __table_args__ = (
        CheckConstraint("value_cents >= 0", name="value"),
        CheckConstraint("per_player >= 1", name="per_player"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    kind: Mapped[PrizeKind]
    value_cents: Mapped[int] = mapped_column(Integer)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    per_player: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime]

    def name(self, locale: str) -> str:
        """Its name in a language, or in the first one it has."""
        return self.names.get(locale) or next(iter(self.names.values()))


class Stock(Base):
    """How many units are where. The one hot row: every award of the prize passes through it."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("received >= 0 AND free >= 0 AND reserved >= 0 AND awarded >= 0 AND withdrawn >= 0",
                        name="no_debt"),
        CheckConstraint("free + reserved + awarded + withdrawn = received", name="adds_up"),
    )

    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"), primary_key=True)
    received: Mapped[int] = mapped_column(Integer, default=0)
    free: Mapped[int] = mapped_column(Integer, default=0)
    reserved: Mapped[int] = mapped_column(Integer, default=0)
    awarded: Mapped[int] = mapped_column(Integer, default=0)
    withdrawn: Mapped[int] = mapped_column(Integer, default=0)


class StockEntry(Base):
    """A ledger line. `reason` is a short stable word of the code's or staff's choice, never typed text."""

    __tablename__ = "stock_entry"
    __table_args__ = (
        CheckConstraint("units > 0 OR move = 'corrected'", name="units"),
        Index("ix_stock_entry_prize_id_at", "prize_id", "at"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"))
    move: Mapped[Move]
    units: Mapped[int] = mapped_column(Integer)
    award_id: Mapped[str | None] = mapped_column(ForeignKey("award.id"), index=True)
    reason: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


def add_prize(session: Session, prize: Prize) -> Prize:
    """Bring a prize into the books, with an empty stock."""
    session.add(prize)
    session.flush()
    session.add(Stock(prize_id=prize.id))
    session.flush()
    return prize


def take_one(session: Session, prize_id: str, award_id: str, now: datetime) -> bool:
    """Reserve one unit for an award; False when the last free one is gone."""
    return (_shift(session, prize_id, free=-1, reserved=+1)
            and _write(session, prize_id, Move.RESERVED, 1, "won", now, award_id))


def put_back(session: Session, prize_id: str, award_ids: Sequence[str], reason: str, now: datetime) -> None:
    """Free the units that these awards of one prize had reserved.

    Raises BrokenBooks when fewer are reserved.
    """
    units = len(award_ids)
    if not _shift(session, prize_id, reserved=-units, free=+units):
        raise BrokenBooks(f"prize {prize_id} has fewer than {units} units reserved")
    for award_id in award_ids:
        _write(session, prize_id, Move.RETURNED, 1, reason, now, award_id)


def hand_over(session: Session, prize_id: str, award_id: str, now: datetime) -> None:
    """Turn an award's reserved unit into an awarded one.

    Raises BrokenBooks when none is reserved.
    """
    if not _shift(session, prize_id, reserved=-1, awarded=+1):
        raise BrokenBooks(f"prize {prize_id} has no unit reserved for award {award_id}")
    _write(session, prize_id, Move.AWARDED, 1, "claimed", now, award_id)


def restock(session: Session, prize_id: str, units: int, now: datetime, reason: str) -> bool:
    """Receive units; False when there is no such prize.

    Raises ValueError when units is below 1.
    """
    _require_units(units)
    return (_shift(session, prize_id, received=+units, free=+units)
            and _write(session, prize_id, Move.RECEIVED, units, reason, now))


def withdraw(session: Session, prize_id: str, units: int, now: datetime, reason: str) -> bool:
    """Take free units out of play for good; False when fewer are free.

    Raises ValueError when units is below 1.
    """
    _require_units(units)
    return (_shift(session, prize_id, free=-units, withdrawn=+units)
            and _write(session, prize_id, Move.WITHDRAWN, units, reason, now))


def correct(session: Session, prize_id: str, units: int, now: datetime, reason: str) -> bool:
    """After a recount, receive `units` more, or fewer when below zero; False when so many are not free."""
    return (_shift(session, prize_id, received=units, free=units)
            and _write(session, prize_id, Move.CORRECTED, units, reason, now))


def _shift(session: Session, prize_id: str, **changes: int) -> bool:
    """Change a stock row's columns in one statement; False when one of them would fall below zero.

    The condition is part of the UPDATE: whoever waits for the row's lock is judged by what it then holds.
    """
    new = {name: getattr(Stock, name) + change for name, change in changes.items()}
    enough = [new[name] >= 0 for name, change in changes.items() if change < 0]
    moved = update(Stock).where(Stock.prize_id == prize_id, *enough).values(new)
    return session.scalar(moved.returning(Stock.prize_id)) is not None


def _require_units(units: int) -> None:
    if units < 1:
        raise ValueError(f"{units} units cannot be moved; 1 is the least")


def _write(session: Session, prize_id: str, move: Move, units: int, reason: str, now: datetime,
           award_id: str | None = None) -> bool:
    """Add the ledger line of a move that has just been made; the next flush stores it. True, for chaining."""
    session.add(StockEntry(prize_id=prize_id, move=move, units=units, award_id=award_id, reason=reason,
                           at=now))
    return True
