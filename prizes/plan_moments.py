"""Making the plan of a prize: each unit in stock gets a share of the window, and so a moment."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from prizes.moments import Recipe, Share
from prizes.planned import PlannedPrize, PlannedShare, WinningPlan
from prizes.prize import Prize, Release
from prizes.stock import BrokenBooks, Stock
from prizes.way import CampaignFacts

ROOM = timedelta(hours=1)  # the last planned moment is so long before the close, so that somebody may take it


def plan_units(session: Session, campaign: CampaignFacts, prize_id: str, units: int) -> None:
    """Write the shares of a prize's units, in place of earlier ones.

    Raises BrokenBooks when the releases cannot hold exactly these units (`uneven_because` would have said so).
    """
    shares = shares_of(session, campaign, prize_id, units)
    if sum(share.units for share in shares) != units:
        raise BrokenBooks(f"prize {prize_id} has {units} units, but its releases are made for others")
    session.execute(delete(PlannedShare).where(PlannedShare.prize_id == prize_id))
    session.execute(update(PlannedPrize).where(PlannedPrize.prize_id == prize_id).values(units=units))
    session.add_all(PlannedShare(**share._asdict()) for share in shares)


def shares_of(session: Session, campaign: CampaignFacts, prize_id: str, units: int) -> list[Share]:
    """A share for each release, and one over the whole window, number 0, for the units in none."""
    releases = session.scalars(select(Release).where(Release.prize_id == prize_id).order_by(Release.number)).all()
    shares = [Share(prize_id, release.number, release.units, *_window(campaign, release.opens_at, release.closes_at))
              for release in releases]
    others = units - sum(share.units for share in shares)
    if others > 0:
        shares.append(Share(prize_id, 0, others, *_window(campaign, None, None)))
    return shares


def _window(campaign: CampaignFacts, opens_at: datetime | None,
            closes_at: datetime | None) -> tuple[datetime, datetime]:
    """A release's window inside the campaign's. One that lasts until the close ends earlier, at half its length at
    most, so that its last moment is not one after which nobody plays.
    """
    start = max(opens_at or campaign.opens_at, campaign.opens_at)
    end = min(closes_at or campaign.closes_at, campaign.closes_at)
    return start, min(end, max(campaign.closes_at - ROOM, start + (end - start) / 2))


class Uneven(NamedTuple):
    """Why units and moments are not as many: a stable word, and a sentence that begins small."""

    code: str
    sentence: str


def uneven_because(session: Session, campaign: CampaignFacts, prize: Prize, stock: Stock) -> Uneven | None:
    """Why units and moments cannot be, or are not, as many; None when they are."""
    if prize.is_unlimited:
        return Uneven("unlimited", "it is unlimited")
    if stock.received == stock.withdrawn:
        return Uneven("no_stock", "it has no stock")
    planned = _planned_units(session, campaign.id, prize.id)
    in_stock = stock.received - stock.withdrawn
    if planned is not None:
        if planned == in_stock:
            return None
        return Uneven("planned", f"{planned} were planned, {in_stock} are in stock")
    return _unplannable_because(session, campaign, prize.id, stock)


def _unplannable_because(session: Session, campaign: CampaignFacts, prize_id: str, stock: Stock) -> Uneven | None:
    if stock.reserved or stock.awarded:
        return Uneven("won", f"{stock.reserved + stock.awarded} are won already")
    shares = shares_of(session, campaign, prize_id, stock.free)
    outside = [share.number for share in shares if share.starts_at >= share.ends_at]
    if outside:
        return Uneven("outside", f"release {outside[0]} lies outside the campaign")
    released = sum(share.units for share in shares)
    if released == stock.free:
        return None
    return Uneven("released", f"its releases have {released}, {stock.free} are in stock")


def _planned_units(session: Session, campaign_id: str, prize_id: str) -> int | None:
    """How many moments the sealed plan has; None before sealing."""
    sealed = select(WinningPlan.nonce).where(WinningPlan.campaign_id == campaign_id)
    if session.scalar(sealed) is None:
        return None
    return session.scalar(select(func.coalesce(func.sum(PlannedShare.units), 0))
                          .where(PlannedShare.prize_id == prize_id))


def recipe_of(session: Session, plan: WinningPlan, timezone: str) -> Recipe:
    """What a sealed plan's moments follow from, as it was stored."""
    own = (select(PlannedShare).join(PlannedPrize, PlannedPrize.prize_id == PlannedShare.prize_id)
           .where(PlannedPrize.campaign_id == plan.campaign_id).order_by(PlannedShare.prize_id, PlannedShare.number))
    shares = tuple(Share(share.prize_id, share.number, share.units, share.starts_at, share.ends_at)
                   for share in session.scalars(own))
    return Recipe(timezone, tuple(plan.hours), shares)
