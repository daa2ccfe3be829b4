"""The campaigns of some brands."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from server.campaigns.campaign import Campaign


def campaigns_of(session: Session, brand_ids: Sequence[str]) -> list[Campaign]:
    """Every campaign of these brands, drafts too, the newest window first; long JSON comes only when it is read."""
    own = select(Campaign).where(Campaign.brand_id.in_(brand_ids)).options(defer(Campaign.theme), defer(Campaign.rules))
    return list(session.scalars(own.order_by(Campaign.opens_at.desc(), Campaign.id)))
