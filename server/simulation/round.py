"""The incremental core: reveal waves, fire darts, settle what is due. Twin: static/game/sim/round.js.

What happens, happens in this order: by tick; in one tick first the boss's return, then impacts in the order
of their shots, then the shot of that tick with the boss's dodge. Nothing reads a wave that is not revealed.
"""

from collections.abc import Collection

from server.simulation.boss import Boss
from server.simulation.events import BOSS, FNV_BASIS, Hit, fold
from server.simulation.flight import DRIFT, FALL, Dart
from server.simulation.rng import Seed
from server.simulation.rules import (
    FAR,
    FLIGHT_TICKS,
    KNOCK_OUT_POINTS,
    POINTS,
    SPAWN_GRACE_TICKS,
    TARGET_OVERHANG_TICKS,
    WAVE_TICKS,
    WAVES,
    Rules,
    multiplier,
    submission_of,
    wave_of,
)
from server.simulation.targets import Target, Wave


class Round:
    """One round in play. Shots must be legal (replay.find_illegal) and come in order."""

    __slots__ = (
        "rules", "voids", "seeds", "waves", "boss", "flying", "thrown", "shots", "score", "combo",
        "best_combo", "knock_outs", "spawn_hits", "gifts", "hit_list", "events_hash",
    )  # fmt: skip

    def __init__(self, rules: Rules, voids: Collection[int] = ()) -> None:
        self.rules, self.voids = rules, voids
        self.seeds: dict[int, Seed] = {}
        self.waves: list[Wave] = []
        self.boss = Boss()
        self.flying: list[Dart] = []
        self.thrown = self.shots = self.score = self.combo = self.best_combo = 0
        self.knock_outs = self.spawn_hits = 0
        self.gifts: list[tuple[int, int]] = []
        self.hit_list: list[Hit] = []
        self.events_hash = FNV_BASIS

    def reveal(self, wave: int, seed: Seed) -> None:
        """Tell a wave's seed; when, and in which order, changes nothing."""
        self.seeds[wave] = seed

    def wave(self, number: int) -> Wave:
        """The wave of this number, drawn with those before it when first needed. KeyError: not revealed."""
        waves = self.waves
        while len(waves) < number:
            before = waves[-1] if waves else None
            waves.append(Wave(self.rules, len(waves) + 1, self.seeds[len(waves) + 1], before))
        return waves[number - 1]

    def wave_at(self, tick: int) -> Wave:
        """The wave of a tick; the last one after its end. KeyError: not revealed."""
        index = tick // WAVE_TICKS
        return self.waves[index] if index < len(self.waves) else self.wave(wave_of(tick))

    def boss_x(self, tick: int) -> int:
        """The boss's x (Q8) at a tick of a revealed wave."""
        return self.boss.x(self.wave_at(tick), tick)

    def fire(self, tick: int, x: int, y: int) -> None:
        """Throw a dart at a pixel. A void submission's shot only fills the log.

        What is due before is settled only when it matters, that is when the boss might dodge this shot.
        """
        shot = self.thrown
        self.thrown += 1
        if self.voids and submission_of(tick) in self.voids:
            return
        self.shots += 1
        wave = self.wave_at(tick)
        if self.boss.is_threatened(wave, tick, x, y):
            self.settle(tick)
            if self.boss.dodges(wave, tick, x):
                self._note("dodge", tick, wave.number, 0, 0)
        self.flying.append(Dart(shot, tick, x, y, wave.wind))

    def settle(self, until: int) -> None:
        """Let everything happen that is due at ticks up to and including `until`.

        A plane's targets meet the darts in the order of their shots, whatever happens in the other planes; so each
        dart flies as far as it may. Darts land in the order of their shots too: the cooldown is as long as the
        flight from the near to the far plane.
        """
        landed = [dart for dart in self.flying if self._fly(dart, until)]
        if landed:
            self.flying = [dart for dart in self.flying if dart.due > until]
            for dart in landed:
                self._land(dart)
        self._bring_boss_back(until)

    def _fly(self, dart: Dart, until: int) -> bool:
        """Take a dart to the first target in its way, or to the far plane; whether it came there by `until`."""
        plane = dart.plane
        while dart.due <= until:
            target = self._find_target(dart.due, plane, dart.x + dart.wind * DRIFT[plane], dart.y + FALL[plane])
            if target is not None:
                target.alive = False
                dart.target = target
                return True
            if plane == FAR:
                return True
            dart.plane = plane = plane + 1
            dart.due = dart.tick + FLIGHT_TICKS[plane]
        return False

    def _find_target(self, tick: int, plane: int, x: int, y: int) -> Target | None:
        """The first living target of this plane around a point; those of the wave before come first."""
        wave = self.wave_at(tick)
        targets = wave.planes[plane]
        if tick - wave.first < TARGET_OVERHANG_TICKS and wave.number > 1:
            targets = self.waves[wave.number - 2].planes[plane] + targets
        for target in targets:
            if (
                target.first <= tick < target.end
                and target.top <= y <= target.bottom
                and target.left <= x <= target.right
                and target.alive
                and target.squared_distance(tick, x, y) <= target.reach
            ):
                return target
        return None

    def _bring_boss_back(self, tick: int) -> None:
        if self.boss.hits_left == 0 and self.boss.come_back(tick):
            self._note("respawn", self.boss.back, wave_of(self.boss.back), 0, 0)

    def _land(self, dart: Dart) -> None:
        """A dart is where it flew: in a target, on the boss behind them, or nowhere."""
        tick = dart.due
        self._bring_boss_back(tick)
        x, y = dart.point()
        if dart.target is not None:
            self._hit_target(dart, dart.target, x, y)
            return
        wave = self.wave_at(tick)
        if self.boss.is_hit(wave, tick, x, y):
            self._hit_boss(dart, wave, x, y)
        else:
            self.combo = 0
            self._note("miss", tick, wave.number, 0, 0)

    def _hit_target(self, dart: Dart, target: Target, x: int, y: int) -> None:
        """A gift keeps the combo going like any hit and brings 0; a plant ends the combo."""
        points = target.points
        if points < 0:
            self.combo = 0
        else:
            self.combo += 1
            if target.squared_distance(dart.due, x, y) <= target.inner:
                points += points >> 1
            points *= multiplier(self.combo)
        if 0 <= dart.tick - target.first < SPAWN_GRACE_TICKS or dart.due - target.first < SPAWN_GRACE_TICKS:
            self.spawn_hits += 1
        if target.kind == "gift":
            self.gifts.append((target.wave, target.index))
        self._score(dart, target.wave, target.index, target.kind, points, x, y)

    def _hit_boss(self, dart: Dart, wave: Wave, x: int, y: int) -> None:
        """The boss has no inner third; the last of its hits knocks it out for a while."""
        self.combo += 1
        kind, points = "boss", POINTS["boss"] * multiplier(self.combo)
        if self.boss.take_hit(dart.due):
            kind, points = "knock-out", points + KNOCK_OUT_POINTS
            self.knock_outs += 1
        self._score(dart, wave.number, BOSS, kind, points, x, y)

    def _score(self, dart: Dart, wave: int, index: int, kind: str, worth: int, x: int, y: int) -> None:
        """The score never falls below 0, so a plant takes at most what is there."""
        points = worth if worth > -self.score else -self.score
        self.score += points
        if self.combo > self.best_combo:
            self.best_combo = self.combo
        self.hit_list.append(Hit(dart.due, dart.shot, wave, index, kind, points, self.combo, x, y))
        self._note(kind, dart.due, wave, index, points)

    def _note(self, kind: str, tick: int, wave: int, index: int, points: int) -> None:
        self.events_hash = fold(self.events_hash, kind, tick, wave, index, points, self.combo)


def revealed_until(waves: int) -> int | None:
    """The last tick that may be settled with this many waves revealed; None when all are: no end."""
    return None if waves >= WAVES else waves * WAVE_TICKS - 1
