"""Moving to another device: a signed code that works once, because it names the token that it replaces.

Nothing is stored. A code is `alias.player id.expiry.signature`; the signature (128 bits of HMAC-SHA256) also covers
the hash of the token of now, so the code dies with the token: by the move itself, or when the player is erased.
"""

import hashlib
import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.db import transaction
from server.errors import Problem
from server.players.player import Player, hash_token

VALID_FOR = timedelta(minutes=10)
MOST_CODE = 160  # characters
CODE = re.compile(r"[\w-]{1,80}\.([0-9a-f]{20})\.([0-9]{1,11})\.[0-9a-f]{32}", re.ASCII)


def make_move(player: Player, key: bytes, now: datetime) -> tuple[str, datetime]:
    """(code, the moment from which it no longer works): a whole second, ten minutes from now at most."""
    expires_at = (now + VALID_FOR).replace(microsecond=0)
    return _sign(player, int(expires_at.timestamp()), key), expires_at


def redeem_move(session: Session, code: str, key: bytes, now: datetime) -> tuple[Player, str]:
    """The player of a code with a new token; the old token is nobody's from here on.

    Raises Problem move_not_found (not ours, used before, or the player is erased) or move_expired.
    """
    known = CODE.fullmatch(code)
    if known is None:
        raise _not_found()
    player = session.scalar(select(Player).where(Player.id == known[1], Player.token_hash.is_not(None)))
    if player is None or not hmac.compare_digest(code, _sign(player, int(known[2]), key)):
        raise _not_found()
    if now >= datetime.fromtimestamp(int(known[2]), UTC):
        raise Problem("move_expired", f"This code ended after {VALID_FOR.seconds // 60} minutes; show a new one.")
    token = secrets.token_urlsafe(32)
    with transaction(session):
        if not _replace_token(session, player, token):
            raise _not_found()
    return player, token


def _replace_token(session: Session, player: Player, token: str) -> bool:
    """One statement: of two devices with the same code, the second finds the token replaced."""
    still_theirs = (Player.id == player.id, Player.token_hash == player.token_hash)
    replaced = update(Player).where(*still_theirs).values(token_hash=hash_token(token))
    return session.scalar(replaced.returning(Player.id)) is not None


def _not_found() -> Problem:
    return Problem("move_not_found", "This code is not known here, or it was used before; show a new one.")


def _sign(player: Player, expiry: int, key: bytes) -> str:
    """The whole code; the alias is in it so that the other device can ask before anything is done."""
    said = f"{(player.alias or '').replace(' ', '-')}.{player.id}.{expiry}"
    mark = hmac.digest(key, f"{said}.{player.token_hash}".encode(), hashlib.sha256)[:16].hex()
    return f"{said}.{mark}"
