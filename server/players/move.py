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
from server.players.player import TOKEN, Player, find_player, hash_token

VALID_FOR = timedelta(minutes=10)
MOST_CODE, MOST_TOKEN = 160, 60  # characters
CODE = re.compile(r"[\w-]{1,80}\.([0-9a-f]{20})\.([0-9]{1,11})\.[0-9a-f]{32}", re.ASCII)


def make_move(player: Player, key: bytes, now: datetime) -> tuple[str, datetime]:
    """(code, the moment from which it no longer works): a whole second, ten minutes from now at most."""
    expires_at = (now + VALID_FOR).replace(microsecond=0)
    return _sign(player, int(expires_at.timestamp()), key), expires_at


def redeem_move(session: Session, code: str, key: bytes, now: datetime, proposed: str = "") -> tuple[Player, str]:
    """The player of a code with a new token; the old token is nobody's from here on.

    `proposed` is a token that the new device has made for itself: with it the same call again gets the same answer,
    so that an answer lost on the line loses nobody.

    Raises Problem move_not_found (not ours, used before, or the player is erased), move_expired or malformed.
    """
    known = CODE.fullmatch(code)
    if known is None:
        raise _not_found()
    if proposed and not TOKEN.fullmatch(proposed):
        raise Problem("malformed", "`token` must be 32 random bytes in base64url, 43 characters, or be left out.")
    holder = find_player(session, proposed)
    if holder is not None and holder.id == known[1]:
        return holder, proposed
    if holder is not None:
        raise Problem("malformed", "This `token` is in use; draw a new one.")
    player = session.scalar(select(Player).where(Player.id == known[1], Player.token_hash.is_not(None)))
    if player is None or not hmac.compare_digest(code, _sign(player, int(known[2]), key)):
        raise _not_found()
    if now >= datetime.fromtimestamp(int(known[2]), UTC):
        raise Problem("move_expired", f"This code ended after {VALID_FOR.seconds // 60} minutes; show a new one.")
    return player, _move(session, player, proposed or secrets.token_urlsafe(32))


def _move(session: Session, player: Player, token: str) -> str:
    """The player's token from now on; raises Problem move_not_found when another device was faster."""
    with transaction(session):
        replaced = _replace_token(session, player, token)
    now_theirs = replaced or find_player(session, token)  # the same call, sent twice at once
    if not now_theirs:
        raise _not_found()
    return token


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
