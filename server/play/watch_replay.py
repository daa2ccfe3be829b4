"""A round's replay: everything anyone needs to play it again and find the same score."""

import hashlib
import hmac
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.errors import Problem
from server.play.round import Round, Verdict, log_of, submissions_of
from server.players.player import Player

LOOK_BYTES = 15  # 120 bits, 30 hex digits


def look_key(key: bytes, round_id: str) -> str:
    """What lets a reviewer, who has no account yet, watch one round: part of the link that `popshot` prints."""
    return hmac.digest(key, round_id.encode(), hashlib.sha256)[:LOOK_BYTES].hex()


def watch_replay(session: Session, round_id: str, viewer: Player | None, *, may_look: bool = False) -> dict[str, Any]:
    """The replay of an accepted round for anyone, of a held one for its own player, of any closed one for a reviewer.

    Raises Problem round_not_found for every other round.
    """
    found = session.execute(select(Round, Player.alias).join(Player, Player.id == Round.player_id)
                            .where(Round.id == round_id)).one_or_none()
    if found is None or not (_may_watch(found[0], viewer) or (may_look and found[0].secret)):
        raise Problem("round_not_found", "There is no replay to watch here.")
    round_, alias = found
    log = log_of(submissions_of(session, round_id))
    return {"rules": round_.read_rules().as_json(), "secret": round_.secret, "voids": list(log.voids),
            "shots": [list(shot) for shot in log.shots], "score": round_.score, "hits": round_.hits, "alias": alias}


def _may_watch(round_: Round, viewer: Player | None) -> bool:
    own = viewer is not None and viewer.id == round_.player_id
    return round_.verdict == Verdict.ACCEPTED or (own and round_.verdict == Verdict.HELD)
