"""Fresh rounds played in Python come to the same in JavaScript."""

import json
import random
import subprocess
from pathlib import Path

from server.simulation.replay import Shot
from server.simulation.rules import LAST_TICK, WAVES, Rules, cut
from tests.rig.node import find_node
from tests.simulation.players import BOSS_HUNTER, CASUAL, SKILLED, WILD, Player, draw_seeds, play_round
from tests.simulation.vectors import Vector, outcome_of, replay_vector

PLAYERS: tuple[Player, ...] = (SKILLED, WILD, CASUAL, BOSS_HUNTER)
ROUNDS = 500


def fresh_round(number: int) -> Vector:
    """A round of a made-up player, with gifts, void submissions, an early end or broken shots here and there."""
    chance = random.Random(number)
    gift_waves = chance.sample(range(1, WAVES + 1), chance.choice((0, 1, 3)))
    voids = chance.sample(range(1, WAVES + 1), chance.choice((0, 0, 1, 2)))
    rules, seeds = Rules(1, tuple(gift_waves)), draw_seeds(number)
    shots = play_round(rules, seeds, chance.choice(PLAYERS), number, voids)
    if chance.random() < 0.1:
        at = chance.randrange(len(shots))
        shots[at] = Shot(shots[at].tick - chance.randrange(40), shots[at].x + chance.choice((0, 0, 900)), -5)
    waves = chance.choice((1, 4, WAVES, WAVES, WAVES))
    return {
        "rules": {"version": 1, "gift_waves": gift_waves},
        "seeds": ["".join(f"{word:08x}" for word in seed) for seed in seeds[:waves]],
        "shots": shots,
        "voids": voids,
        "until": LAST_TICK if waves == WAVES else cut(waves),
    }


def replay_in_javascript(rounds: list[Vector]) -> list[Vector]:
    twin = Path(__file__).with_name("twin.mjs")
    told = subprocess.run(
        [find_node(), str(twin)], input=json.dumps(rounds), capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in told.stdout.splitlines()]


def test_five_hundred_fresh_rounds_come_to_the_same_in_both_languages() -> None:
    start = random.SystemRandom().randrange(10**9)
    rounds = [fresh_round(start + number) for number in range(ROUNDS)]
    outcomes = replay_in_javascript(rounds)
    assert len(outcomes) == ROUNDS
    assert sum(outcome["score"] for outcome in outcomes) > 0
    for number, (fresh, told) in enumerate(zip(rounds, outcomes, strict=True), start):
        assert told == outcome_of(replay_vector(fresh)), f"fresh_round({number})"
