"""Stock: one counter row a prize, moved by one statement that is the referee, with its ledger line beside it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base
from prizes.ledger import THE_PROGRAM, Move, Shelf, write
from prizes.prize import Prize


class BrokenBooks(Exception):
    """A unit is missing where the books say that it is: a bug, never a matter of luck."""


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


def add_prize(session: Session, prize: Prize) -> Prize:
    """Bring a prize into the books, with an empty stock."""
    session.add(prize)
    session.flush()
    session.add(Stock(prize_id=prize.id))
    session.flush()
    return prize


def take_one(session: Session, prize_id: str, award_id: str, now: datetime, locked: int = 0) -> bool:
    """Reserve one free unit for an award; False when no more than `locked` are free (see `still_locked`)."""
    if not _shift(session, prize_id, (Shelf.FREE, Shelf.RESERVED), 1, left=locked):
        return False
    write(session, prize_id, Move.RESERVED, (Shelf.FREE, Shelf.RESERVED), 1, "won", THE_PROGRAM, now, [award_id])
    return True


def make_one(session: Session, prize_id: str, award_id: str, now: datetime) -> None:
    """Receive a unit of an unlimited prize and reserve it for an award."""
    restock(session, prize_id, 1, now, "unlimited")
    if not take_one(session, prize_id, award_id, now):
        raise BrokenBooks(f"prize {prize_id} has lost the unit it has just received")


def put_back(session: Session, prize_id: str, award_ids: Sequence[str], reason: str, now: datetime,
             by: str = THE_PROGRAM) -> None:
    """Free the units that these awards of one prize had reserved.

    Raises BrokenBooks when fewer are reserved.
    """
    path = (Shelf.RESERVED, Shelf.FREE)
    if not _shift(session, prize_id, path, len(award_ids)):
        raise BrokenBooks(f"prize {prize_id} has fewer than {len(award_ids)} units reserved")
    write(session, prize_id, Move.RETURNED, path, 1, reason, by, now, award_ids)


def hand_over(session: Session, prize_id: str, award_id: str, now: datetime) -> None:
    """Turn an award's reserved unit into an awarded one.

    Raises BrokenBooks when none is reserved.
    """
    path = (Shelf.RESERVED, Shelf.AWARDED)
    if not _shift(session, prize_id, path, 1):
        raise BrokenBooks(f"prize {prize_id} has no unit reserved for award {award_id}")
    write(session, prize_id, Move.AWARDED, path, 1, "claimed", THE_PROGRAM, now, [award_id])


def take_back(session: Session, prize_id: str, award_id: str, reason: str, by: str, now: datetime, *,
              is_spent: bool = False) -> None:
    """Free the unit that a claim had been handed; withdraw it when it is spent, like a code that was shown.

    Raises BrokenBooks when none is awarded.
    """
    move, target = (Move.WITHDRAWN, Shelf.WITHDRAWN) if is_spent else (Move.RETURNED, Shelf.FREE)
    if not _shift(session, prize_id, (Shelf.AWARDED, target), 1):
        raise BrokenBooks(f"prize {prize_id} has no unit awarded for award {award_id}")
    write(session, prize_id, move, (Shelf.AWARDED, target), 1, reason, by, now, [award_id])


def restock(session: Session, prize_id: str, units: int, now: datetime, reason: str, by: str = THE_PROGRAM,
            entry_id: str | None = None) -> bool:
    """Receive units; False when there is no such prize. `entry_id` is the ledger line's, when it is to be known.

    Raises ValueError when units is below 1.
    """
    return _move(session, prize_id, Move.RECEIVED, (Shelf.OUTSIDE, Shelf.FREE), units, reason, by, now, entry_id)


def withdraw(session: Session, prize_id: str, units: int, now: datetime, reason: str, by: str = THE_PROGRAM,
             entry_id: str | None = None) -> bool:
    """Take free units out of play for good; False when fewer are free.

    Raises ValueError when units is below 1.
    """
    return _move(session, prize_id, Move.WITHDRAWN, (Shelf.FREE, Shelf.WITHDRAWN), units, reason, by, now, entry_id)


def correct(session: Session, prize_id: str, units: int, now: datetime, reason: str, by: str = THE_PROGRAM,
            entry_id: str | None = None) -> bool:
    """After a recount, receive `units` more, or fewer when below zero; False when so many are not free.

    Raises ValueError when units is 0.
    """
    path = (Shelf.OUTSIDE, Shelf.FREE) if units > 0 else (Shelf.FREE, Shelf.OUTSIDE)
    return _move(session, prize_id, Move.CORRECTED, path, abs(units), reason, by, now, entry_id)


def _move(session: Session, prize_id: str, move: Move, path: tuple[Shelf, Shelf], units: int, reason: str, by: str,
          now: datetime, entry_id: str | None) -> bool:
    if units < 1:
        raise ValueError(f"{units} units cannot be moved; 1 is the least")
    if not _shift(session, prize_id, path, units):
        return False
    write(session, prize_id, move, path, units, reason, by, now, entry_id=entry_id)
    return True


def _shift(session: Session, prize_id: str, path: tuple[Shelf, Shelf], units: int, left: int = 0) -> bool:
    """Move units between two columns in one statement; False when fewer than `left` would remain on the first.

    The condition is part of the UPDATE: whoever waits for the row's lock is judged by what it then holds.
    """
    source, target = path
    new = {shelf.value: getattr(Stock, shelf) + change for shelf, change in ((source, -units), (target, units))
           if shelf != Shelf.OUTSIDE}
    if Shelf.OUTSIDE in path:
        new["received"] = Stock.received + (units if source == Shelf.OUTSIDE else -units)
    enough = [] if source == Shelf.OUTSIDE else [new[source] >= left]
    moved = update(Stock).where(Stock.prize_id == prize_id, *enough).values(new)
    return session.scalar(moved.returning(Stock.prize_id)) is not None
