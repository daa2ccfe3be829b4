"""A prize's ledger, page by page, the newest line first: who moved what, when, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import Session

from prizes.ledger import Move, StockEntry
from server.backoffice.stock.move_stock import StockNote
from server.clock import exact

LINES = 50
MOST_ID = 32


@dataclass(frozen=True)
class Place:
    """A line's place in the order, as an address carries it."""

    at: datetime
    entry_id: str

    def __str__(self) -> str:
        return f"{exact(self.at)}~{self.entry_id}"


@dataclass(frozen=True)
class LedgerPage:
    """`earlier` leads to the next page; None on the last one. `notes` holds what was typed, by the line's id."""

    lines: Sequence[StockEntry]
    notes: Mapping[str, str]
    earlier: Place | None


def read_place(text: str) -> Place | None:
    """The place that an address carries; None for anything else."""
    at, _, entry_id = text.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not entry_id.isalnum() or len(entry_id) > MOST_ID:
            return None
        return Place(moment.astimezone(UTC), entry_id)
    except (ValueError, OverflowError):
        return None


def ledger_page(session: Session, prize_id: str, *, move: Move | None = None, before: Place | None = None,
                until: datetime | None = None, lines: int = LINES) -> LedgerPage:
    """One page of lines, of one kind of move when it is named; none of an award from `until` on. Reads."""
    found = session.scalars(_lines_of(prize_id, move, before, until).limit(lines + 1)).all()
    shown = found[:lines]
    notes = select(StockNote).where(StockNote.entry_id.in_([line.id for line in shown]))
    last = Place(shown[-1].at, shown[-1].id) if len(found) > lines else None
    return LedgerPage(shown, {note.entry_id: note.text for note in session.scalars(notes)}, last)


def _lines_of(prize_id: str, move: Move | None, before: Place | None, until: datetime | None) -> Select[StockEntry]:
    wanted = select(StockEntry).where(StockEntry.prize_id == prize_id)
    if move is not None:
        wanted = wanted.where(StockEntry.move == move)
    if until is not None:
        wanted = wanted.where(or_(StockEntry.at < until, StockEntry.award_id.is_(None)))
    if before is not None:  # the first condition lets the index begin at the place, the second is exact
        wanted = wanted.where(StockEntry.at <= before.at,
                              tuple_(StockEntry.at, StockEntry.id) < (before.at, before.entry_id))
    return wanted.order_by(StockEntry.at.desc(), StockEntry.id.desc())


def find_line(session: Session, prize_id: str, entry_id: str) -> StockEntry | None:
    """A line of a prize's ledger."""
    return session.scalar(select(StockEntry).where(StockEntry.id == entry_id, StockEntry.prize_id == prize_id))
