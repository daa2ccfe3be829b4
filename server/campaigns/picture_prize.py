"""The picture of a prize: what players see beside its name, the same in every language. Sealed with its campaign."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.prize import Prize
from server.campaigns.campaign import Campaign, find_locked
from server.campaigns.picture import keep_picture
from server.campaigns.redraw import Redrawn
from server.db import transaction


def find_prize(session: Session, campaign_id: str, prize_id: str) -> Prize | None:
    """A campaign's prize."""
    return session.scalar(select(Prize).where(Prize.id == prize_id, Prize.campaign_id == campaign_id))


def picture_prize(session: Session, campaign: Campaign, prize_id: str, redrawn: Redrawn | None, now: datetime) -> bool:
    """Keep a picture and give it to a prize, or let the prize go without (None). False when the prize is gone, or its
    campaign published: what was promised stays as it was seen.
    """
    with transaction(session):
        locked = find_locked(session, campaign.slug)
        prize = find_prize(session, campaign.id, prize_id)
        if locked is None or locked.sealed_at is not None or prize is None:
            return False
        prize.pictures = {campaign.locales[0]: keep_picture(session, redrawn, now)} if redrawn else {}
    return True
