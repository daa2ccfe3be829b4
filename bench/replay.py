"""Measure the CPU time that replaying one whole round of 120 shots takes: `python -m bench.replay`.

Asked: 1.5 ms or less; aim: 0.5 ms. Prints the median and the tenths of many replays of 40 different rounds
whose shots aim at what is there, so that hits, misses, dodges and knock-outs are all paid for.
"""

import statistics
import time

from server.simulation.replay import Replay, Shot, replay
from server.simulation.rng import Seed
from server.simulation.rules import MAGAZINE, Rules
from tests.simulation.players import SKILLED, draw_seeds, play_round

ROUNDS, REPEATS, SHOTS = 40, 50, 120


def make_rounds() -> list[tuple[list[Seed], list[Shot]]]:
    """Rounds of a skilled player, cut to 120 shots."""
    rounds = []
    for number in range(ROUNDS):
        seeds = draw_seeds(number)
        shots = play_round(Rules(), seeds, SKILLED, number)
        rounds.append((seeds, shots[:SHOTS]))
    return rounds


def main() -> None:
    rounds = make_rounds()
    results: list[Replay] = []
    times = []
    for _ in range(REPEATS):
        for seeds, shots in rounds:
            start = time.process_time_ns()
            results.append(replay(Rules(), seeds, shots))
            times.append((time.process_time_ns() - start) / 1e6)
    tenths = statistics.quantiles(times, n=10)
    shots_played = statistics.mean(result.shots for result in results)
    hits = statistics.mean(result.hits for result in results)
    print(f"{len(times)} replays of {ROUNDS} rounds; on average {shots_played:.0f} shots, {hits:.0f} hits")
    print(f"CPU ms a replay: median {statistics.median(times):.3f}, p10 {tenths[0]:.3f}, p90 {tenths[8]:.3f}")
    print(f"(a magazine is {MAGAZINE}; asked 1.5, aim 0.5)")


if __name__ == "__main__":
    main()
