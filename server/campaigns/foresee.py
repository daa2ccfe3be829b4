"""The forecast of one campaign: what it offers and how its ways ask for it, as numbers to play with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audience import Audience
from prizes.forecast import Forecast, forecast
from prizes.forecast_course import Demand, Offered
from prizes.prize import Prize, Release, prizes_of
from prizes.stock import Stock
from prizes.ways import WAYS
from server.campaigns.campaign import Campaign


def foresee(session: Session, campaign: Campaign, audience: Audience, campaigns: int, seed: int,
            longest: timedelta, tell: Callable[[int], None] = lambda played: None) -> Forecast:
    """Play a campaign many times before it opens, its first `longest` at most.

    `audience.gifts` is a share here: each wave with a gift gives every round so much of one more to hit.

    Raises ValueError for an audience of nobody.
    """
    offered = [_offered(session, prize, campaign.locales[0]) for prize in prizes_of(session, campaign.id)]
    demands: list[Demand] = [demand for way in WAYS.values() for demand in way.demands(session, campaign.facts)]
    gifts = audience.gifts * len(campaign.read_rules().gift_waves)
    closes_at = min(campaign.closes_at, campaign.opens_at + longest)
    return forecast(offered, demands, replace(audience, gifts=gifts), campaign.opens_at, closes_at,
                    campaign.timezone, campaigns, seed, tell)


def _offered(session: Session, prize: Prize, locale: str) -> Offered:
    """A prize with the units that may still be won."""
    stock = session.get_one(Stock, prize.id)
    plan = session.scalars(select(Release).where(Release.prize_id == prize.id).order_by(Release.number))
    return Offered(
        id=prize.id, name=prize.name(locale), units=stock.free, value_cents=prize.value_cents,
        currency=prize.currency, per_player=prize.per_player, per_day=prize.per_day, per_hour=prize.per_hour,
        is_unlimited=prize.is_unlimited,
        releases=tuple((part.opens_at, part.closes_at, part.units) for part in plan if part.at_hits is None))
