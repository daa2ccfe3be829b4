"""Opening a round: it spends one, shows the commitment and wave 1, and nothing of what comes after."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from prizes.db import new_id
from server.campaigns.campaign import Campaign, require_open
from server.clock import milliseconds, rfc3339
from server.db import transaction
from server.errors import Problem
from server.play.bonus_round import bonus_rounds_left, spend_bonus_round
from server.play.close_round import close_if_overdue
from server.play.friends import note_referral
from server.play.round import Round, find_open_round
from server.play.secret import commitment, round_secret, seed_hex
from server.play.terms import PlayTerms
from server.play.timing import COUNTDOWN, last_moment
from server.players.player import Player
from server.simulation.rules import REVEAL_LEAD_TICKS, TICK_RATE, WAVE_TICKS, WAVES


@dataclass(frozen=True, repr=False)  # a secret in a log line would be a leak
class OpenedRound:
    """A round that has just begun, and wave 1's seed."""

    round: Round
    secret: bytes

    def as_json(self) -> dict[str, Any]:
        starts_in_ms = milliseconds(self.round.wave_starts_at - self.round.opened_at)
        return {"round": round_as_json(self.round, self.secret), "rules": self.round.read_rules().as_json(),
                "wave": {"number": 1, "seed": seed_hex(self.secret, 1), "starts_in_ms": starts_in_ms}}


def round_as_json(round_: Round, secret: bytes) -> dict[str, Any]:
    """The wire's `round`: what is the same from the opening to the end."""
    return {"id": round_.id, "opened_at": rfc3339(round_.opened_at), "tick_rate": TICK_RATE, "waves": WAVES,
            "wave_ticks": WAVE_TICKS, "reveal_lead_ticks": REVEAL_LEAD_TICKS, "commitment": commitment(secret)}


def require_may_open(session: Session, player: Player, campaign: Campaign, terms: PlayTerms, now: datetime) -> None:
    """Raises Problem campaign_not_open, campaign_paused, campaign_closed, round_open (with `round_id`)
    or no_rounds_left (with Retry-After) unless the player may open a round now."""
    require_open(campaign, now)
    _require_none_open(session, player, terms, now)
    _require_rounds_left(session, player, campaign, now)


@dataclass(frozen=True)
class CameBy:
    """How a player came: a keyed hash of their network, the source that counts the round, somebody's friend link."""

    network: str | None = None
    source_id: int | None = None
    friend: str | None = None


def open_round(session: Session, player: Player, campaign: Campaign, terms: PlayTerms, now: datetime,
               came: CameBy = CameBy()) -> OpenedRound:
    """Open a round for a player who may, see `require_may_open`. Past the rounds of the day it spends a bonus round.

    The campaign is asked again inside the transaction, since the one who ends or pauses it waits for nobody. What was
    begun before its end may be written a little later: that is what the freeze waits for (`close_campaign`).

    Raises Problem round_open when the same player opened one at the same moment, no_rounds_left when the bonus round
    was spent at the same moment, and those of a campaign that has been paused or ended since.
    """
    round_ = _new_round(player, campaign, terms, now, came)
    secret = round_secret(terms.round_key, round_.id)
    is_bonus = _rounds_of_today(session, player.id, campaign, now) == 0
    try:
        with transaction(session):
            require_open(session.get_one(Campaign, campaign.id), now)
            session.add(round_)
            session.flush()
            if is_bonus and not spend_bonus_round(session, player.id, campaign.id, round_.id):
                raise _none_left(campaign, now)
            if came.friend is not None and campaign.friend_rounds is not None:
                note_referral(session, round_, player, came.friend)
    except IntegrityError:  # the partial unique index: the same player opened one at the same moment
        _require_none_open(session, player, terms, now)
        raise Problem("slow_down", "Two rounds were opened at once; try again.", retry_after=1) from None
    return OpenedRound(round_, secret)


def _new_round(player: Player, campaign: Campaign, terms: PlayTerms, now: datetime, came: CameBy) -> Round:
    starts_at = now + COUNTDOWN
    end = last_moment(1, starts_at, 0, False, terms.stretch_ms)
    return Round(id=new_id(), campaign_id=campaign.id, player_id=player.id, rules=campaign.rules, opened_at=now,
                 wave_starts_at=starts_at, closes_by=end + terms.abandoned_after, network=came.network,
                 source_id=came.source_id)


def _require_none_open(session: Session, player: Player, terms: PlayTerms, now: datetime) -> None:
    """Raises Problem round_open, unless the one that is open is overdue; that one is closed in passing."""
    round_ = find_open_round(session, player.id)
    if round_ is None or close_if_overdue(session, round_, terms, now):
        return
    raise Problem("round_open", "You have a round going on; finish it or let it run out.", round_id=round_.id)


def rounds_left(session: Session, player_id: str, campaign: Campaign, now: datetime) -> int | None:
    """Rounds that the player may still open today, bonus rounds among them; None without a limit."""
    left = _rounds_of_today(session, player_id, campaign, now)
    return None if left is None else left + bonus_rounds_left(session, player_id, campaign.id)


def _rounds_of_today(session: Session, player_id: str, campaign: Campaign, now: datetime) -> int | None:
    """Of the rounds that each day of the campaign's zone brings, those that are left; None without a limit."""
    if campaign.rounds_per_day is None:
        return None
    opened = (Round.campaign_id == campaign.id, Round.player_id == player_id,
              Round.opened_at >= start_of_day(campaign, now))
    spent = session.scalar(select(func.count()).select_from(Round).where(*opened)) or 0
    return max(0, campaign.rounds_per_day - spent)


def next_day(campaign: Campaign, now: datetime) -> datetime:
    """When a player has new rounds again: the start of the zone's next day, in UTC."""
    return start_of_day(campaign, now, days=1)


def start_of_day(campaign: Campaign, now: datetime, days: int = 0) -> datetime:
    """The start of the zone's day, `days` later, in UTC.

    Where clocks skip midnight, it is taken by the offset before (fold 0), which is the moment of the skip: the day's
    first; where they show it twice, fold 0 is the first one.
    """
    zone = ZoneInfo(campaign.timezone)
    date = now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(date, time(), zone).astimezone(UTC)


def _require_rounds_left(session: Session, player: Player, campaign: Campaign, now: datetime) -> None:
    if rounds_left(session, player.id, campaign, now) == 0:
        raise _none_left(campaign, now)


def _none_left(campaign: Campaign, now: datetime) -> Problem:
    wait = int((next_day(campaign, now) - now).total_seconds()) + 1
    return Problem("no_rounds_left", f"All {campaign.rounds_per_day} rounds of today are played; there are new ones "
                   "after midnight.", retry_after=wait)
