"""The end of a campaign: places and draws are given once the last round that was open at the close is over."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from prizes.award import RULED_WITHIN, Award
from prizes.give_up import lock_desks
from prizes.slots import kept_back_in_slots
from prizes.ways import WAYS
from server import outbox
from server.campaigns.campaign import Campaign, CampaignState, Phase, ended_at
from server.db import transaction
from server.fairplay.review import Review
from server.play.give_prizes import ask_for_looks
from server.play.round import Round, RoundState, Verdict
from server.play.standings import best_of
from server.play.terms import PlayTerms
from server.play.ways_in_use import ways_in_use

SETTLED_AFTER = timedelta(seconds=10)  # no transaction is open longer (server/db.py): each round begun in time shows

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
        if is_awaited(session, campaign, now):
            return 0
        award_terms = terms.award_terms(campaign, keep_back=False)
        done = sum(way.close(session, campaign.facts, lambda most: best_of(session, campaign.id, most), award_terms,
                             now) for way in WAYS.values())
        ask_for_looks(session, _unasked(session, campaign), now)
        if done:
            outbox.tell(session, campaign.id, "prizes", campaign.id, now)
    return done


def close_campaigns(session: Session, terms: PlayTerms, now: datetime) -> int:
    """Close every campaign that is over; one that cannot be closed is told in the log and keeps no other waiting."""
    over = select(Campaign).where(Campaign.state != CampaignState.DRAFT,
                                  or_(Campaign.state == CampaignState.ENDED, Campaign.closes_at <= now))
    return sum(_close_or_tell(session, campaign, terms, now) for campaign in session.scalars(over).all())


def _close_or_tell(session: Session, campaign: Campaign, terms: PlayTerms, now: datetime) -> int:
    try:
        return close_campaign(session, campaign, terms, now)
    except Exception:
        log.exception("campaign %s is over and could not be closed", campaign.slug)
        return 0


def _is_due(session: Session, campaign: Campaign, terms: PlayTerms, now: datetime) -> bool:
    """Whether a way has something to give or somebody is to be asked to look, and no round is awaited. Pages ask it at
    each visit.
    """
    award_terms = terms.award_terms(campaign, keep_back=False)
    is_due = any(way.is_due(session, campaign.facts, award_terms, now) for way in ways_in_use(session, campaign))
    return (is_due or bool(_unasked(session, campaign))) and not is_awaited(session, campaign, now)


def _unasked(session: Session, campaign: Campaign) -> list[Award]:
    """What is kept back in a slot and for which nobody has been asked to look."""
    asked = exists().where(Review.round_id == Award.round_id, Review.ruling.is_(None))
    return list(session.scalars(kept_back_in_slots(campaign.id).where(~asked)))


def is_awaited(session: Session, campaign: Campaign, now: datetime) -> bool:
    """Whether a round is still being opened or played, or waits for a person's look: high scores do. Nobody waits for
    ever.
    """
    if now < ended_at(session, campaign) + SETTLED_AFTER:
        return True
    still_open = Round.state == RoundState.OPEN
    still_held = and_(Round.verdict == Verdict.HELD, Round.closed_at > now - RULED_WITHIN)
    awaited = select(Round.id).where(Round.campaign_id == campaign.id, or_(still_open, still_held))
    return session.scalar(awaited.limit(1)) is not None
