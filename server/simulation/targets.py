"""What there is to hit: nine waves of targets and the boss, every place a pure function of the tick.

A wave's seed draws, in this order: wind, boss speed, boss phase, first plane, first column, first turn; then for
each target life, jitter, swing, speed and phase; then, while the wave is played, the boss's dodges.
Positions are Q8; an angle is 1/16,384 of a turn. No product passes 2^31. Twin: static/game/sim/targets.js.
"""

from collections.abc import Callable
from dataclasses import dataclass

from server.simulation.rng import Rng, Seed
from server.simulation.rules import (
    BOSS_Y,
    FAR,
    MIX,
    PLANE_SHRINK,
    POINTS,
    RADIUS,
    WAVE_TICKS,
    WIDTH,
    Q,
    Rules,
)

TURN_MASK = 16383
SPAWN_TICKS = 140  # all of a wave's targets come within this time, each in its own turn
COLUMNS, FIRST_COLUMN, COLUMN_WIDTH = 5, 140, 110
ROWS = (850, 650, 450)  # where cans and plants of the near, mid and far plane stand
DUCK_ROW = 95  # ducks cross this much below their plane's row
BALLOON_START, BALLOON_RISE = 90, 160  # a balloon comes up from this much below its row and rises this far
STAR_Y = 352  # between the boss's feet and the far row
CROSSING_START, CROSSING = 80, 560  # a duck swims from 80 to 640, or back
BOSS_SWAY_Q8 = 200 << Q
BOSS_DODGE_Q8 = 144 << Q
BOSS_Y_Q8 = BOSS_Y << Q


