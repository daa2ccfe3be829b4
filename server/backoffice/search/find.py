"""What a word finds: by id or its beginning, by a name or its beginning, in what the asker may see and nowhere else.

Rows that are many (awards, rounds, comments, players) are found by an index alone; the campaigns and prizes of one's
own brands are few.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.backoffice.access import Asker
from server.backoffice.rights import Right
from server.backoffice.search.by_id import find_awards, find_comments, find_rounds
from server.backoffice.search.by_name import Reach, find_aliases, find_campaigns, find_prizes
from server.backoffice.search.hit import Hit
from server.campaigns.campaign import Campaign

FEWEST = 2  # characters
MOST_ASKED = 100


def find_all(session: Session, asker: Asker, asked: str, locale: str, most: int) -> list[Hit]:
    """Up to `most` hits of each kind, kind by kind; none for less than two characters. Reads."""
    asked = " ".join(asked.replace("\x00", "").split())[:MOST_ASKED]
    if len(asked) < FEWEST:
        return []
    sees, moderates = asker.brands(Right.SEE), asker.brands(Right.MODERATE)
    campaigns, by_id = _campaigns(session, sees), asked.lower()
    ids = [campaign.id for campaign in campaigns]
    told = [campaign.id for campaign in campaigns if campaign.brand_id in moderates]
    return [*find_campaigns(campaigns, asked, locale, most), *find_prizes(session, campaigns, asked, locale, most),
            *find_awards(session, by_id, sees, locale, most), *find_rounds(session, by_id, sees, locale, most),
            *find_aliases(session, asked, Reach(ids, told), most),
            *find_comments(session, by_id, moderates, most)]


def _campaigns(session: Session, brands: Sequence[str]) -> Sequence[Campaign]:
    own = select(Campaign).where(Campaign.brand_id.in_(brands))
    return session.scalars(own.order_by(Campaign.opens_at.desc(), Campaign.id)).all()
