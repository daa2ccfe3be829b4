"""A round's outcome as its player reads it."""

from copy import deepcopy
from typing import Any

from sqlalchemy.orm import Session

from prizes.award import UNCLAIMED, Award, AwardState, Way, awards_of_round
from prizes.claim import claim_code
from prizes.keepsake import has_keepsake, ticket_of
from prizes.prize import Prize
from server.clock import rfc3339
from server.play.round import Round, Verdict
from server.play.terms import PlayTerms

TOLD = (AwardState.OPEN, AwardState.CLAIMED)  # one kept back is nobody's yet: only that there is one is told


def outcome_of(session: Session, round_: Round, standing: dict[str, int] | None, terms: PlayTerms,
               locale: str) -> dict[str, Any]:
    """The outcome of a closed round whose player stands there now, without claim codes: this form may be stored."""
    awards = awards_of_round(session, round_.id)
    ranked = round_.verdict == Verdict.ACCEPTED and standing is not None
    return {"verdict": round_.verdict, "score": round_.score, "shots": round_.shots, "hits": round_.hits,
            "best_combo": round_.best_combo, "awards": _told(session, awards, locale), "secret": round_.secret,
            "kept_back": sum(award.state == AwardState.KEPT_BACK for award in awards),
            "gifts": {"opened": round_.gifts or 0, "won": _won_in_gifts(awards)},
            "keepsake": {"round_id": round_.id} if has_keepsake(session, round_.id) else None,
            "replay_url": f"{terms.public_url}/r/{round_.id}",
            "standing": {"rank": standing["rank"], "players": standing["players"]} if ranked and standing else None}


def _won_in_gifts(awards: list[Award]) -> int:
    return sum(award.way == Way.INSTANT_WIN and award.state in {*TOLD, *UNCLAIMED} for award in awards)


def _told(session: Session, awards: list[Award], locale: str) -> list[dict[str, Any]]:
    return [{"id": award.id, "way": award.way, "claim_before": rfc3339(award.claim_before),
             "prize": {"id": award.prize_id, "name": session.get_one(Prize, award.prize_id).name(locale)}}
            for award in awards if award.state in TOLD]


def with_codes(answer: dict[str, Any], terms: PlayTerms) -> dict[str, Any]:
    """A stored answer with its codes put in: they follow from ids and a key, and are stored nowhere."""
    told = deepcopy(answer)
    outcome = told.get("outcome", {})
    for award in outcome.get("awards", ()):
        award["claim_code"] = claim_code(terms.claim_key, award["id"])
    if outcome.get("keepsake"):
        ticket = ticket_of(terms.claim_key, outcome["keepsake"]["round_id"])
        outcome["keepsake"] = {"ticket": ticket, "url": f"{terms.public_url}/claim/{ticket}"}
    return told
