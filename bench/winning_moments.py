"""Measure a plan of a million units, and what a wrong guess of the audience costs: `python -m bench.winning_moments`.

The edge is how much more often a round of somebody wins who plays without a break, day and night.
"""

import resource
import statistics
import time
from datetime import timedelta

from prizes.audience import WAKING_HOURS
from prizes.moments import Recipe, Share, count_due, moments_of
from tests.prizes.instant_campaign import BY_DAY, FLAT, played
from tests.rig.clock import NOON

UNITS = 1_000_000
LOOKS = 10_000
CAMPAIGNS = 100
RECIPE = Recipe("Europe/Paris", WAKING_HOURS, (Share("prize", 0, UNITS, NOON, NOON + timedelta(days=60)),))
AUDIENCES = {"few at night, most after supper": WAKING_HOURS, "all hours alike": FLAT, "nobody at night": BY_DAY}


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def time_plan(number: int) -> float:
    """CPU milliseconds of a plan that is not kept yet."""
    start = time.process_time_ns()
    moments_of(number.to_bytes(32), RECIPE)
    return (time.process_time_ns() - start) / 1e6


def time_look() -> float:
    """CPU microseconds of counting what is due in a plan that is kept."""
    start = time.process_time_ns()
    for _ in range(LOOKS):
        count_due(moments_of(bytes(32), RECIPE)["prize"], NOON)
    return (time.process_time_ns() - start) / 1e3 / LOOKS


def main() -> None:
    """Print the plan's cost, then one row a plan and an audience."""
    before = peak_mb()
    first = time_plan(0)
    print(f"a plan of {UNITS:,} units: {first:.0f} ms and {peak_mb() - before:.0f} MB more at the peak; again "
          f"{statistics.median(map(time_plan, range(1, 6))):.0f} ms; a look {time_look():.1f} µs")
    print("\n| planned for | played by | wins a round, normally | by who never stops | edge |\n|---|---|---|---|---|")
    for planned_for, plan in AUDIENCES.items():
        for played_by, hours in AUDIENCES.items():
            seen = played(CAMPAIGNS, plan, hours)
            print(f"| {planned_for} | {played_by} | {seen.rate(polls=False):.4f} | {seen.rate(polls=True):.4f} | "
                  f"{seen.edge:.2f} |")


if __name__ == "__main__":
    main()
