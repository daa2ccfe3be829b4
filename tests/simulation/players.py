"""Made-up players: they see what a person sees and throw darts, well or wildly. For tests and the bench.

They read the targets' places through Round as the rules have them, and use a generator of their own, so that
one number stands for one round.
"""

import random
from collections.abc import Collection, Sequence
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
    TICKS,
    WAVES,
    WIDTH,
    Q,
    Rules,
    ready_at,
    wave_of,
)


class Player(NamedTuple):
    """How somebody plays: aim error (pixels), longest pause (ticks), share at the boss, share of wild darts."""

    error: int
    pause: int
    at_boss: float
    wild: float


SKILLED = Player(error=14, pause=8, at_boss=0.35, wild=0.02)
CASUAL = Player(error=50, pause=40, at_boss=0.3, wild=0.1)
WILD = Player(error=400, pause=5, at_boss=0.2, wild=0.6)
BOSS_HUNTER = Player(error=30, pause=2, at_boss=0.95, wild=0.0)


def draw_seeds(number: int) -> list[Seed]:
    """Nine seeds that stand for this number."""
    chance = random.Random(f"seeds {number}")
    return [tuple(chance.getrandbits(32) for _ in range(4)) for _ in range(WAVES)]  # type: ignore[misc]


def play_round(
    rules: Rules, seeds: Sequence[Seed], player: Player, number: int, voids: Collection[int] = ()
) -> list[Shot]:
    """The legal log of one round of this player."""
    chance = random.Random(f"round {number}")
    play = Round(rules, voids)
    for wave, seed in enumerate(seeds, 1):
        play.reveal(wave, seed)
    shots: list[Shot] = []
    tick = chance.randrange(30)
    while tick < TICKS:
        play.settle(tick)
        x, y = aim(play, player, tick, chance)
        shots.append(Shot(tick, min(max(x, 0), WIDTH - 1), min(max(y, 0), HEIGHT - 1)))
        play.fire(*shots[-1])
        tick = ready_at(len(shots), tick) + chance.randint(0, player.pause)
    return shots


def aim(play: Round, player: Player, tick: int, chance: random.Random) -> tuple[int, int]:
    """Where this player aims at a tick: at a target that is there, at the boss, or anywhere; in pixels."""
    wave = play.wave(wave_of(tick))
    living = [
        target
        for target in (*(play.wave(wave.number - 1).targets if wave.number > 1 else ()), *wave.targets)
        if target.alive and target.first <= tick and tick + FLIGHT_TICKS[target.plane] < target.end
    ]
    if chance.random() < player.wild:
        return chance.randrange(WIDTH), chance.randrange(HEIGHT)
    if chance.random() < player.at_boss or not living:
        plane, (x, y) = FAR, (play.boss_x(tick), BOSS_Y << Q)
    else:
        target = chance.choice(living)
        plane, (x, y) = target.plane, target.place(tick + FLIGHT_TICKS[target.plane])
    drift, fall = impact_point(0, 0, wave.wind, plane)
    error = player.error
    return (x - drift >> Q) + chance.randint(-error, error), (y - fall >> Q) + chance.randint(-error, error)
