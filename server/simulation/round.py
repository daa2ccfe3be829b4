"""The incremental core: reveal waves, fire darts, settle what is due. Twin: static/game/sim/round.js.

What happens, happens in this order: by tick; in one tick first the boss's return, then impacts in the order of
their shots, then the shot of that tick with the boss's dodge. Nothing reads a wave that is not revealed.
"""

from collections.abc import Collection
from typing import NamedTuple

from server.simulation.flight import Dart, impact_point
from server.simulation.rng import MASK, Seed
from server.simulation.rules import (
    BOSS_HITS,
    BOSS_RADIUS,
    DODGE_COOLDOWN_TICKS,
    DODGE_TICKS,
    FAR,
    FLIGHT_TICKS,
    KNOCK_OUT_POINTS,
    KNOCK_OUT_TICKS,
    POINTS,
    SPAWN_GRACE_TICKS,
    WAVE_TICKS,
    WAVES,
    Q,
    Rules,
    multiplier,
    submission_of,
    wave_of,
)
from server.simulation.targets import BOSS_DODGE_Q8, BOSS_Y_Q8, SINE, TURN_MASK, Target, Wave, boss_sway

BOSS = -1  # the boss's index among a wave's targets
EVENT_KINDS = (
    "can", "balloon", "duck", "star", "plant", "gift", "boss", "knock-out", "miss", "dodge", "respawn",
)  # fmt: skip
EVENT_CODE = {kind: code for code, kind in enumerate(EVENT_KINDS)}
FNV_BASIS, FNV_PRIME = 0x811C9DC5, 0x01000193
LOOK_AHEAD_TICKS, DODGE_DELAY_TICKS = 10, 6
DODGE_BOX_Q8 = 160 << Q  # a shot within this of where the boss will be may make it dodge
BOSS_REACH = (BOSS_RADIUS << Q) * (BOSS_RADIUS << Q)  # below 2^30
LONG_AGO = -1000


class Hit(NamedTuple):
    """A dart that landed. `points` is what the score moved by; x and y are Q8; the boss's index is BOSS.

    The hit that knocks the boss out is of kind "knock-out" and carries the boss's points and the bonus.
    """

    tick: int
    shot: int
    wave: int
    index: int
    kind: str
    points: int
    combo: int
    x: int
    y: int


