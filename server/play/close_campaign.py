"""The end of a campaign: places and draws are given once the last round that was open at the close is over."""

import logging
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from prizes.give_up import lock_desks
from prizes.ways import WAYS
from server import outbox
from server.campaigns.campaign import Campaign, CampaignState, Phase
from server.db import transaction
from server.play.round import Round, RoundState
from server.play.standings import best_of
from server.play.terms import PlayTerms
from server.play.ways_in_use import ways_in_use

log = logging.getLogger(__name__)


def close_campaign(session: Session, campaign: Campaign, terms: PlayTerms, now: datetime) -> int:
    """Give what the campaign's ways give at its end, and pass on what was given up since; how much was done.

    May be called at any time by anybody: before the end, and while a round is still open, it does nothing.
    """
    if campaign.phase(now) != Phase.CLOSED or not _has_later_prizes(session, campaign):
        return 0
    with transaction(session):
        lock_desks(session, [campaign.id])
        if has_open_round(session, campaign.id):
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


def _has_later_prizes(session: Session, campaign: Campaign) -> bool:
    return any(way.comes_later for way in ways_in_use(session, campaign))


def has_open_round(session: Session, campaign_id: str) -> bool:
    still_open = (Round.campaign_id == campaign_id, Round.state == RoundState.OPEN)
    return session.scalar(select(Round.id).where(*still_open).limit(1)) is not None
