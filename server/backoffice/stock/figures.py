"""How many units of a prize are where, as staff may see it.

Of a prize whose winning moments are still to be taken, staff see what was true before the running and the last hour: a
moment that has come and that nobody took is worth money to whoever knows of it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from prizes.ledger import Shelf, StockEntry
from prizes.planned import PlannedPrize, WinningPlan
from prizes.stock import Stock
from server.campaigns.campaign import Campaign, CampaignState

UNSEEN_BESIDE_RUNNING = timedelta(hours=1)
PERCENT = 100


@dataclass(frozen=True)
class Figures:
    """`until` is the moment from which on no award is counted; None where they are those of now."""

    received: int = 0
    free: int = 0
    reserved: int = 0
    awarded: int = 0
    withdrawn: int = 0
    until: datetime | None = None

    @property
    def adds_up(self) -> bool:
        return self.received == self.free + self.reserved + self.awarded + self.withdrawn

    @property
    def in_stock(self) -> int:
        """What there ever was to give: all that was received and not taken out of play."""
        return self.received - self.withdrawn

    @property
    def codes_left(self) -> int:
        """Of a voucher prize: a code waits for each unit that is free or reserved (the audit holds it to that)."""
        return self.free + self.reserved

    def is_low(self, percent: int) -> bool:
        return self.in_stock > 0 and self.free * PERCENT <= percent * self.in_stock

    def counts(self) -> dict[str, int]:
        """The figures by their names, for whoever writes down what a deed changed."""
        return {name: getattr(self, name) for name in ("received", "free", "reserved", "awarded", "withdrawn")}


def seen_until(now: datetime) -> datetime:
    """The end of the last hour that is seen: neither the running one nor the one before."""
    return now.replace(minute=0, second=0, microsecond=0) - UNSEEN_BESIDE_RUNNING


def late_prizes(session: Session, prize_ids: Collection[str], now: datetime) -> set[str]:
    """Those of these prizes of which a winning moment may still be taken, or could be in an hour that is not seen."""
    going_on = (WinningPlan.nonce.is_not(None), WinningPlan.closes_at > seen_until(now),
                Campaign.state != CampaignState.ENDED)
    planned = (select(PlannedPrize.prize_id)
               .join(WinningPlan, WinningPlan.campaign_id == PlannedPrize.campaign_id)
               .join(Campaign, Campaign.id == PlannedPrize.campaign_id)
               .where(PlannedPrize.prize_id.in_(prize_ids), *going_on))
    return set(session.scalars(planned))


def figures_of(session: Session, prize_ids: Collection[str], now: datetime) -> Mapping[str, Figures]:
    """The figures of prizes, each as staff may see them. Reads."""
    late = late_prizes(session, prize_ids, now)
    current = select(Stock).where(Stock.prize_id.in_(set(prize_ids) - late))
    found = {stock.prize_id: current_figures(stock) for stock in session.scalars(current)}
    return found | (_late_figures(session, late, seen_until(now)) if late else {})


def one_prize_figures(session: Session, prize_id: str, now: datetime) -> Figures:
    return figures_of(session, [prize_id], now).get(prize_id, Figures())


def current_figures(stock: Stock) -> Figures:
    return Figures(stock.received, stock.free, stock.reserved, stock.awarded, stock.withdrawn)


def _late_figures(session: Session, prize_ids: Collection[str], until: datetime) -> dict[str, Figures]:
    """The counters without what the ledger's last lines moved: one statement, and so of one instant."""
    shelves = (Shelf.OUTSIDE, Shelf.FREE, Shelf.RESERVED, Shelf.AWARDED, Shelf.WITHDRAWN)
    late_line = ((StockEntry.prize_id == Stock.prize_id) & (StockEntry.at >= until)
                 & StockEntry.award_id.is_not(None))
    rows = session.execute(select(Stock, *(_moved_to(shelf) for shelf in shelves))
                           .outerjoin(StockEntry, late_line)
                           .where(Stock.prize_id.in_(prize_ids)).group_by(Stock.prize_id))
    return {row[0].prize_id: _without(row[0], row[1:], until) for row in rows}


def _without(stock: Stock, moved: Sequence[int], until: datetime) -> Figures:
    now = current_figures(stock)
    outside, free, reserved, awarded, withdrawn = moved
    return replace(now, received=now.received + outside, free=now.free - free, reserved=now.reserved - reserved,
                   awarded=now.awarded - awarded, withdrawn=now.withdrawn - withdrawn, until=until)


def _moved_to(shelf: Shelf) -> ColumnElement[int]:
    """How many units more a shelf has by the lines that were joined."""
    came = case((StockEntry.target == shelf, StockEntry.units), else_=0)
    went = case((StockEntry.source == shelf, StockEntry.units), else_=0)
    return func.coalesce(func.sum(came - went), 0)

