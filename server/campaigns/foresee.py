"""The forecast of one campaign: what it offers and how its ways ask for it, as numbers to play with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audience import Audience
from prizes.forecast import Forecast, forecast
from prizes.forecast_course import Demand, Offered, Part
from prizes.prize import Prize, Release, prizes_of
from prizes.stock import Stock
from prizes.ways import WAYS
from server.campaigns.campaign import Campaign


@dataclass(frozen=True)
class Outlook:
    """What of a campaign is played with: read at once, so that no transaction waits while thousands are played.

    `hours` are those in which the campaign's file expects its players; None when it does not say.
    """

    offered: tuple[Offered, ...]
    demands: tuple[Demand, ...]
    hours: Sequence[int] | None
    gift_waves: int
    opens_at: datetime
    closes_at: datetime
    timezone: str

    @property
    def has_an_end(self) -> bool:
        """Whether there is a prize that could run out."""
        return any(not prize.is_unlimited for prize in self.offered)


def read_outlook(session: Session, campaign: Campaign) -> Outlook:
    """Reads."""
    facts = campaign.facts
    told = (way.audience_hours(session, facts) for way in WAYS.values())
    return Outlook(
        offered=tuple(_offered(session, prize, campaign.locales[0]) for prize in prizes_of(session, campaign.id)),
        demands=tuple(demand for way in WAYS.values() for demand in way.demands(session, facts)),
        hours=next(filter(None, told), None), gift_waves=len(facts.gift_waves),
        opens_at=campaign.opens_at, closes_at=campaign.closes_at, timezone=campaign.timezone)


def foresee(outlook: Outlook, audience: Audience, campaigns: int, seed: int, longest: timedelta,
            tell: Callable[[int], None] = lambda played: None) -> Forecast:
    """Play a campaign many times before it opens, its first `longest` at most.

    `audience.gifts` is a share here: each wave with a gift gives every round so much of one more to hit. Its hours
    give way to those of the campaign's file.

    Raises ValueError for an audience of nobody.
    """
    expected = replace(audience, gifts=audience.gifts * outlook.gift_waves, hours=outlook.hours or audience.hours)
    closes_at = min(outlook.closes_at, outlook.opens_at + longest)
    return forecast(outlook.offered, outlook.demands, expected, outlook.opens_at, closes_at, outlook.timezone,
                    campaigns, seed, tell)


def _offered(session: Session, prize: Prize, locale: str) -> Offered:
    """A prize with the units that may still be won."""
    stock = session.get_one(Stock, prize.id)
    plan = session.scalars(select(Release).where(Release.prize_id == prize.id).order_by(Release.number))
    return Offered(
        id=prize.id, name=prize.name(locale), units=stock.free, value_cents=prize.value_cents,
        currency=prize.currency, per_player=prize.per_player, per_day=prize.per_day, per_hour=prize.per_hour,
        is_unlimited=prize.is_unlimited,
        releases=tuple(Part(part.units, part.opens_at, part.closes_at, part.at_hits) for part in plan))
