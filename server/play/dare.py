"""A dare: somebody's public round that a link asks to beat (`?beat=` with its id)."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, Phase
from server.play.round import Round, Verdict
from server.players.player import Player

ROUND_ID = re.compile(r"[0-9a-f]{20}")


@dataclass(frozen=True)
class Dare:
    """Whose score is to be beaten. All of it is the server's: a link brings the id alone."""

    round_id: str
    alias: str
    score: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def find_dare(session: Session, campaign: Campaign, round_id: str, now: datetime) -> Dare | None:
    """The dare of an accepted round with points in this campaign, while it is open and its player is known.

    None for all else, a text that is no id among it: the page is then as without one.
    """
    if not ROUND_ID.fullmatch(round_id) or campaign.phase(now) != Phase.OPEN:
        return None
    found = session.execute(
        select(Player.alias, Round.score).join(Round, Round.player_id == Player.id)
        .where(Round.id == round_id, Round.campaign_id == campaign.id, Round.verdict == Verdict.ACCEPTED,
               Round.score > 0)).one_or_none()
    return Dare(round_id, found.alias, found.score) if found and found.alias else None
