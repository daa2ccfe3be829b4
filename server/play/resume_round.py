"""Coming back to a round: everything its player may know by now, as of now."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.clock import milliseconds, rfc3339
from server.play.close_round import close_if_overdue
from server.play.open_round import round_as_json
from server.play.outcome import outcome_of, with_codes
from server.play.round import Round, RoundState, get_round, submissions_of
from server.play.secret import round_secret, seed_hex
from server.play.standings import find_standing
from server.play.terms import PlayTerms
from server.players.player import Player


def resume_round(session: Session, player: Player, round_id: str, terms: PlayTerms, locale: str,
                 now: datetime) -> dict[str, Any]:
    """The present of a player's own round: open with its awaited wave, or closed with its outcome.

    Raises Problem round_not_found.
    """
    round_ = get_round(session, round_id, player.id)
    if close_if_overdue(session, round_, terms, now):
        round_ = get_round(session, round_id, player.id)
    secret = round_secret(terms.round_key, round_.id)
    submissions = submissions_of(session, round_id)
    present = {"state": round_.state, "server_time": rfc3339(now), "round": round_as_json(round_, secret),
               "rules": round_.read_rules().as_json(), "submitted": round_.submitted,
               "stretch_ms": round_.stretch_ms,
               "waves": [{"number": wave, "seed": seed_hex(secret, wave)} for wave in range(1, round_.revealed + 1)],
               "shots": [shot for submission in submissions for shot in submission.shots],
               "voids": [submission.wave for submission in submissions if submission.is_void]}
    if round_.state == RoundState.OPEN:
        return {**present, "wave": _awaited(round_, secret, now)}
    standing = find_standing(session, round_.campaign_id, round_.player_id)
    return {**present, **with_codes({"outcome": outcome_of(session, round_, standing, terms, locale)}, terms)}


def _awaited(round_: Round, secret: bytes, now: datetime) -> dict[str, Any]:
    return {"number": round_.wave, "seed": seed_hex(secret, round_.wave),
            "starts_in_ms": milliseconds(round_.wave_starts_at - now)}
