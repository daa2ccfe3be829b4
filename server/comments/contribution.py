"""The contribution log that the law asks of a host: who wrote what from where, sealed, for a year.

Sealing is X25519 with a key of its own for each row, HKDF-SHA256 and ChaCha20-Poly1305 (RFC 7748, 5869, 8439), to the
legal role's public key. What a serving process holds opens nothing, its own rows of a moment ago neither.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id
from server.clock import rfc3339

KEPT_FOR = timedelta(days=365)
KEY_BYTES = 32
ONCE = bytes(12)  # the nonce: each key seals one row


class SealedForAnother(Exception):
    """This private key does not open the row."""


class Contribution(Base):
    """`sealed` can be opened by the legal role alone; `at` says when to purge it. `id` is the comment's with the number
    of the revision.
    """

    __tablename__ = "contribution"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, repr=False)  # an address in a log line would be a leak
class Sender:
    """From where a text comes, and the public key to which that is sealed. `port` is None behind a proxy, which does
    not tell it.
    """

    address: str
    port: int | None
    legal_key: bytes


def contribution(sender: Sender, comment_id: str, revision: int, player_id: str, now: datetime) -> dict[str, Any]:
    """The row to insert for a text that was written now."""
    row_id = f"{comment_id}.{revision}"
    told = {"comment_id": comment_id, "revision": revision, "player_id": player_id, "address": sender.address,
            "port": sender.port, "at": rfc3339(now)}
    return {"id": row_id, "sealed": seal(sender.legal_key, row_id.encode(), orjson.dumps(told)), "at": now}


def seal(public: bytes, name: bytes, plain: bytes) -> bytes:
    """32 bytes of a public key made for this alone, then the ciphertext; `name` must be told again to open it."""
    own = X25519PrivateKey.generate()
    head = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    return head + ChaCha20Poly1305(_key(shared, head, public)).encrypt(ONCE, plain, name)


def unseal(private: bytes, name: bytes, sealed: bytes) -> bytes:
    """What was sealed to the public half of a private key; raises SealedForAnother."""
    legal = X25519PrivateKey.from_private_bytes(private)
    head, body = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    key = _key(legal.exchange(X25519PublicKey.from_public_bytes(head)), head, legal.public_key().public_bytes_raw())
    try:
        return ChaCha20Poly1305(key).decrypt(ONCE, body, name)
    except InvalidTag:
        raise SealedForAnother(f"{name.decode()} was sealed to another key, or was altered") from None


def open_contributions(session: Session, comment_id: str, private: bytes) -> Iterator[dict[str, Any]]:
    """Who wrote each revision of a comment from where, the first one first; raises SealedForAnother."""
    rows = select(Contribution).where(Contribution.id.startswith(f"{comment_id}.", autoescape=True))
    for row in session.scalars(rows.order_by(Contribution.at, Contribution.id)):
        told: dict[str, Any] = orjson.loads(unseal(private, row.id.encode(), row.sealed))
        yield told


def purge_contributions(session: Session, now: datetime) -> None:
    """Forget what is a year old, inside the caller's transaction."""
    session.execute(delete(Contribution).where(Contribution.at < now - KEPT_FOR))


def _key(shared: bytes, head: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"popshot:contribution" + head + public).derive(shared)
