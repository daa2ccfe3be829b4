"""The hand-picked rounds: each a name that says what it shows, a way to build it, and a check that it does show it.

A scene is built for one number after another (the number stands for the seeds) until its check holds, so its name
is true whatever the rules' numbers are; a scene that never holds stops the generator.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from server.simulation.flight import impact_point
from server.simulation.replay import Replay, Shot, replay
from server.simulation.rng import Seed
from server.simulation.round import Round
from server.simulation.rules import BOSS_Y, FAR, FLIGHT_TICKS, LAST_TICK, Q, Rules, ready_at, wave_of
from server.simulation.targets import Target
from tests.simulation.players import draw_seeds


@dataclass
class Draft:
    """A round being built: shots are added in order, at ticks that the scene chooses."""

    seeds: list[Seed]
    gift_waves: tuple[int, ...] = ()
    voids: tuple[int, ...] = ()
    until: int = LAST_TICK
    shots: list[Shot] = field(default_factory=list)

    @property
    def rules(self) -> Rules:
        return Rules(1, self.gift_waves)

    def replay(self) -> Replay:
        return replay(self.rules, self.seeds, self.shots, self.voids, self.until)

    def play(self) -> Round:
        """The round as it stands after the shots so far, with every wave revealed."""
        play = Round(self.rules, self.voids)
        for wave, seed in enumerate(self.seeds, 1):
            play.reveal(wave, seed)
        for shot in self.shots:
            play.fire(*shot)
        return play

    def ready(self) -> int:
        """The first tick at which another shot is legal."""
        return ready_at(len(self.shots), self.shots[-1].tick if self.shots else 0)

    def target(self, wave: int, kind: str, plane: int | None = None) -> Target | None:
        """The first target of this kind (and plane) in a wave."""
        targets = self.play().wave(wave).targets
        return next((t for t in targets if t.kind == kind and plane in (None, t.plane)), None)

    def throw(self, tick: int, x: int, y: int) -> "Draft":
        self.shots.append(Shot(tick, x, y))
        return self

    def throw_at(self, target: Target, impact: int, dx: int = 0, dy: int = 0) -> "Draft":
        """A shot that comes through the target's plane at tick `impact`, (dx, dy) pixels off its centre."""
        tick = impact - FLIGHT_TICKS[target.plane]
        return self.throw(tick, *self._aim(target.place(impact), tick, target.plane, dx, dy))

    def throw_at_boss(self, tick: int, dx: int = 0, dy: int = 0) -> "Draft":
        """A shot that meets the boss as it moves without a further dodge, (dx, dy) pixels off its centre."""
        play = self.play()
        play.settle(tick)
        place = play.boss_x(tick + FLIGHT_TICKS[FAR]), BOSS_Y << Q
        return self.throw(tick, *self._aim(place, tick, FAR, dx, dy))

    def _aim(self, place: tuple[int, int], tick: int, plane: int, dx: int, dy: int) -> tuple[int, int]:
        drift, fall = impact_point(0, 0, self.play().wave(wave_of(tick)).wind, plane)
        return ((place[0] - drift + 128) >> Q) + dx, ((place[1] - fall + 128) >> Q) + dy


Build = Callable[[Draft], Draft | None]
Check = Callable[[Replay], bool]


@dataclass(frozen=True)
class Scene:
    name: str
    build: Build
    check: Check


def stage(scene: Scene) -> tuple[Draft, Replay]:
    """The scene with the first seeds for which it holds. LookupError when there are none among 300."""
    for number in range(300):
        draft = scene.build(Draft(draw_seeds(number)))
        if draft is not None:
            played = draft.replay()
            if scene.check(played):
                return draft, played
    raise LookupError(f"no seeds show that {scene.name}")


def kinds(played: Replay) -> list[str]:
    return [hit.kind for hit in played.hit_list]


def points(played: Replay) -> list[int]:
    return [hit.points for hit in played.hit_list]
