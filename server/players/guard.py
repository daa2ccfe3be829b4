"""How much one caller may ask for: per token first, then per address, with proof of work instead of a wall."""

from datetime import datetime

from flask import current_app, request
from sqlalchemy.orm import Session

from server.errors import Problem
from server.limits.current import current_limiter
from server.limits.proof import new_challenge, spend
from server.limits.rates import SITE_PREFIX, Limiter, Rule, Wait, address_key, network_key
from server.players.current import find_current_player_id

PROOF_HEADER = "Altcha"


def call_wait() -> Wait | None:
    """Count this call for its player, or for its address when it has none; None when it may go on."""
    player_id = find_current_player_id()
    if player_id is not None:
        return current_limiter().allows(Rule.TOKEN_CALLS, player_id)
    return count_stranger(current_limiter(), current_app.extensions["popshot_keys"].address, request.remote_addr or "")


def count_stranger(limiter: Limiter, key: bytes, address: str) -> Wait | None:
    """Count a call without a player for its address; None when it may go on. `key` is that of the addresses."""
    return limiter.allows(Rule.ADDRESS_CALLS, address_key(key, address))


def slow_down(wait: Wait) -> Problem:
    """The refusal for a caller who asks too often."""
    return Problem("slow_down", f"Too many calls; try again in {wait.seconds} s.", retry_after=wait.seconds)


def require_calm(rule: Rule, key: str) -> None:
    """Count one of a kind for a key; raises Problem slow_down when it is one too many."""
    wait = current_limiter().allows(rule, key)
    if wait is not None:
        raise slow_down(wait)


def limit_call() -> None:
    """Raises Problem slow_down when this call is one too many."""
    wait = call_wait()
    if wait is not None:
        raise slow_down(wait)


def meet_joining_limit(session: Session, now: datetime) -> None:
    """Raises Problem proof_required when an address makes more new players than a school would."""
    _meet(session, Rule.ADDRESS_PLAYERS, now)


def meet_playing_limit(session: Session, now: datetime) -> None:
    """Raises Problem proof_required when more rounds go on from an address than in a school."""
    _meet(session, Rule.ADDRESS_PLAYING, now)


def meet_wrong_code(session: Session, now: datetime) -> None:
    """Count a wrong claim code; raises Problem proof_required once an address has tried many. A right code never
    comes here: schools share addresses, and nobody is locked out.
    """
    _meet(session, Rule.WRONG_CODES, now, "Many wrong codes came from your address; solve the challenge and try again "
          "with the answer in the header Altcha.")


def meet_reporting_limit(session: Session, now: datetime) -> None:
    """Raises Problem proof_required for a second report within the hour, of this player or from this network."""
    player_id = find_current_player_id()
    own = [reporting_network(), *([player_id] if player_id else [])]
    waits = [current_limiter().allows(Rule.FREE_REPORTS, key) for key in own]  # each is counted
    if any(waits):
        _require_proof(session, now, "You or somebody near you has just reported a comment; solve the challenge and "
                       "send this one again with the answer in the header Altcha.")


CROWDED = ("Many people play from your address; solve the challenge and send the call again with the answer in the "
           "header Altcha.")


def _meet(session: Session, rule: Rule, now: datetime, why: str = CROWDED) -> None:
    if current_limiter().allows(rule, caller_address()) is not None:
        _require_proof(session, now, why)


def _require_proof(session: Session, now: datetime, why: str) -> None:
    key = current_app.extensions["popshot_keys"].proof
    if not spend(session, key, request.headers.get(PROOF_HEADER, ""), now):
        raise Problem("proof_required", why, challenge=new_challenge(key, now))


def caller_address() -> str:
    """A keyed hash of the caller's address, the only form in which an address is ever kept."""
    return address_key(current_app.extensions["popshot_keys"].address, request.remote_addr or "")


def caller_network() -> str:
    """A keyed hash of the wider network that the caller is in: what win limits count by."""
    return network_key(current_app.extensions["popshot_keys"].address, request.remote_addr or "")


def reporting_network() -> str:
    """The same of the widest network, under a key of its own: whom a report came from is tied to nothing else that is
    kept.
    """
    return network_key(current_app.extensions["popshot_keys"].report, request.remote_addr or "", SITE_PREFIX)
