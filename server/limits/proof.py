"""Proof of work (ALTCHA version 2): about a second of a phone's time, asked for instead of a refusal.

PBKDF2/SHA-256 with 5,000 iterations a try, and a key that must begin with a zero byte: 256 tries on
average. The figures behind the choice are in docs/decisions/0007-limits-and-proof.md.
"""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
import orjson
from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into
from server.db import transaction

ALGORITHM = "PBKDF2/SHA-256"
COST = 5_000
KEY_PREFIX = "00"
LIFETIME = timedelta(minutes=10)
MOST_HEADER = 2_048  # characters; an honest answer has about 700
EXPIRY = "expires"  # unix seconds in the signed `data`: judged by the app's clock, the library would ask another


class ProofSpent(Base):
    """A challenge that was answered. The key is the referee: the library alone accepts an answer twice."""

    __tablename__ = "proof_spent"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


def new_challenge(key: bytes, now: datetime) -> dict[str, Any]:
    """A signed challenge as the wire carries it: {"parameters", "signature"}."""
    expires = int((now + LIFETIME).timestamp())
    challenge = altcha.create_challenge(ALGORITHM, COST, key_prefix=KEY_PREFIX, data={EXPIRY: expires},
                                        hmac_secret=key)
    wire: dict[str, Any] = challenge.to_dict()
    return wire


def spend(session: Session, key: bytes, header: str, now: datetime) -> bool:
    """Accept the answer in a header `Altcha` once, in a transaction of its own; False for anything else.

    The slow check comes before the transaction, so nobody waits at the gate for it.
    """
    answer = _parse(header)
    if answer is None or not altcha.verify_solution(answer, key).verified:
        return False
    signed = answer.challenge.parameters  # ours from here on: what we signed has the shape we gave it
    expires_at = datetime.fromtimestamp((signed.data or {}).get(EXPIRY, 0), UTC)
    if now >= expires_at:
        return False
    with transaction(session):
        return _spend_once(session, signed.nonce, expires_at)


def forget_expired(session: Session, now: datetime) -> int:
    """Forget the spent challenges that have expired, inside the caller's transaction; how many there were."""
    gone = delete(ProofSpent).where(ProofSpent.expires_at <= now).returning(ProofSpent.id)
    return len(session.scalars(gone).all())


def _parse(header: str) -> altcha.Payload | None:
    """The answer in a header's base64 of JSON; None for whatever else a client may send there."""
    if len(header) > MOST_HEADER:
        return None
    try:
        return altcha.Payload.from_dict(orjson.loads(base64.b64decode(header, validate=True)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _spend_once(session: Session, challenge_id: str, expires_at: datetime) -> bool:
    spent = insert_into(session, ProofSpent).values(id=challenge_id, expires_at=expires_at)
    return session.scalar(spent.on_conflict_do_nothing().returning(ProofSpent.id)) is not None
