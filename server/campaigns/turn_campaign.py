"""Pausing, resuming and ending a campaign: what staff decide while it is public, and why."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.db import Base, new_id
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


class CampaignTurn(Base):
    """That a campaign was turned. `reason` and `by` are short stable words, never typed text."""

    __tablename__ = "campaign_turn"
    __table_args__ = ({"info": APPEND_ONLY},)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), index=True)
    turn: Mapped[Turn]
    reason: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


def turn_campaign(session: Session, slug: str, turn: Turn, reason: str, by: str, now: datetime) -> bool:
    """Change a campaign's state in one statement; False when it is not in a state that can turn so."""
    before, after = TURNS[turn]
    turned = update(Campaign).where(Campaign.slug == slug, Campaign.state.in_(before)).values(state=after)
    with transaction(session):
        campaign_id = session.scalar(turned.returning(Campaign.id))
        if campaign_id is not None:
            session.add(CampaignTurn(campaign_id=campaign_id, turn=turn, reason=reason, by=by, at=now))
    return campaign_id is not None
