"""A round's secret, the commitment to it, and the seeds that come out of it (API.md, "The round's clock")."""

import hashlib
import hmac

from server.simulation.rng import Seed, parse_seed
from server.simulation.rules import WAVES

SEED_BYTES = 16


def round_secret(key: bytes, round_id: str) -> bytes:
    """32 bytes that nobody can know before the round's end: HMAC-SHA256(key, round id)."""
    return hmac.digest(key, round_id.encode(), hashlib.sha256)


def commitment(secret: bytes) -> str:
    """What is published at the start: SHA-256 of the secret, 64 hex digits."""
    return hashlib.sha256(secret).hexdigest()


def seed_hex(secret: bytes, wave: int) -> str:
    """Wave's seed as the wire shows it: 32 hex digits of HMAC-SHA256(secret, wave in decimal)."""
    return hmac.digest(secret, str(wave).encode(), hashlib.sha256)[:SEED_BYTES].hex()


def seeds_of(secret: bytes, waves: int = WAVES) -> list[Seed]:
    """The first `waves` seeds, as the simulation takes them."""
    return [parse_seed(seed_hex(secret, wave)) for wave in range(1, waves + 1)]
