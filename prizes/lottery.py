"""The order of a draw: a shuffle that anyone can recompute from the seed and the number of entries.

seed = SHA-256(root || value): the root of the frozen entries, then the witness's text in UTF-8, or the 32 secret bytes
whose SHA-256 was published before opening. The n-th random number (n = 0, 1, 2, …) is the first 8 bytes, big-endian, of
HMAC-SHA256(seed, n as 8 bytes big-endian). Place i (from 0) is given to entry j of those not drawn yet, j uniform in
[i, count): numbers at or above the greatest multiple of (count - i) below 2^64 are passed over, so that no entry is
likelier than another. That is the Fisher-Yates shuffle (Knuth, TAOCP 3.4.2, algorithm P, from the front).
"""

import hashlib
import hmac
from collections.abc import Iterator

SPAN = 1 << 64


def seed_of(root: bytes, value: bytes) -> bytes:
    return hashlib.sha256(root + value).digest()


def drawn_order(seed: bytes, count: int) -> Iterator[int]:
    """The numbers of the entries, from 0, in the order in which they are drawn; worked out as they are asked for."""
    numbers = _numbers(seed)
    moved: dict[int, int] = {}  # what stands where in the shuffled list, where that is not itself
    for place in range(count):
        chosen = place + _below(count - place, numbers)
        drawn = moved.pop(chosen, chosen)
        if chosen != place:
            moved[chosen] = moved.pop(place, place)
        yield drawn


def _numbers(seed: bytes) -> Iterator[int]:
    counter = 0
    while True:
        yield int.from_bytes(hmac.digest(seed, counter.to_bytes(8), hashlib.sha256)[:8])
        counter += 1


def _below(bound: int, numbers: Iterator[int]) -> int:
    """A uniform number in [0, bound)."""
    limit = SPAN - SPAN % bound
    return next(number for number in numbers if number < limit) % bound
