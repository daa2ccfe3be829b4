"""Who is expected to play: how many rounds, at which hours, by how good players."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import erf, log, sqrt
from typing import NamedTuple


class Cohort(NamedTuple):
    """What rounds of such players come to by `bench/cohorts.mjs`: scores as a log-normal, hits as their mean."""

    median: int
    sigma: float
    hits: float


COHORTS = {"first-timer": Cohort(1_470, 0.29, 14.4), "casual": Cohort(3_810, 0.28, 29.2),
           "good": Cohort(13_120, 0.23, 49.9), "expert": Cohort(23_850, 0.16, 66.4)}
MIX = {"first-timer": 0.55, "casual": 0.32, "good": 0.11, "expert": 0.02}  # ours: who a link in a feed brings

# How many play in each hour of the local day, against each other: few at night, most after supper. An estimate of
# ours for families; a brand that knows its audience gives its own. Plans and forecasts follow the same curve.
WAKING_HOURS = (2, 1, 1, 1, 1, 1, 2, 4, 5, 5, 6, 7, 8, 7, 6, 6, 8, 10, 11, 11, 12, 11, 8, 4)


@dataclass(frozen=True)
class Audience:
    """`rounds` expected in all, give or take `doubt` (the standard deviation of its logarithm); `per_player` of them
    by one player; `claimed` is the share of awards that somebody claims; a gift is hit `gifts` times a round.
    """

    rounds: int
    per_player: float = 3.0
    doubt: float = 0.3
    claimed: float = 0.8
    gifts: float = 0.0
    mix: Mapping[str, float] = field(default_factory=lambda: MIX)
    hours: Sequence[float] = WAKING_HOURS


def reach(score: int, mix: Mapping[str, float]) -> float:
    """The share of rounds that reach a score."""
    return _mean(mix, lambda cohort: _share_above(score, cohort))


def hits_a_round(mix: Mapping[str, float]) -> float:
    """How many hits a round makes, on an average."""
    return _mean(mix, lambda cohort: cohort.hits)


def _mean(mix: Mapping[str, float], of: Callable[[Cohort], float]) -> float:
    whole = sum(mix.values())
    return sum(share / whole * of(COHORTS[cohort]) for cohort, share in mix.items())


def _share_above(score: int, cohort: Cohort) -> float:
    return 1.0 if score <= 0 else 0.5 - 0.5 * erf((log(score) - log(cohort.median)) / (cohort.sigma * sqrt(2)))
