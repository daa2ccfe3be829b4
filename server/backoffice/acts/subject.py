"""What an act may be about, and whose that is."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from prizes.award import Award
from prizes.prize import Prize
from server.campaigns.campaign import Campaign
from server.comments.comment import Comment
from server.play.round import Round

OF_A_CAMPAIGN: dict[str, Any] = {"prize": Prize, "award": Award, "round": Round, "comment": Comment}


def campaign_of(session: Session, kind: str, subject_id: str) -> tuple[str | None, str | None]:
    """The ids of the campaign and the brand to which a subject belongs; None for what belongs to none."""
    table = OF_A_CAMPAIGN.get(kind)
    if kind == "campaign":
        is_it = or_(Campaign.id == subject_id, Campaign.slug == subject_id)
    elif table is not None:
        is_it = Campaign.id == select(table.campaign_id).where(table.id == subject_id).scalar_subquery()
    else:
        return None, None
    found = session.execute(select(Campaign.id, Campaign.brand_id).where(is_it)).first()
    return (found.id, found.brand_id) if found else (None, None)