class Round:
    """One round in play. Shots must be legal (replay.find_illegal) and come in order."""

    __slots__ = (
        "rules", "voids", "seeds", "waves", "boss_phases", "flying", "thrown", "shots", "score", "combo", "best_combo",
        "knock_outs", "spawn_hits", "gifts", "hit_list", "events_hash", "boss_hits_left", "boss_back", "dodge_tick",
        "dodge_side",
    )  # fmt: skip

    def __init__(self, rules: Rules, voids: Collection[int] = ()) -> None:
        self.rules, self.voids = rules, voids
        self.seeds: dict[int, Seed] = {}
        self.waves: list[Wave] = []
        self.boss_phases: list[int] = []
        self.flying: list[Dart] = []
        self.thrown = self.shots = self.score = self.combo = self.best_combo = 0
        self.knock_outs = self.spawn_hits = 0
        self.gifts: list[tuple[int, int]] = []
        self.hit_list: list[Hit] = []
        self.events_hash = FNV_BASIS
        self.boss_hits_left, self.boss_back = BOSS_HITS, 0
        self.dodge_tick, self.dodge_side = LONG_AGO, 0

    def reveal(self, wave: int, seed: Seed) -> None:
        """Tell a wave's seed; when, and in which order, changes nothing."""
        self.seeds[wave] = seed

    def fire(self, tick: int, x: int, y: int) -> None:
        """Throw a dart at a pixel, after all that is due by then. A void submission's shot only fills the log."""
        self.settle(tick)
        shot = self.thrown
        self.thrown += 1
        if submission_of(tick) in self.voids:
            return
        self.shots += 1
        wave = self._wave(wave_of(tick))
        self._let_boss_dodge(wave, tick, x << Q, y << Q)
        self.flying.append(Dart(shot, tick, x, y, wave.wind))

    def settle(self, until: int) -> None:
        """Let everything happen that is due at ticks up to and including `until`."""
        flying = self.flying
        while flying:
            dart = flying[0]
            for other in flying:  # of equals the first thrown is first
                if other.due < dart.due:
                    dart = other
            if dart.due > until:
                break
            self._bring_boss_back(dart.due)
            self._land(dart)
        self._bring_boss_back(until)

    def boss_x(self, tick: int) -> int:
        """The boss's x (Q8) at a tick of a revealed wave."""
        wave = self._wave(wave_of(tick))
        start = (wave.number - 1) * WAVE_TICKS
        x = boss_sway(self.boss_phases[wave.number - 1], wave.boss_speed, tick - start)
        dodging = tick - self.dodge_tick
        if 0 <= dodging < DODGE_TICKS:
            x += self.dodge_side * (BOSS_DODGE_Q8 * SINE[dodging * 512 // DODGE_TICKS] >> 14)
        return x

    def _wave(self, number: int) -> Wave:
        """The wave of this number; draws it, and those before it, when first needed. KeyError when not revealed."""
        waves = self.waves
        while len(waves) < number:
            wave = Wave(self.rules, len(waves) + 1, self.seeds[len(waves) + 1])
            self.boss_phases.append(
                (self.boss_phases[-1] + waves[-1].boss_speed * WAVE_TICKS) & TURN_MASK if waves else wave.boss_phase
            )
            waves.append(wave)
        return waves[number - 1]

    def _let_boss_dodge(self, wave: Wave, tick: int, x: int, y: int) -> None:
        """A shot close to where the boss will be may make it dodge, away from the shot.

        The look ahead ends with the shot's own wave: the next one may not be revealed yet.
        """
        if self.boss_hits_left == 0 or not -DODGE_BOX_Q8 < y - BOSS_Y_Q8 < DODGE_BOX_Q8:
            return
        aside = x - self.boss_x(min(tick + LOOK_AHEAD_TICKS, wave.number * WAVE_TICKS - 1))
        if not -DODGE_BOX_Q8 < aside < DODGE_BOX_Q8 or tick - self.dodge_tick < DODGE_COOLDOWN_TICKS:
            return
        if wave.rng.below(100) >= wave.dodge_chance:
            return
        self.dodge_tick, self.dodge_side = tick + DODGE_DELAY_TICKS, -1 if aside > 0 else 1
        self._note("dodge", tick, wave.number, 0)

    def _bring_boss_back(self, tick: int) -> None:
        if self.boss_hits_left == 0 and self.boss_back <= tick:
            self.boss_hits_left = BOSS_HITS
            self._note("respawn", self.boss_back, wave_of(self.boss_back), 0)

    def _land(self, dart: Dart) -> None:
        """A dart reaches a plane: it hits a target, or the boss behind them, or flies on, or misses."""
        tick, plane = dart.due, dart.plane
        x, y = impact_point(dart.x, dart.y, dart.wind, plane)
        target = self._find_target(tick, plane, x, y)
        if target is not None:
            self._hit_target(dart, target[0], target[1] <= target[0].inner, x, y)
        elif plane < FAR:
            dart.plane = plane + 1
            dart.due = dart.tick + FLIGHT_TICKS[plane + 1]
            return
        elif self._is_on_boss(tick, x, y):
            self._hit_boss(dart, x, y)
        else:
            self.combo = 0
            self._note("miss", tick, wave_of(tick), 0)
        self.flying.remove(dart)

    def _find_target(self, tick: int, plane: int, x: int, y: int) -> tuple[Target, int] | None:
        """The first living target of this plane around a point, and the squared distance to its centre."""
        number = wave_of(tick)
        newest = self._wave(number)
        older = self.waves[number - 2].planes[plane] if number > 1 else ()
        for targets in (older, newest.planes[plane]):
            for target in targets:
                if target.first <= tick < target.end and target.alive:
                    place_x, place_y = target.place(tick)
                    squared = (x - place_x) * (x - place_x) + (y - place_y) * (y - place_y)
                    if squared <= target.reach:
                        return target, squared
        return None

    def _hit_target(self, dart: Dart, target: Target, is_inner: bool, x: int, y: int) -> None:
        """A gift keeps the combo going like any hit and brings 0; a plant ends the combo."""
        target.alive = False
        points = target.points
        if points < 0:
            self.combo = 0
        else:
            self.combo += 1
            points += points >> 1 if is_inner else 0
            points *= multiplier(self.combo)
        if dart.tick < target.first + SPAWN_GRACE_TICKS:
            self.spawn_hits += 1
        if target.kind == "gift":
            self.gifts.append((target.wave, target.index))
        self._score(dart, target.wave, target.index, target.kind, points, x, y)

    def _is_on_boss(self, tick: int, x: int, y: int) -> bool:
        if self.boss_hits_left == 0:
            return False
        dx, dy = x - self.boss_x(tick), y - BOSS_Y_Q8
        return dx * dx + dy * dy <= BOSS_REACH

    def _hit_boss(self, dart: Dart, x: int, y: int) -> None:
        """The boss has no inner third; the last of its hits knocks it out for a while."""
        self.combo += 1
        self.boss_hits_left -= 1
        kind, points = "boss", POINTS["boss"] * multiplier(self.combo)
        if self.boss_hits_left == 0:
            kind, points = "knock-out", points + KNOCK_OUT_POINTS
            self.knock_outs += 1
            self.boss_back = dart.due + KNOCK_OUT_TICKS
        self._score(dart, wave_of(dart.due), BOSS, kind, points, x, y)

    def _score(self, dart: Dart, wave: int, index: int, kind: str, points: int, x: int, y: int) -> None:
        """The score never falls below 0, so a plant takes at most what is there."""
        points = max(points, -self.score)
        self.score += points
        self.best_combo = max(self.best_combo, self.combo)
        self.hit_list.append(Hit(dart.due, dart.shot, wave, index, kind, points, self.combo, x, y))
        self._note(kind, dart.due, wave, index, points)

    def _note(self, kind: str, tick: int, wave: int, index: int, points: int = 0) -> None:
        """Fold an event into the hash: FNV-1a's step over two 32-bit words (tick, kind, wave, index; points, combo)."""
        what = tick | EVENT_CODE[kind] << 12 | wave << 16 | (index & 15) << 20
        gain = (points & 0xFFFF) | self.combo << 16
        first = (self.events_hash ^ what) * FNV_PRIME & MASK
        self.events_hash = (first ^ gain) * FNV_PRIME & MASK


def revealed_until(seeds: int) -> int | None:
    """The last tick that may be settled with this many waves revealed; None when all are: no end."""
    return None if seeds >= WAVES else seeds * WAVE_TICKS - 1
