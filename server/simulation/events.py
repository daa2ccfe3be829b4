"""What happens in a round, and the hash over all of it. Twin: static/game/sim/events.js."""

from typing import NamedTuple

from server.simulation.rng import MASK

BOSS = -1  # the boss's index among a wave's targets
EVENT_KINDS = (
    "can", "balloon", "duck", "star", "plant", "gift", "boss", "knock-out", "miss", "dodge", "respawn",
)  # fmt: skip
EVENT_BITS = {kind: code << 12 for code, kind in enumerate(EVENT_KINDS)}
FNV_BASIS, FNV_PRIME = 0x811C9DC5, 0x01000193


class Hit(NamedTuple):
    """A dart that landed. `points` is what the score moved by; x and y are Q8; the boss's index is BOSS.

    The hit that knocks the boss out is of kind "knock-out" and carries the boss's points and the bonus.
    """

    tick: int
    shot: int
    wave: int
    index: int  # type: ignore[assignment]  # nobody asks a hit for the place of a value in it
    kind: str
    points: int
    combo: int
    x: int
    y: int


def fold(events_hash: int, kind: str, tick: int, wave: int, index: int, points: int, combo: int) -> int:
    """The hash with one more event: FNV-1a's step over two 32-bit words.

    The first holds the tick (12 bits), kind, wave and index (4 each), the second points and combo (16 each).
    """
    what = tick | EVENT_BITS[kind] | wave << 16 | (index & 15) << 20
    gain = (points & 0xFFFF) | combo << 16
    return (((events_hash ^ what) * FNV_PRIME & MASK) ^ gain) * FNV_PRIME & MASK
