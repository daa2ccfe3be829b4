"""Putting a campaign away from staff's list, and back: nothing else of it changes."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, CampaignState
from server.db import transaction


def archive_campaign(session: Session, slug: str, now: datetime) -> bool:
    """Put away a draft or a campaign that is over; False for one that is public, which staff must not lose sight of."""
    is_over = (Campaign.state == CampaignState.DRAFT) | (Campaign.state == CampaignState.ENDED) | (
        Campaign.closes_at <= now)
    away = update(Campaign).where(Campaign.slug == slug, is_over).values(archived_at=now)
    try:
        with transaction(session):
            session.scalars(away.returning(Campaign.id)).one()
    except NoResultFound:  # what was to be written beside it is not written either
        return False
    return True


def unarchive_campaign(session: Session, slug: str) -> None:
    """Take it out again."""
    with transaction(session):
        campaign = session.scalar(select(Campaign).where(Campaign.slug == slug))
        if campaign is not None:
            campaign.archived_at = None
