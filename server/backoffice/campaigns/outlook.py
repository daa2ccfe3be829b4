"""What may become of the stock: a few hundred campaigns played with numbers before the first one opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from sqlalchemy.orm import Session

from prizes.audience import Audience
from server.campaigns.campaign import Campaign
from server.campaigns.foresee import Outlook, foresee, read_outlook

CAMPAIGNS = 200  # played for one page: shares within some per cent, in a fraction of a second
ROUNDS = 3.0  # of each player
GIFT_HITS = 0.7  # ours: how many of a wave's gifts an ordinary player hits
LONGEST = timedelta(days=62)  # looked ahead
SOON_GONE, MOSTLY_LEFT = 0.5, 0.9  # from which share of all campaigns on it is worth a word
SEED = 1


@dataclass(frozen=True)
class PrizeOutlook:
    """Shares of all campaigns: in which some are left over, in which all are gone by noon of the first day; how many
    are given, at 5, 50 and 95 %. `worries` are words for what deserves a look.
    """

    id: str
    name: str
    units: int
    left_over: float
    gone_by_noon: float
    given: tuple[float, float, float]
    worries: tuple[str, ...]


@dataclass(frozen=True)
class Outlooks:
    prizes: Sequence[PrizeOutlook]
    rounds: tuple[float, float, float]
    cost_cents: tuple[float, float, float]


def look_ahead(session: Session, campaign: Campaign, players: int) -> Outlooks | None:
    """What may happen with so many players; None when no prize could run out. Reads."""
    outlook = read_outlook(session, campaign)
    return _play(_frozen(outlook), players) if outlook.has_an_end else None


def _frozen(outlook: Outlook) -> Outlook:
    """The same with nothing in it that changes: the key of what was played already."""
    hours = None if outlook.hours is None else tuple(outlook.hours)
    return Outlook(outlook.offered, outlook.demands, hours, outlook.gift_waves, outlook.opens_at, outlook.closes_at,
                   outlook.timezone)


@lru_cache(maxsize=64)
def _play(outlook: Outlook, players: int) -> Outlooks:
    audience = Audience(rounds=max(1, round(players * ROUNDS)), per_player=ROUNDS, gifts=GIFT_HITS)
    seen = foresee(outlook, audience, CAMPAIGNS, SEED, LONGEST)
    prizes = [PrizeOutlook(one.prize.id, one.prize.name, one.prize.units, one.left_over, one.gone_by_noon, one.given,
                           _worries(one.left_over, one.gone_by_noon)) for one in seen.prizes
              if not one.prize.is_unlimited]
    return Outlooks(prizes, seen.rounds, seen.cost_cents)


def _worries(left_over: float, gone_by_noon: float) -> tuple[str, ...]:
    soon = ("gone_by_noon",) if gone_by_noon >= SOON_GONE else ()
    return (*soon, *(("left_over",) if left_over >= MOSTLY_LEFT else ()))
