"""A round's replay: everything anyone needs to play it again and find the same score."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign
from server.clock import rfc3339
from server.errors import Problem
from server.play.round import Round, Verdict, log_of, submissions_of
from server.players.player import Player

LOOK_BYTES = 15  # 120 bits, 30 hex digits


@dataclass(frozen=True)
class Watchable:
    """A round with whose it is and where it was played; `alias` is None once its player is erased."""

    round: Round
    alias: str | None
    campaign: Campaign

    @property
    def is_public(self) -> bool:
        return self.round.verdict == Verdict.ACCEPTED

    @property
    def is_kept_private(self) -> bool:
        """Whether its own player may watch it and nobody else, until a person has ruled on it."""
        return self.round.verdict == Verdict.HELD


def look_key(key: bytes, round_id: str) -> str:
    """What lets a reviewer, who has no account yet, watch one round: part of the link that `popshot` prints."""
    return hmac.digest(key, round_id.encode(), hashlib.sha256)[:LOOK_BYTES].hex()


def is_look_key(key: bytes, round_id: str, shown: str) -> bool:
    """Whether a reviewer's link carries the right key for this round."""
    return hmac.compare_digest(shown.encode(), look_key(key, round_id).encode())


def find_watchable(session: Session, round_id: str, *, may_look: bool = False) -> Watchable | None:
    """A round that somebody may watch: one that was not rejected, for a reviewer any closed one."""
    found = session.execute(select(Round, Player.alias, Campaign).join(Player, Player.id == Round.player_id)
                            .join(Campaign, Campaign.id == Round.campaign_id).where(Round.id == round_id)).one_or_none()
    if found is None:
        return None
    watchable = Watchable(*found)
    is_shown = watchable.is_public or watchable.is_kept_private or (may_look and watchable.round.secret)
    return watchable if is_shown else None


def find_public(session: Session, round_id: str) -> Watchable:
    """A round that anyone may watch. Raises Problem round_not_found for every other one."""
    found = find_watchable(session, round_id)
    if found is None or not found.is_public:
        raise _no_replay()
    return found


def watch_replay(session: Session, round_id: str, viewer: Player | None, *, may_look: bool = False) -> dict[str, Any]:
    """The replay of an accepted round for anyone, of a held one for its own player, of any closed one for a reviewer.

    Raises Problem round_not_found for every other round.
    """
    found = find_watchable(session, round_id, may_look=may_look)
    if found is None or not (found.is_public or may_look or _owns(found.round, viewer)):
        raise _no_replay()
    round_, log = found.round, log_of(submissions_of(session, round_id))
    return {"rules": round_.read_rules().as_json(), "secret": round_.secret, "voids": list(log.voids),
            "shots": [list(shot) for shot in log.shots], "score": round_.score, "hits": round_.hits,
            "alias": found.alias, "campaign": found.campaign.slug, "played_at": rfc3339(round_.opened_at)}


def _no_replay() -> Problem:
    return Problem("round_not_found", "There is no replay to watch here.")


def _owns(round_: Round, viewer: Player | None) -> bool:
    return viewer is not None and viewer.id == round_.player_id
