"""A bot that plays by the rules: it sees what is revealed, as a browser does, and throws legal darts."""

import random
from typing import NamedTuple

from server.simulation.flight import impact_point
from server.simulation.replay import Shot
from server.simulation.rng import Seed
from server.simulation.round import Round
from server.simulation.rules import (
    BOSS_Y,
    FAR,
    FLIGHT_TICKS,
    HEIGHT,
    WAVE_TICKS,
    WIDTH,
    Q,
    Rules,
    ready_at,
    wave_of,
)
from server.simulation.targets import Target


class Skill(NamedTuple):
    """Aim error in pixels, longest pause and shortest reaction in ticks, share of darts at the boss.

    A reaction below 6 ticks is no person's; a greedy one always takes the most points.
    """

    error: int
    pause: int
    reaction: int
    at_boss: float
    greedy: bool = False


BEGINNER = Skill(error=110, pause=70, reaction=40, at_boss=0.2)
GOOD = Skill(error=60, pause=40, reaction=20, at_boss=0.3)
CLEVER = Skill(error=0, pause=0, reaction=12, at_boss=0.0, greedy=True)
SNIPER = Skill(error=0, pause=0, reaction=-12, at_boss=0.0)  # throws at what has not appeared yet


class Bot:
    """One round's player. It stops throwing once `enough` points are settled; the same number, the same round."""

    def __init__(self, rules: Rules, number: int, skill: Skill, enough: int | None = None) -> None:
        self.rules, self.skill, self.enough = rules, skill, enough
        self.chance = random.Random(f"bot {number}")
        self.seeds: dict[int, Seed] = {}
        self.log: list[Shot] = []
        self.voids: list[int] = []
        self.round = Round(rules)
        self.aimed_at: set[tuple[int, int]] = set()
        self.tick = self.chance.randrange(30)

    def see(self, wave: int, seed: Seed) -> None:
        """Learn a wave's seed."""
        self.seeds[wave] = seed
        self.round.reveal(wave, seed)

    def strike(self, submission: int) -> None:
        """Hear that a submission came too late: its darts never flew."""
        self.voids.append(submission)
        self.round = Round(self.rules, self.voids)
        for wave, seed in self.seeds.items():
            self.round.reveal(wave, seed)
        for shot in self.log:
            self.round.fire(*shot)

    def play_until(self, end: int) -> list[Shot]:
        """Play the ticks up to `end`; the shots thrown in them."""
        before = len(self.log)
        while self.tick < end:
            self.round.settle(self.tick)
            if self.enough is not None and self.round.score >= self.enough:
                self.tick = end
                break
            self._throw()
        return self.log[before:]

    def _throw(self) -> None:
        aim = self.aim()
        if aim is None:
            self.tick += 1
            return
        x, y = aim
        shot = Shot(self.tick, min(max(x, 0), WIDTH - 1), min(max(y, 0), HEIGHT - 1))
        self.round.fire(*shot)
        self.log.append(shot)
        self.tick = ready_at(len(self.log), self.tick) + self.chance.randint(0, self.skill.pause)

    def aim(self) -> tuple[int, int] | None:
        """Where to aim now, in pixels; None when there is nothing worth a dart."""
        at_boss = self.chance.random() < self.skill.at_boss
        targets = [] if at_boss else self._targets()
        if targets:
            best = max(targets, key=_worth) if self.skill.greedy else self.chance.choice(targets)
            self.aimed_at.add((best.wave, best.index))
            return self._lead(best.plane, best.place(self.tick + FLIGHT_TICKS[best.plane]))
        if self.skill.reaction < 0:
            return None
        lands = min(self.tick + FLIGHT_TICKS[FAR], wave_of(self.tick) * WAVE_TICKS - 1)
        return self._lead(FAR, (self.round.boss_x(lands), BOSS_Y << Q))

    def _targets(self) -> list[Target]:
        """What is there long enough to be seen, will be there when a dart comes, is no plant and has no dart yet."""
        number = wave_of(self.tick)
        shown = [target for wave in range(max(1, number - 1), number + 1) for target in self.round.wave(wave).targets]
        return [target for target in shown if target.alive and self._is_due(target)
                and _worth(target) >= (100 if self.skill.greedy else 0)
                and (target.wave, target.index) not in self.aimed_at]

    def _is_due(self, target: Target) -> bool:
        lands = self.tick + FLIGHT_TICKS[target.plane]
        is_early = self.skill.reaction < 0 and self.tick >= target.first + 6
        return target.first + self.skill.reaction <= self.tick and target.first <= lands < target.end and not is_early

    def _lead(self, plane: int, place: tuple[int, int]) -> tuple[int, int]:
        """The pixel to aim at so that a dart passes a place (Q8) in a plane, give or take the error."""
        drift, fall = impact_point(0, 0, self.round.wave(wave_of(self.tick)).wind, plane)
        error = self.skill.error
        return (
            (place[0] - drift >> Q) + self.chance.randint(-error, error),
            (place[1] - fall >> Q) + self.chance.randint(-error, error),
        )


def _worth(target: Target) -> int:
    return target.points
