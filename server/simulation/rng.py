"""xoshiro128++ (Blackman and Vigna, 2019): only add, xor, rotate and shift, so that both languages agree.

Twin: static/game/sim/rng.js.
"""

Seed = tuple[int, int, int, int]

MASK = 0xFFFFFFFF


def parse_seed(digits: str) -> Seed:
    """A wave's seed from 32 hex digits, read as four big-endian 32-bit words. ValueError: anything else."""
    if len(digits) != 32:
        raise ValueError(f"a seed is 32 hex digits, not {len(digits)}")
    words = bytes.fromhex(digits)
    if len(words) != 16:
        raise ValueError("a seed is 32 hex digits without spaces")
    a, b, c, d = (int.from_bytes(words[at : at + 4], "big") for at in (0, 4, 8, 12))
    return a, b, c, d


class Rng:
    """A stream of draws from one seed."""

    __slots__ = ("a", "b", "c", "d")

    def __init__(self, seed: Seed) -> None:
        self.a, self.b, self.c, self.d = seed

    def word(self) -> int:
        """The next draw, 32 bits."""
        a, b, c, d = self.a, self.b, self.c, self.d
        total = (a + d) & MASK
        c ^= a
        d ^= b
        self.a, self.b, self.c, self.d = a ^ d, b ^ c, c ^ (b << 9 & MASK), (d << 11 | d >> 21) & MASK
        return ((total << 7 | total >> 25) + a) & MASK

    def below(self, n: int) -> int:
        """The next draw, 0 <= draw < n, for 1 <= n <= 65,535 (so that the product stays below 2^32)."""
        return (self.word() >> 16) * n >> 16
