"""What a round means to the campaign's ways to win: when it ends, when it is accepted, when it is rejected."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Way
from prizes.give_up import expire_awards, is_overdue, lock_desks, return_awards
from prizes.keepsake import give_keepsake
from prizes.way import FinishedRound
from prizes.ways import WAYS
from server import outbox
from server.campaigns.campaign import Campaign
from server.db import transaction
from server.fairplay.review import ask_review
from server.fairplay.signs import Sign
from server.play.round import Ending, Round, Verdict
from server.play.terms import PlayTerms
from server.play.ways_in_use import ways_in_use
from server.players.player import is_erased
from server.simulation.replay import Replay

MOST_EXPIRED = 20  # at once by a player's request; the runner does the rest


def expire_overdue(session: Session, now: datetime) -> int:
    """Before a round may win: give back what nobody claimed or ruled on in time, so that a runner that is late costs
    nobody a prize. A transaction of its own, and only where there is something to do; how many awards.
    """
    if session.scalar(select(Award.id).where(is_overdue(now)).limit(1)) is None:
        return 0
    with transaction(session):
        return expire_awards(session, now, MOST_EXPIRED)


def give_prizes(session: Session, closed: Round, campaign: Campaign, seen: Replay,
                terms: PlayTerms) -> list[Award]:
    """Give what a round wins at its end; a held one's awards are kept back. Inside the caller's transaction."""
    now = closed.closed_at
    if closed.ending == Ending.ABANDONED or closed.verdict == Verdict.REJECTED or now is None:
        return []
    ways = ways_in_use(session, campaign)
    if seen.gifts or WAYS[Way.COMMUNITY] in ways:  # it may win units of several prizes
        lock_desks(session, [campaign.id])
    award_terms = terms.award_terms(campaign, keep_back=closed.verdict == Verdict.HELD)
    finished = finished_round(closed, tuple(f"{wave}.{index}" for wave, index in seen.gifts))
    awards = [award for way in ways
              for award in way.award_round(session, campaign.facts, finished, award_terms, now)]
    _tell(session, campaign.id, awards, now)
    return awards


def accept_round(session: Session, closed: Round, campaign: Campaign, terms: PlayTerms, now: datetime) -> list[Award]:
    """Count a round that was accepted, at its end or by a person later. Inside the caller's transaction, once."""
    award_terms = terms.award_terms(campaign, keep_back=False)
    finished = finished_round(closed)
    ways = ways_in_use(session, campaign)
    is_together = WAYS[Way.COMMUNITY] in ways
    if is_together:  # a step may give units of several prizes
        lock_desks(session, [campaign.id])
    awards = [award for way in ways
              for award in way.accept_round(session, campaign.facts, finished, award_terms, now)]
    if any(way.comes_later for way in ways) and not is_erased(session, closed.player_id):
        give_keepsake(session, campaign.id, closed.id, terms.claim_key, now)
    _tell(session, campaign.id, awards, now)
    if is_together and finished.hits:
        outbox.tell(session, campaign.id, "life", closed.id, now)
    return awards


def ask_for_looks(session: Session, awards: Sequence[Award], now: datetime) -> None:
    """Ask a person to look at the round of each award that is kept back: nobody else opens it."""
    for award in awards:
        if award.state == AwardState.KEPT_BACK:
            sign = Sign.PLACE_WITH_PRIZE if award.way == Way.STANDINGS else Sign.PRIZE_ABOVE_LIMIT
            ask_review(session, award.round_id, award.campaign_id, [sign], now)


def take_prizes_back(session: Session, round_: Round, campaign: Campaign, now: datetime) -> int:
    """A round was rejected: its unclaimed prizes go back to stock, it counts for nothing; how many prizes did."""
    returned = return_awards(session, round_.id, now, "round_rejected")
    for way in ways_in_use(session, campaign):
        way.reject_round(session, campaign.facts, round_.id, now)
    outbox.tell(session, campaign.id, "prizes", round_.id, now)
    return returned


def finished_round(closed: Round, gifts: tuple[str, ...] = ()) -> FinishedRound:
    """A closed round as the ways to win know it."""
    if closed.closed_at is None or closed.secret is None:
        raise ValueError(f"round {closed.id} is still open")
    return FinishedRound(id=closed.id, player_id=closed.player_id, network=closed.network, score=closed.score or 0,
                         hits=closed.hits or 0, gifts=gifts, secret=bytes.fromhex(closed.secret),
                         closed_at=closed.closed_at, may_win=closed.ending != Ending.ABANDONED)


def _tell(session: Session, campaign_id: str, awards: Sequence[Award], now: datetime) -> None:
    """Instant wins are told to nobody else: who hears of them knows when none is due."""
    for prize_id in sorted({award.prize_id for award in awards if award.way != Way.INSTANT_WIN}):
        outbox.tell(session, campaign_id, "prizes", prize_id, now)
