"""The stock ledger: every move of units from one shelf to another, who made it, when and why. It only grows."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.db import Base, new_id

THE_PROGRAM = "popshot"  # who moves what a rule moves


class Shelf(StrEnum):
    """Where units are. Each but the first is a column of the stock row, and what was received is their sum."""

    OUTSIDE = "outside"  # not in the books: still to come, or counted away
    FREE = "free"
    RESERVED = "reserved"
    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    RECEIVED = "received"
    RESERVED = "reserved"  # by an award
    AWARDED = "awarded"  # by its claim
    RETURNED = "returned"  # the award was given up
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"  # what is free was counted anew


# From which shelf to which each move goes; the database refuses any other.
PATHS: dict[Move, tuple[tuple[Shelf, Shelf], ...]] = {
    Move.RECEIVED: ((Shelf.OUTSIDE, Shelf.FREE),),
    Move.RESERVED: ((Shelf.FREE, Shelf.RESERVED),),
    Move.AWARDED: ((Shelf.RESERVED, Shelf.AWARDED),),
    Move.RETURNED: ((Shelf.RESERVED, Shelf.FREE), (Shelf.AWARDED, Shelf.FREE)),
    Move.WITHDRAWN: ((Shelf.FREE, Shelf.WITHDRAWN), (Shelf.AWARDED, Shelf.WITHDRAWN)),
    Move.CORRECTED: ((Shelf.OUTSIDE, Shelf.FREE), (Shelf.FREE, Shelf.OUTSIDE)),
}


def path_check() -> str:
    """PATHS as the SQL of a CHECK."""
    ways = (f"(move = '{move}' AND source = '{source}' AND target = '{target}')"
            for move, paths in PATHS.items() for source, target in paths)
    return " OR ".join(ways)


class StockEntry(Base):
    """A ledger line. `reason` and `by` are short stable words of the code's or staff's choice, never typed text."""

    __tablename__ = "stock_entry"
    __table_args__ = (
        CheckConstraint("units > 0", name="units"),
        CheckConstraint(path_check(), name="path"),
        Index("ix_stock_entry_prize_id_at", "prize_id", "at"),
        Index("ix_stock_entry_prize_id_move_at", "prize_id", "move", "at"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"))
    move: Mapped[Move]
    source: Mapped[Shelf]
    target: Mapped[Shelf]
    units: Mapped[int] = mapped_column(Integer)
    award_id: Mapped[str | None] = mapped_column(ForeignKey("award.id"), index=True)
    reason: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(32), default=THE_PROGRAM)
    at: Mapped[datetime]


def write(session: Session, prize_id: str, move: Move, path: tuple[Shelf, Shelf], units: int, reason: str, by: str,
          now: datetime, award_ids: Sequence[str | None] = (None,), entry_id: str | None = None) -> None:
    """Add the line, or one an award, of a move that has just been made; the next flush stores them. A line alone may
    be told its id: whoever sends the same move twice then makes it once.
    """
    source, target = path
    session.add_all(StockEntry(id=entry_id or new_id(), prize_id=prize_id, move=move, source=source, target=target,
                               units=units, award_id=award_id, reason=reason, by=by, at=now)
                    for award_id in award_ids)
