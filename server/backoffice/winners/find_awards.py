"""What somebody typed to find an award: its id, its round's, its claim code, an alias, a name from a claim."""

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from prizes.award import Award
from prizes.claim import ClaimContact
from prizes.codes import SYMBOLS, code_hash, normal_code
from server.players.player import Player

MOST_FOUND = 500  # ours: whoever means more than these asks more exactly
MOST_READ = 5_000
MOST_ALIKE = 200  # players with an alias that begins so
MOST_ASKED = 254  # the longest e-mail address
LEAST_OF_A_NAME = 2
ID = re.compile(r"[0-9a-f]{20}")
LAST = "\U0010ffff"  # no character comes after it


def find_awards(session: Session, asked: str, campaign_ids: Sequence[str], served: Sequence[str]) -> tuple[str, ...]:
    """The ids of the awards of these campaigns that a text finds, at most `MOST_FOUND`.

    Names and addresses of claims are looked through in the campaigns of `served` only.
    """
    asked = " ".join(asked.split())
    exactly = _exactly(asked)
    if exactly is not None:
        return _of_campaigns(session, exactly, campaign_ids)
    found = _of_campaigns(session, Award.player_id.in_(_players_called(session, asked)), campaign_ids)
    if served and len(asked) >= LEAST_OF_A_NAME:
        found += tuple(session.scalars(_claimed_by(asked, served)))
    return tuple(sorted(set(found))[:MOST_FOUND])


def _exactly(asked: str) -> ColumnElement[bool] | None:
    """What an id or a whole claim code stands for."""
    if ID.fullmatch(asked.lower()):
        return or_(Award.id == asked.lower(), Award.round_id == asked.lower())
    return Award.code_hash == code_hash(asked) if len(normal_code(asked)) == SYMBOLS else None


def _of_campaigns(session: Session, found_by: ColumnElement[bool], campaign_ids: Sequence[str]) -> tuple[str, ...]:
    """Few are found, so their campaigns are looked at here: SQLite would begin with all awards of a campaign."""
    found = session.execute(select(Award.id, Award.campaign_id).where(found_by).limit(MOST_READ))
    own = set(campaign_ids)
    return tuple(award_id for award_id, campaign_id in found if campaign_id in own)


def _players_called(session: Session, asked: str) -> Sequence[str]:
    """Players whose alias begins so: an alias is written with capitals, and nobody types them."""
    first = asked.title()
    is_postgres = session.get_bind().dialect.name == "postgresql"
    least, most = ("~>=~", "~<~") if is_postgres else (">=", "<")  # byte by byte, as the index is sorted
    begins = (Player.alias.bool_op(least)(first), Player.alias.bool_op(most)(first + LAST))
    return session.scalars(select(Player.id).where(*begins).limit(MOST_ALIKE)).all() if first else ()


def _claimed_by(asked: str, served: Sequence[str]) -> Select[str]:
    said = or_(ClaimContact.name.icontains(asked, autoescape=True), ClaimContact.email == asked.lower())
    found = select(ClaimContact.award_id).outerjoin(Award, Award.id == ClaimContact.award_id).where(said)
    own = func.coalesce(Award.campaign_id, "").in_(served)  # SQLite: the names are read first, not all awards
    return found.where(own).limit(MOST_FOUND)
