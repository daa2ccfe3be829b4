"""Pausing, resuming and ending a campaign: what staff decide while it is public, and why."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, CampaignState, CampaignTurn, Turn
from server.db import transaction

# From which states to which: an end is for good, a draft is published elsewhere.
TURNS = {
    Turn.PAUSE: ((CampaignState.PUBLISHED,), CampaignState.PAUSED),
    Turn.RESUME: ((CampaignState.PAUSED,), CampaignState.PUBLISHED),
    Turn.END: ((CampaignState.PUBLISHED, CampaignState.PAUSED), CampaignState.ENDED),
}


def turn_campaign(session: Session, slug: str, turn: Turn, reason: str, by: str, now: datetime) -> bool:
    """Change a campaign's state in one statement; False when it is not in a state that can turn so."""
    before, after = TURNS[turn]
    turned = update(Campaign).where(Campaign.slug == slug, Campaign.state.in_(before)).values(state=after)
    try:
        with transaction(session):
            campaign_id = session.scalars(turned.returning(Campaign.id)).one()
            session.add(CampaignTurn(campaign_id=campaign_id, turn=turn, reason=reason, by=by, at=now))
    except NoResultFound:  # what was to be written beside the turn is not written either
        return False
    return True
