"""The end of a campaign: places and draws are given once the last round that was open at the close is over."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from prizes.give_up import lock_desks
from prizes.ways import WAYS
from server import outbox
from server.campaigns.campaign import Campaign, CampaignState, Phase
from server.db import transaction
from server.play.round import Round, RoundState, Verdict
from server.play.standings import best_of
from server.play.terms import PlayTerms
from server.play.ways_in_use import ways_in_use

HELD_AWAITED = timedelta(days=7)  # ours: how long the end waits for a ruling on a held round

log = logging.getLogger(__name__)


def close_campaign(session: Session, campaign: Campaign, terms: PlayTerms, now: datetime) -> int:
    """Give what the campaign's ways give at its end, and pass on what was given up since; how much was done.

    May be called at any time by anybody: before the end, while a round is still open, and when nothing is due, it
    only reads.
    """
    if campaign.phase(now) != Phase.CLOSED or not _is_due(session, campaign, terms, now):
        return 0
    with transaction(session):
        lock_desks(session, [campaign.id])
        if is_awaited(session, campaign.id, now):
            return 0
        award_terms = terms.award_terms(campaign, keep_back=False)
        done = sum(way.close(session, campaign.facts, lambda most: best_of(session, campaign.id, most), award_terms,
                             now) for way in WAYS.values())
        if done:
            outbox.tell(session, campaign.id, "prizes", campaign.id, now)
    return done


def close_campaigns(session: Session, terms: PlayTerms, now: datetime) -> int:
    """Close every campaign that is over; one that cannot be closed is told in the log and keeps no other waiting."""
    over = select(Campaign).where(or_(Campaign.state == CampaignState.ENDED, Campaign.closes_at <= now))
    return sum(_close_or_tell(session, campaign, terms, now) for campaign in session.scalars(over).all())


def _close_or_tell(session: Session, campaign: Campaign, terms: PlayTerms, now: datetime) -> int:
    try:
        return close_campaign(session, campaign, terms, now)
    except Exception:
        log.exception("campaign %s is over and could not be closed", campaign.slug)
        return 0


def _is_due(session: Session, campaign: Campaign, terms: PlayTerms, now: datetime) -> bool:
    """Whether one of the ways has something to give, and no round is awaited. Pages ask it at each visit."""
    award_terms = terms.award_terms(campaign, keep_back=False)
    return any(way.is_due(session, campaign.facts, award_terms, now) for way in ways_in_use(session, campaign)
               ) and not is_awaited(session, campaign.id, now)


def is_awaited(session: Session, campaign_id: str, now: datetime) -> bool:
    """Whether a round is still played, or waits for a person's look: high scores do. Nobody waits for ever."""
    still_open = Round.state == RoundState.OPEN
    still_held = and_(Round.verdict == Verdict.HELD, Round.closed_at > now - HELD_AWAITED)
    awaited = select(Round.id).where(Round.campaign_id == campaign_id, or_(still_open, still_held))
    return session.scalar(awaited.limit(1)) is not None
