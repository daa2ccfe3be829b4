"""What all prizes of a campaign may come to: for each the fewer of its stock and of what its ways can give."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.prize import Prize, prizes_of
from prizes.stock import Stock
from prizes.way import CampaignFacts
from prizes.ways import WAYS

Most = int | None  # how many awards; None is without an end


@dataclass(frozen=True)
class Exposure:
    """One prize: the units that were received and not withdrawn (None: unlimited), and the most awards of its ways."""

    prize: Prize
    stock: Most
    awards: Most

    @property
    def units(self) -> Most:
        """How many may go out at the most."""
        return lower(self.stock, self.awards)

    @property
    def cents(self) -> int | None:
        """What they come to; None when nothing ends it. What is worth nothing comes to nothing."""
        if self.prize.value_cents == 0:
            return 0
        return None if self.units is None else self.units * self.prize.value_cents


def exposures(session: Session, campaign: CampaignFacts, extra: Mapping[str, int] | None = None) -> list[Exposure]:
    """Every prize of a campaign, the cheapest first; `extra` units, by prize id, as if they were in stock."""
    more, awards = extra or {}, most_awards(session, campaign)
    stocks = {prize_id: received - withdrawn for prize_id, received, withdrawn in session.execute(
        select(Stock.prize_id, Stock.received, Stock.withdrawn).join(Prize, Prize.id == Stock.prize_id)
        .where(Prize.campaign_id == campaign.id))}
    return [Exposure(prize, None if prize.is_unlimited else stocks.get(prize.id, 0) + more.get(prize.id, 0),
                     awards.get(prize.id, 0)) for prize in prizes_of(session, campaign.id)]


def most_awards(session: Session, campaign: CampaignFacts) -> dict[str, Most]:
    """By prize id, what all of the campaign's ways together can give of it."""
    given: dict[str, Most] = {}
    for way in WAYS.values():
        for prize_id, most in way.most_awards(session, campaign).items():
            given[prize_id] = add(given.get(prize_id, 0), most)
    return given


def liability(found: list[Exposure]) -> int | None:
    """The most that these prizes may come to, in cents; None when nothing ends it."""
    none: Most = 0
    return reduce(add, (exposure.cents for exposure in found), none)


def add(one: Most, other: Most) -> Most:
    return None if one is None or other is None else one + other


def lower(one: Most, other: Most) -> Most:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)
