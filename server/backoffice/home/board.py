"""What stands on the start page: what is live, how it goes, what waits for somebody; as far as the asker may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from prizes.planned import WinningPlan
from server.backoffice.access import Asker
from server.backoffice.home.pulse import HourCounts, Kind, Pulse, add_up, hour_of
from server.backoffice.rights import Right
from server.backoffice.rounds.queue import places_to_confirm, rounds_to_review
from server.backoffice.stock.low_stock import Stocked, low_stock
from server.campaigns.campaign import Campaign, CampaignState, Phase
from server.comments.alarm import open_alarms
from server.comments.of_brands import is_of
from server.comments.queue import measure_waiting

MOST_LISTED = 8  # campaigns
MOST_LOW = 6  # prizes
LATELY = timedelta(days=3)  # how long after its end a campaign's last rounds still count


class Part(StrEnum):
    """A part of the page; which comes first depends on who looks."""

    FIGURES = "figures"
    WAITS = "waits"
    CAMPAIGNS = "campaigns"


@dataclass(frozen=True)
class Listed:
    """A campaign on the list; `pulse` is None for one that nobody plays yet."""

    campaign: Campaign
    phase: Phase
    pulse: Pulse | None


@dataclass(frozen=True)
class Waiting:
    """Comments that wait; `alarms` are those in which a reader sees a danger to life."""

    count: int
    alarms: int
    oldest: datetime | None


@dataclass(frozen=True)
class Board:
    """None is what the asker may not see. `winners_until`: the winners of the running hour are not told where winning
    moments are planned; when somebody could tell that one is overdue, that knowledge would be worth money.
    """

    has_campaigns: bool
    live: Sequence[Listed]
    others: Sequence[Listed]
    plays: Pulse
    winners: Pulse
    winners_until: datetime
    comments: Waiting | None
    rounds: int | None
    places: int | None
    low: Sequence[Stocked]
    order: Sequence[Part]

    @property
    def is_late(self) -> bool:
        """Whether the winners are told hour by hour."""
        return self.winners_until == hour_of(self.winners_until)

    @property
    def zone(self) -> str:
        """The time zone in which hours are told: that of the campaign which is live."""
        return next((one.campaign.timezone for one in (*self.live, *self.others)), "UTC")


def read_board(session: Session, counts: HourCounts, asker: Asker, now: datetime) -> Board:
    """The board of somebody with the right to see at least one brand. Reads."""
    brands = asker.brands(Right.SEE)
    listed = _campaigns(session, brands, now)
    played = [campaign.id for campaign in listed
              if campaign.opens_at <= now < campaign.closes_at + LATELY and campaign.state != CampaignState.DRAFT]
    until = hour_of(now) if _has_plans(session, played) else now
    plays = counts.pulses(session, Kind.PLAYS, played, now, now)
    winners = counts.pulses(session, Kind.WINNERS, played, until, now)
    lines = [Listed(campaign, campaign.phase(now), plays.get(campaign.id)) for campaign in listed]
    return Board(
        has_campaigns=bool(listed), live=[line for line in lines if _is_live(line)],
        others=[line for line in lines if not _is_live(line)][:MOST_LISTED], plays=add_up(list(plays.values())),
        winners=add_up(list(winners.values())), winners_until=until,
        comments=_comments(session, asker.brands(Right.MODERATE)), rounds=_rounds(session, asker.brands(Right.REVIEW)),
        places=_places(session, asker.brands(Right.REVIEW)), low=low_stock(session, brands, now)[:MOST_LOW],
        order=_order(asker))


def _campaigns(session: Session, brands: Collection[str], now: datetime) -> list[Campaign]:
    """Those that are open first, then those to come, then drafts, then what is over; of the last few alone."""
    own = select(Campaign).where(Campaign.brand_id.in_(brands))
    return list(session.scalars(own.order_by(_rank(now), Campaign.opens_at.desc(), Campaign.id).limit(200)))


def _rank(now: datetime) -> ColumnElement[int]:
    is_over = (Campaign.state == CampaignState.ENDED) | (Campaign.closes_at <= now)
    return case((Campaign.state == CampaignState.DRAFT, 2), (is_over, 3), (Campaign.opens_at > now, 1), else_=0)


def _is_live(line: Listed) -> bool:
    return line.phase in (Phase.OPEN, Phase.PAUSED)


def _has_plans(session: Session, campaign_ids: Collection[str]) -> bool:
    planned = select(WinningPlan.campaign_id).where(WinningPlan.campaign_id.in_(campaign_ids)).limit(1)
    return session.scalar(planned) is not None


def _comments(session: Session, brands: Collection[str]) -> Waiting | None:
    if not brands:
        return None
    own = is_of(brands)
    waiting, oldest_at = measure_waiting(session, own)
    return Waiting(waiting, len(open_alarms(session, own)), oldest_at)


def _rounds(session: Session, brands: list[str]) -> int | None:
    return rounds_to_review(session, brands) if brands else None


def _places(session: Session, brands: list[str]) -> int | None:
    return places_to_confirm(session, brands) if brands else None


def _order(asker: Asker) -> tuple[Part, ...]:
    """Who looks after comments or stock, and after no campaign, sees first what waits."""
    makes_campaigns = bool(asker.brands(Right.EDIT))
    has_work = bool(asker.brands(Right.MODERATE) or asker.brands(Right.STOCK))
    if has_work and not makes_campaigns:
        return (Part.WAITS, Part.FIGURES, Part.CAMPAIGNS)
    return (Part.FIGURES, Part.WAITS, Part.CAMPAIGNS)
