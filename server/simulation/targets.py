"""What there is to hit: nine waves of targets, every place a pure function of the tick.

A wave's seed draws, in this order: wind, boss speed, boss phase, first plane, first column, first turn; then
one word a target; then, while the wave is played, the boss's dodges.
Positions are Q8. Angles are 1/16,384 of a turn. No product passes 2^31. Twin: static/game/sim/targets.js.
"""

from collections.abc import Callable

from server.simulation.rng import Rng, Seed
from server.simulation.rules import (
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
from server.simulation.sine import SINE, TURN_MASK

SPAWN_TICKS = 140  # all of a wave's targets come within this time, each in its own turn
LONGEST_LIFE = 219  # together with SPAWN_TICKS within the wave and its overhang
LIFE_LESS = 8  # lives get shorter by this much a wave
SHALLOW_WAVES = 3  # in the first waves nothing but the boss is in the far plane
COLUMNS, COLUMN_WIDTH = 5, (110, 100, 90)  # the middle column is the world's middle
ROWS = (850, 650, 450)  # where cans, plants and gifts of the near, mid and far plane stand
DUCK_ROW = 95  # ducks cross this much below their plane's row
BALLOON_START, BALLOON_RISE = 90, 160  # a balloon comes up from this much below its row and rises this far
STAR_Y = 352  # between the boss's feet and the far row
CROSSING_EDGE = 80  # a duck sets out this far from a side
CROSSING, CROSSING_MORE = 340, 24  # in wave 1 it swims this far, and so much farther each wave

Path = tuple[int, int, int, int, int, int, int]
"""x, y, then the way in a tick and the sway to each side, x before y, all Q8; last the angle in a tick."""

PathMaker = Callable[[int, int, int, int, int, int, int], Path]
"""From hardness (wave 1: 0, wave 9: 8), plane, x (pixels), life, swing (0 to 63), speed (0 to 31), phase."""


def _can(hardness: int, plane: int, x: int, life: int, swing: int, speed: int, phase: int) -> Path:
    """Stands in its row and sways slowly, wider and faster as the round goes on."""
    sway = 6 + (swing * (3 + hardness) >> 3)
    return x << Q, ROWS[plane] << Q, 0, 0, sway << Q, 0, 16 + 9 * hardness + speed


def _balloon(hardness: int, plane: int, x: int, life: int, swing: int, speed: int, phase: int) -> Path:
    """Rises through its row and sways."""
    sway = 12 + (swing * (6 + hardness) >> 5)
    rise = (BALLOON_RISE << Q) // life
    return x << Q, (ROWS[plane] + BALLOON_START) << Q, 0, -rise, sway << Q, 0, 24 + 12 * hardness + speed


def _duck(hardness: int, plane: int, x: int, life: int, swing: int, speed: int, phase: int) -> Path:
    """Crosses from one side to the other, bobbing; a phase in the upper half turn swims to the left."""
    pace = ((CROSSING + CROSSING_MORE * hardness) << Q) // life
    y = (ROWS[plane] + DUCK_ROW) << Q
    bob = 4 + (swing >> 3)
    if phase > TURN_MASK >> 1:
        return (WIDTH - CROSSING_EDGE) << Q, y, -pace, 0, 0, bob << Q, 120 + speed
    return CROSSING_EDGE << Q, y, pace, 0, 0, bob << Q, 120 + speed


def _star(hardness: int, plane: int, x: int, life: int, swing: int, speed: int, phase: int) -> Path:
    """Dances in a small figure of eight under the boss, nearer to the middle than its column."""
    sway = 16 + (swing >> 1)
    return ((x + WIDTH // 2) >> 1) << Q, STAR_Y << Q, 0, 0, sway << Q, 8 << Q, 90 + 2 * speed


def _still(hardness: int, plane: int, x: int, life: int, swing: int, speed: int, phase: int) -> Path:
    """Stands in its row and hardly moves."""
    return x << Q, ROWS[plane] << Q, 0, 0, (swing >> 3) << Q, 0, 20 + speed


PATHS: dict[str, PathMaker] = {
    "can": _can,
    "balloon": _balloon,
    "duck": _duck,
    "star": _star,
    "plant": _still,
    "gift": _still,
}


def life_of(kind: str, hardness: int, drawn: int) -> int:
    """How many ticks a target lives, from a draw of 0 to 31: a star 102 to 186, others less each wave."""
    if kind == "star":
        return 102 + drawn * 84 // 31
    return LONGEST_LIFE - 31 + drawn - LIFE_LESS * hardness


class Target:
    """One thing to hit. It is there at ticks first <= tick < end, as long as it is alive."""

    __slots__ = (
        "wave", "index", "kind", "points", "plane", "radius", "reach", "inner", "first", "end", "alive",
        "x", "y", "vx", "vy", "ax", "ay", "speed", "phase", "left", "right", "top", "bottom",
    )  # fmt: skip

    def __init__(
        self, wave: int, index: int, kind: str, plane: int, first: int, life: int, phase: int, path: Path
    ) -> None:
        self.wave, self.index, self.kind, self.plane = wave, index, kind, plane
        self.points = POINTS[kind]
        self.radius = RADIUS[kind] - plane * PLANE_SHRINK
        size = self.radius << Q
        self.reach = size * size  # radius <= 78: below 2^29
        self.inner = self.reach // 9  # the inner third of the radius
        self.first, self.end, self.alive = first, first + life, True
        self.phase = phase
        x, y, vx, vy, ax, ay, self.speed = path
        self.x, self.y, self.vx, self.vy, self.ax, self.ay = x, y, vx, vy, ax, ay
        # The box that it never leaves spares us most of the exact distances.
        self.left, self.right = x - ax - size + min(0, vx * life), x + ax + size + max(0, vx * life)
        self.top, self.bottom = y - ay - size + vy * life, y + ay + size  # nothing sinks

    def place(self, tick: int) -> tuple[int, int]:
        """Its centre at a tick of its life, Q8: along its way, swaying across once, up and down twice a turn."""
        age = tick - self.first
        angle = (self.phase + self.speed * age) >> 4
        x = self.x + self.vx * age + (self.ax * SINE[angle & 1023] >> 14)
        y = self.y + self.vy * age + (self.ay * SINE[2 * angle & 1023] >> 14)
        return x, y

    def squared_distance(self, tick: int, x: int, y: int) -> int:
        """Between its centre and a point, Q8 squared."""
        place_x, place_y = self.place(tick)
        dx, dy = x - place_x, y - place_y
        return dx * dx + dy * dy


class Wave:
    """One wave as its seed draws it; `planes` are its targets by plane, `rng` goes on to draw the dodges.

    The boss's angle goes on from the wave before, so the boss never jumps; the drawn one counts in wave 1 only.
    """

    __slots__ = (
        "number", "first", "rng", "wind", "boss_speed", "boss_phase", "dodge_chance", "targets", "planes",
    )  # fmt: skip

    def __init__(self, rules: Rules, number: int, seed: Seed, before: "Wave | None") -> None:
        hardness = number - 1
        self.number, self.first = number, hardness * WAVE_TICKS
        self.rng = Rng(seed)
        self.wind = self.rng.below(4 * hardness + 1) - 2 * hardness
        self.boss_speed = 12 + 11 * hardness + self.rng.below(16)
        self.boss_phase = self.rng.below(16384)
        if before is not None:
            self.boss_phase = (before.boss_phase + before.boss_speed * WAVE_TICKS) & TURN_MASK
        self.dodge_chance = 6 * hardness
        self.targets = _draw_targets(kinds_of(rules, number), number, self.rng)
        self.planes: tuple[list[Target], ...] = ([], [], [])
        for target in self.targets:
            self.planes[target.plane].append(target)


def kinds_of(rules: Rules, number: int) -> tuple[str, ...]:
    """The kinds of a wave's targets in order; in a gift wave the first can is a gift."""
    kinds = MIX[number - 1]
    if number not in rules.gift_waves:
        return kinds
    at = kinds.index("can")
    return (*kinds[:at], "gift", *kinds[at + 1 :])


def _draw_targets(kinds: tuple[str, ...], number: int, rng: Rng) -> list[Target]:
    """A wave's targets. Target i takes plane a+i of 3 and column b+i of 5: 15 cells, so no two share one.

    The first waves keep to 2 planes, near and mid: 10 cells. Stars always fly in the far plane (their row is
    their own). Turns part the spawn time among the targets.
    A target's word holds, from the top: 10 bits of phase, 5 of life, 5 of speed, 6 of swing, 6 of jitter.
    """
    planes = 2 if number <= SHALLOW_WAVES else 3
    first_plane = rng.below(3)
    first_column = rng.below(COLUMNS)
    first_turn = rng.below(len(kinds))
    hardness, count = number - 1, len(kinds)
    targets = []
    for index, kind in enumerate(kinds):
        plane = FAR if kind == "star" else (first_plane + index) % planes
        column_x = WIDTH // 2 + ((first_column + index) % COLUMNS - 2) * COLUMN_WIDTH[plane]
        first = hardness * WAVE_TICKS + (first_turn + index) % count * SPAWN_TICKS // count
        word = rng.word()
        phase = word >> 22 << 4
        life = life_of(kind, hardness, word >> 17 & 31)
        speed = word >> 12 & 31
        swing = word >> 6 & 63
        jitter = ((word & 63) * 3 >> 2) - 24
        path = PATHS[kind](hardness, plane, column_x + jitter, life, swing, speed, phase)
        targets.append(Target(number, index, kind, plane, first, life, phase, path))
    return targets
