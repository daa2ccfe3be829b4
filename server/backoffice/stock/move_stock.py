"""Units that staff bring in, recount or take out: each once, with what they typed as the reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base
from prizes.ledger import StockEntry
from prizes.planned import is_planned
from prizes.prize import Prize, PrizeKind
from prizes.stock import Stock, correct
from prizes.units import receive_units, withdraw_units
from server.backoffice.stock.figures import Figures, current_figures
from server.campaigns.publish import SealedCampaign, require_movable
from server.db import transaction

MOST_UNITS = 1_000_000
MOST_RECEIVED = 1_000_000_000  # of one prize: a counter of 32 bits holds twice as many


class Deed(StrEnum):
    RESTOCK = "restock"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


# The ledger keeps words only; what was typed stands beside it.
WORDS = {Deed.RESTOCK: "delivered", Deed.CORRECT: "recounted", Deed.WITHDRAW: "taken_out"}


class StockNote(Base):
    """What was typed as the reason of a ledger line; the line stays when this is erased."""

    __tablename__ = "stock_note"

    entry_id: Mapped[str] = mapped_column(ForeignKey("stock_entry.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class Order:
    """What staff want moved; `units` may be below zero in a correction. `once` becomes the ledger line's id: the same
    order sent twice is one.
    """

    deed: Deed
    prize_id: str
    units: int
    why: str
    by: str
    once: str

    @property
    def gained(self) -> int:
        """How many units more the prize would have at most."""
        return 0 if self.deed == Deed.WITHDRAW else max(0, self.units)


@dataclass(frozen=True)
class Moved:
    before: Figures
    after: Figures


class MoveRefused(Exception):
    """A move that cannot be made: the key of the sentence that says why, and its places."""

    def __init__(self, key: str, **places: int | str) -> None:
        super().__init__(key)
        self.key, self.places = key, places


class MadeBefore(Exception):
    """This very order was carried out before."""


def move_stock(session: Session, order: Order, now: datetime, tell: Callable[[Moved], None]) -> Moved:
    """Carry an order out and hand what it changed to `tell`, inside the transaction.

    Raises MoveRefused, MadeBefore.
    """
    if session.get(StockEntry, order.once) is not None:
        raise MadeBefore
    try:
        with transaction(session):
            moved = _move(session, order, now)
            tell(moved)
    except IntegrityError:  # the same order at the same moment: the other one's line has this id
        if session.get(StockEntry, order.once) is None:
            raise
        raise MadeBefore from None
    return moved


def _move(session: Session, order: Order, now: datetime) -> Moved:
    prize = session.get_one(Prize, order.prize_id)
    _refuse_unmovable(session, prize, order)
    if not _MOVES[order.deed](session, order, now):
        free = session.get_one(Stock, order.prize_id, populate_existing=True).free
        raise MoveRefused("stock.too_few_free", units=abs(order.units), free=free)
    session.flush()
    session.add(StockNote(entry_id=order.once, text=order.why))
    session.flush()
    after = current_figures(session.get_one(Stock, order.prize_id, populate_existing=True))
    return Moved(_before(after, order), after)


def _before(after: Figures, order: Order) -> Figures:
    """The figures before the move: the row was locked by it, so nothing else came between."""
    change = -order.units if order.deed == Deed.WITHDRAW else order.units
    received, withdrawn = ((0, order.units) if order.deed == Deed.WITHDRAW else (order.units, 0))
    return Figures(after.received - received, after.free - change, after.reserved, after.awarded,
                   after.withdrawn - withdrawn)


def _refuse_unmovable(session: Session, prize: Prize, order: Order) -> None:
    """Raises MoveRefused for what no number of units could change. Locks the campaign's row, as every such move."""
    if prize.is_unlimited:
        raise MoveRefused("stock.endless")
    if prize.kind == PrizeKind.VOUCHER and order.deed != Deed.WITHDRAW:
        raise MoveRefused("stock.units_are_codes")
    try:
        require_movable(session, prize.id, order.gained)
    except SealedCampaign:
        key = "stock.plan_is_sealed" if is_planned(session, prize.id) else "stock.above_limit"
        raise MoveRefused(key, units=order.units) from None
    received = session.get_one(Stock, prize.id, populate_existing=True).received
    if received + order.gained > MOST_RECEIVED:
        raise MoveRefused("stock.too_many_received", most=MOST_RECEIVED, received=received)


def _restock(session: Session, order: Order, now: datetime) -> bool:
    return receive_units(session, order.prize_id, order.units, now, WORDS[order.deed], order.by, order.once)


def _correct(session: Session, order: Order, now: datetime) -> bool:
    return correct(session, order.prize_id, order.units, now, WORDS[order.deed], order.by, order.once)


def _withdraw(session: Session, order: Order, now: datetime) -> bool:
    return withdraw_units(session, order.prize_id, order.units, now, WORDS[order.deed], order.by, order.once)


_MOVES: Mapping[Deed, Callable[[Session, Order, datetime], bool]] = {
    Deed.RESTOCK: _restock, Deed.CORRECT: _correct, Deed.WITHDRAW: _withdraw,
}  # fmt: skip


def erase_note(session: Session, entry_id: str) -> None:
    """Erase what was typed with a ledger line; the line and its words stay."""
    with transaction(session):
        session.execute(delete(StockNote).where(StockNote.entry_id == entry_id))