def _sine_table() -> tuple[int, ...]:
    """A whole turn in 1,024 steps, Q14: the rational approximation of Bhaskara I (7th century), floored."""
    half = [16384 * 16 * i * (512 - i) // (5 * 512 * 512 - 4 * i * (512 - i)) for i in range(512)]
    return tuple(half + [-value for value in half])


SINE = _sine_table()


@dataclass(slots=True)
class Path:
    """Where a target is: from (x, y) along (vx, vy) a tick, swaying (ax, ay) wide; all Q8. `speed` is in angles."""

    x: int
    y: int
    vx: int
    vy: int
    ax: int
    ay: int
    speed: int


@dataclass(slots=True)
class Drawn:
    """What the seed drew for one target, and where the wave's pattern puts it."""

    hardness: int  # 0 in wave 1 to 8 in wave 9
    plane: int
    column_x: int
    life: int
    jitter: int  # -24 to 24 pixels
    swing: int  # 0 to 63
    speed: int  # 0 to 31
    phase: int  # 0 to 16,383


def _can(drawn: Drawn) -> Path:
    """Stands in its row and sways slowly, wider and faster as the round goes on."""
    sway = 8 + (drawn.swing * (3 + drawn.hardness) >> 4)
    x = drawn.column_x + drawn.jitter
    return Path(x << Q, ROWS[drawn.plane] << Q, 0, 0, sway << Q, 0, 24 + 9 * drawn.hardness + drawn.speed)


def _balloon(drawn: Drawn) -> Path:
    """Rises through its row and sways."""
    sway = 12 + (drawn.swing * (6 + drawn.hardness) >> 5)
    rise = (BALLOON_RISE << Q) // drawn.life
    x, y = drawn.column_x + drawn.jitter, ROWS[drawn.plane] + BALLOON_START
    return Path(x << Q, y << Q, 0, -rise, sway << Q, 0, 40 + 10 * drawn.hardness + drawn.speed)


def _duck(drawn: Drawn) -> Path:
    """Crosses from one side to the other, bobbing; a phase in the upper half turn swims to the left."""
    pace = (CROSSING << Q) // drawn.life
    y = (ROWS[drawn.plane] + DUCK_ROW + (drawn.jitter >> 1)) << Q
    bob = (4 + (drawn.swing >> 3)) << Q
    speed = 120 + drawn.speed
    if drawn.phase > TURN_MASK >> 1:
        return Path((CROSSING_START + CROSSING) << Q, y, -pace, 0, 0, bob, speed)
    return Path(CROSSING_START << Q, y, pace, 0, 0, bob, speed)


def _star(drawn: Drawn) -> Path:
    """Dances in a small figure of eight under the boss, nearer to the middle than its column."""
    sway = 16 + (drawn.swing >> 1)
    x = (drawn.column_x + WIDTH // 2 >> 1) + drawn.jitter
    return Path(x << Q, STAR_Y << Q, 0, 0, sway << Q, 8 << Q, 90 + 2 * drawn.speed)


def _plant(drawn: Drawn) -> Path:
    """Stands in its row and hardly moves."""
    x = drawn.column_x + drawn.jitter
    return Path(x << Q, ROWS[drawn.plane] << Q, 0, 0, (drawn.swing >> 3) << Q, 0, 20 + drawn.speed)


PATHS: dict[str, Callable[[Drawn], Path]] = {
    "can": _can,
    "balloon": _balloon,
    "duck": _duck,
    "star": _star,
    "plant": _plant,
    "gift": _plant,
}


def _life(kind: str, hardness: int, draw: int) -> int:
    """How many ticks a target lives, from a draw of 0 to 31; with SPAWN_TICKS this stays within the overhang."""
    if kind == "star":
        return 102 + draw * 84 // 31
    if kind == "duck":
        return 188 + draw - 6 * hardness
    return 188 + draw


class Target:
    """One thing to hit. It is there at ticks first <= tick < end, as long as it is alive."""

    __slots__ = (
        "wave", "index", "kind", "points", "plane", "radius", "reach", "inner", "first", "end", "alive",
        "x", "y", "vx", "vy", "ax", "ay", "speed", "phase",
    )  # fmt: skip

    def __init__(self, wave: int, index: int, kind: str, first: int, drawn: Drawn) -> None:
        path = PATHS[kind](drawn)
        self.wave, self.index, self.kind, self.plane = wave, index, kind, drawn.plane
        self.points = POINTS[kind]
        self.radius = RADIUS[kind] - drawn.plane * PLANE_SHRINK
        self.reach = (self.radius << Q) * (self.radius << Q)  # radius <= 78: below 2^29
        self.inner = self.reach // 9  # the inner third of the radius
        self.first, self.end, self.alive = first, first + drawn.life, True
        self.x, self.y, self.vx, self.vy = path.x, path.y, path.vx, path.vy
        self.ax, self.ay, self.speed, self.phase = path.ax, path.ay, path.speed, drawn.phase

    def place(self, tick: int) -> tuple[int, int]:
        """Its centre at a tick of its life, Q8."""
        age = tick - self.first
        angle = self.phase + self.speed * age >> 4
        x = self.x + self.vx * age + (self.ax * SINE[angle & 1023] >> 14)
        y = self.y + self.vy * age + (self.ay * SINE[2 * angle & 1023] >> 14)
        return x, y


class Wave:
    """One wave as its seed draws it; `planes` are its targets by plane, `rng` goes on to draw the dodges."""

    __slots__ = ("number", "wind", "boss_speed", "boss_phase", "dodge_chance", "targets", "planes", "rng")

    def __init__(self, rules: Rules, number: int, seed: Seed) -> None:
        hardness = number - 1
        self.number, self.rng = number, Rng(seed)
        self.wind = self.rng.below(4 * hardness + 1) - 2 * hardness
        self.boss_speed = 18 + 6 * hardness + self.rng.below(16)
        self.boss_phase = self.rng.below(16384)  # only wave 1's counts: the boss never jumps
        self.dodge_chance = 6 * hardness
        self.targets = tuple(_draw_targets(kinds_of(rules, number), number, self.rng))
        self.planes = tuple([target for target in self.targets if target.plane == plane] for plane in range(3))


def kinds_of(rules: Rules, number: int) -> tuple[str, ...]:
    """The kinds of a wave's targets in order; in a gift wave the first can is a gift."""
    kinds = MIX[number - 1]
    if number not in rules.gift_waves:
        return kinds
    at = kinds.index("can")
    return (*kinds[:at], "gift", *kinds[at + 1 :])


def _draw_targets(kinds: tuple[str, ...], number: int, rng: Rng) -> list[Target]:
    """A wave's targets. Target i takes plane a+i of 3 and column b+i of 5: 15 cells, so no two share one.

    Stars always fly in the far plane (their row is their own); turns part the spawn time among the targets.
    """
    draw = rng.below
    plane = draw(3)
    column = draw(COLUMNS)
    turn = draw(len(kinds))
    targets = []
    for index, kind in enumerate(kinds):
        far_enough = FAR if kind == "star" else (plane + index) % 3
        column_x = FIRST_COLUMN + (column + index) % COLUMNS * COLUMN_WIDTH
        first = (number - 1) * WAVE_TICKS + (turn + index) % len(kinds) * SPAWN_TICKS // len(kinds)
        life = _life(kind, number - 1, draw(32))
        jitter = draw(49) - 24
        swing = draw(64)
        speed = draw(32)
        phase = draw(16384)
        drawn = Drawn(number - 1, far_enough, column_x, life, jitter, swing, speed, phase)
        targets.append(Target(number, index, kind, first, drawn))
    return targets


def boss_sway(phase: int, speed: int, ticks: int) -> int:
    """The boss's x (Q8) without a dodge, `ticks` after the tick at which its angle was `phase`."""
    return (WIDTH // 2 << Q) + (BOSS_SWAY_Q8 * SINE[(phase + speed * ticks) >> 4 & 1023] >> 14)
