"""Making a poster or a pack, and revoking it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from prizes.db import new_id
from server.campaigns.campaign import Campaign
from server.campaigns.source import keep_source
from server.db import transaction
from server.play.posters.code import NUMBERS
from server.play.posters.poster import Poster, PosterKind, find_poster


@dataclass(frozen=True)
class Wish:
    """What staff ask for; the meaning of each is that of `Poster`."""

    name: str
    kind: PosterKind = PosterKind.POSTER
    codes: int = 0
    bonus: int = 0
    scene: str | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    per_day: int | None = None


def make_poster(session: Session, campaign: Campaign, wish: Wish, now: datetime) -> Poster:
    """A new poster or pack, which is a source of rounds now. Its codes follow from its number: none is stored."""
    with transaction(session):
        poster = Poster(id=new_id(), campaign_id=campaign.id, number=_free_number(session), created_at=now,
                        **vars(wish))
        session.add(poster)
        session.flush()
        keep_source(session, campaign, poster.came_from)
    return poster


def revoke_poster(session: Session, poster_id: str, now: datetime) -> bool:
    """Let its codes unlock nothing any more, for good; False when that was done before."""
    with transaction(session):
        still = (Poster.id == poster_id, Poster.revoked_at.is_(None))
        return session.scalar(update(Poster).where(*still).values(revoked_at=now).returning(Poster.id)) is not None


def _free_number(session: Session) -> int:
    """Drawn, so that a number tells nothing of how many there are."""
    while find_poster(session, number := secrets.randbelow(NUMBERS)) is not None:
        pass
    return number
