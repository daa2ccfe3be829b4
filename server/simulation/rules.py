"""The numbers of the game, and what a campaign may choose of them.

Ticks are 1/60 s. Lengths are pixels of the world (720 x 1280) unless they are said to be Q8 (1/256 pixel).
Wave numbers are 1-based. Twin: static/game/sim/rules.js.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TICK_RATE = 60
WAVES = 9
WAVE_TICKS = 300
TICKS = WAVES * WAVE_TICKS
REVEAL_LEAD_TICKS = 36
TARGET_OVERHANG_TICKS = 60  # a target ends at most this long after its wave
LAST_TICK = TICKS + TARGET_OVERHANG_TICKS  # everything is settled here

WIDTH, HEIGHT = 720, 1280
Q = 8  # bits after the point of a position

COOLDOWN_TICKS = 12
MAGAZINE = 8
RELOAD_TICKS = 45  # from the last dart of a magazine to the first of the next

NEAR, MID, FAR = 0, 1, 2
FLIGHT_TICKS = (14, 20, 26)
PLANE_SHRINK = 6  # a target's radius loses this much a plane

POINTS = {"can": 50, "balloon": 100, "duck": 150, "star": 500, "plant": -200, "gift": 0, "boss": 120}
RADIUS = {"can": 78, "balloon": 72, "duck": 64, "star": 44, "plant": 56, "gift": 50}
COMBO_STEP, TOP_MULTIPLIER = 4, 5

BOSS_Y = 190
BOSS_RADIUS = 116
BOSS_HITS = 12  # as many knock it out
KNOCK_OUT_POINTS = 1500
KNOCK_OUT_TICKS = 240
DODGE_TICKS = 48
DODGE_COOLDOWN_TICKS = 90

# Nobody reacts faster: a dart thrown within this of a target's first tick, or landing within it, was not aimed at it.
SPAWN_GRACE_TICKS = 6

# What each wave holds, always: 19 cans, 16 balloons, 11 ducks, 3 stars, 7 plants. Seeds draw the rest.
# The order matters: targets 6 apart (in waves 1 to 3: 4 apart) are neighbours in one plane, so one of such two
# is always a duck or a star, which keep to no column.
MIX: tuple[tuple[str, ...], ...] = (
    ("can", "balloon", "can", "duck"),
    ("can", "balloon", "can", "balloon", "duck"),
    ("can", "balloon", "plant", "can", "duck"),
    ("can", "balloon", "duck", "can", "plant", "balloon"),
    ("can", "balloon", "star", "can", "balloon", "duck"),
    ("duck", "can", "balloon", "plant", "can", "duck", "balloon"),
    ("can", "balloon", "star", "can", "plant", "balloon", "duck"),
    ("duck", "can", "balloon", "can", "plant", "balloon", "can", "duck"),
    ("star", "duck", "can", "balloon", "plant", "can", "plant", "balloon"),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a stored round is replayed under; `gift_waves` are the waves whose first can is a gift."""

    version: int = 1
    gift_waves: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The wire's `rules`: the two choices, and the numbers a client would like to show."""
        return {
            "version": self.version,
            "tick_rate": TICK_RATE,
            "waves": WAVES,
            "wave_ticks": WAVE_TICKS,
            "reveal_lead_ticks": REVEAL_LEAD_TICKS,
            "cooldown_ticks": COOLDOWN_TICKS,
            "magazine": MAGAZINE,
            "reload_ticks": RELOAD_TICKS,
            "flight_ticks": list(FLIGHT_TICKS),
            "world": [WIDTH, HEIGHT],
            "gift_waves": list(self.gift_waves),
            "points": dict(POINTS),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "Rules":
        """Rules as stored or sent; only `version` and `gift_waves` are read. ValueError: not ours."""
        version, gift_waves = stored.get("version"), stored.get("gift_waves", ())
        if version != 1:
            raise ValueError(f"rules version {version!r} is unknown; this program knows version 1")
        if not isinstance(gift_waves, list | tuple) or not all(is_wave(wave) for wave in gift_waves):
            raise ValueError(f"gift_waves must be wave numbers from 1 to {WAVES}, not {gift_waves!r}")
        return cls(1, tuple(gift_waves))


def is_wave(number: object) -> bool:
    """Whether this is the number of a wave."""
    return type(number) is int and 1 <= number <= WAVES


def cut(wave: int) -> int:
    """The tick up to which (exclusive) submission `wave` carries shots; 0 for wave 0."""
    if wave <= 0:
        return 0
    return TICKS if wave >= WAVES else wave * WAVE_TICKS - REVEAL_LEAD_TICKS


def submission_of(tick: int) -> int:
    """Which submission carries a shot of this tick (0 <= tick < 2,700)."""
    return min((tick + REVEAL_LEAD_TICKS) // WAVE_TICKS + 1, WAVES)


def wave_of(tick: int) -> int:
    """Which wave a tick belongs to; the ticks after the round's last belong to the last wave."""
    return min(tick // WAVE_TICKS + 1, WAVES)


def multiplier(combo: int) -> int:
    """What a hit's points are multiplied by, the hit itself counted in `combo`."""
    return 1 + combo // COMBO_STEP if combo < COMBO_STEP * TOP_MULTIPLIER else TOP_MULTIPLIER


def ready_at(thrown: int, last_tick: int) -> int:
    """The first tick at which the next shot is legal, after `thrown` shots, the last at `last_tick`."""
    if thrown == 0:
        return 0
    return last_tick + (RELOAD_TICKS if thrown % MAGAZINE == 0 else COOLDOWN_TICKS)
