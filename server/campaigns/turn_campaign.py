"""Pausing, resuming and ending a campaign: what staff decide while it is public."""

from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, CampaignState
from server.db import transaction


class Turn(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


# From which states to which: an end is for good, a draft is published elsewhere.
TURNS = {
    Turn.PAUSE: ((CampaignState.PUBLISHED,), CampaignState.PAUSED),
    Turn.RESUME: ((CampaignState.PAUSED,), CampaignState.PUBLISHED),
    Turn.END: ((CampaignState.PUBLISHED, CampaignState.PAUSED), CampaignState.ENDED),
}


def turn_campaign(session: Session, slug: str, turn: Turn) -> bool:
    """Change a campaign's state in one statement; False when it is not in a state that can turn so."""
    before, after = TURNS[turn]
    turned = update(Campaign).where(Campaign.slug == slug, Campaign.state.in_(before)).values(state=after)
    with transaction(session):
        return session.scalar(turned.returning(Campaign.id)) is not None
