"""The forecast: thousands of whole campaigns played with numbers before one is published.

An hour is the smallest step and a column of all campaigns at once the smallest value (NumPy), so ten thousand campaigns
of a month take seconds. Scores are those of the four cohorts of `bench/cohorts.mjs`, as log-normals through their
medians with their spread. What it leaves out: people who come in waves within an hour, and who plays with whom.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from prizes.audience import Audience
from prizes.forecast_course import Course, Demand, Hours, Offered, Played

CHUNK = 1_000  # campaigns at once: what fits into a processor's cache
MARKS = 96  # moments at which a picture shows how far each prize has gone


@dataclass(frozen=True)
class PrizeForecast:
    """Shares are of all campaigns, hours are counted from the opening; quantiles are those of 5, 50 and 95 %.

    `gone` has one row a mark (`Forecast.marks`) with the quantiles of how many units were with winners by then.
    """

    prize: Offered
    left_over: float
    gone_by_noon: float
    given: tuple[float, float, float]
    win_hours: tuple[float, float, float] | None
    gone: NDArray[np.float64]


@dataclass(frozen=True)
class StepForecast:
    """In what share of all campaigns all together make so many hits."""

    hits: int
    reached: float


@dataclass(frozen=True)
class Forecast:
    campaigns: int
    rounds: tuple[float, float, float]
    cost_cents: tuple[float, float, float]
    marks: NDArray[np.float64]  # hours from the opening
    prizes: tuple[PrizeForecast, ...]
    steps: tuple[StepForecast, ...]


def forecast(offered: Sequence[Offered], demands: Sequence[Demand], audience: Audience, opens_at: datetime,
             closes_at: datetime, timezone: str, campaigns: int, seed: int,
             tell: Callable[[int], None] = lambda played: None) -> Forecast:
    """Play so many campaigns; `tell` hears how many more have been played.

    Raises ValueError for an empty window or audience.
    """
    if campaigns < 1 or audience.rounds < 1 or opens_at >= closes_at:
        raise ValueError("a forecast needs a campaign, a round and a window")
    course = Course(offered, demands, audience, Hours.of(opens_at, closes_at, timezone, audience.hours))
    chance = np.random.default_rng(seed)
    seen = []
    for start in range(0, campaigns, CHUNK):
        count = min(CHUNK, campaigns - start)
        seen.append(course.play(count, chance))
        tell(count)
    return _sum_up(course, campaigns, seen)


def _sum_up(course: Course, campaigns: int, seen: Sequence[Played]) -> Forecast:
    hours = len(course.hours.starts)
    marks = np.unique(np.linspace(0, hours, min(hours, MARKS) + 1).astype(int))
    finite = [prize for prize in course.offered.values() if not prize.is_unlimited]
    cost = np.zeros(campaigns, np.int64)
    for prize in finite:
        left = np.concatenate([played.left[prize.id] for played in seen])
        cost += prize.value_cents * (prize.units - left)
    rounds = np.concatenate([played.rounds for played in seen])
    return Forecast(campaigns, _quantiles(rounds), _quantiles(cost), marks.astype(float),
                    tuple(_sum_up_prize(prize, marks, seen) for prize in finite),
                    tuple(_sum_up_step(hits, seen) for hits in course.steps))


def _sum_up_step(hits: int, seen: Sequence[Played]) -> StepForecast:
    return StepForecast(hits, float(np.concatenate([played.reached[hits] for played in seen]).mean()))


def _sum_up_prize(prize: Offered, marks: NDArray[np.int64], seen: Sequence[Played]) -> PrizeForecast:
    left = np.concatenate([played.left[prize.id] for played in seen])
    by_noon = np.concatenate([played.gone_by_noon[prize.id] for played in seen])
    by_hour = sum(played.given[prize.id].sum(axis=1, dtype=np.int64) for played in seen)
    so_far = np.concatenate([_kept_by(played.kept[prize.id], marks) for played in seen], axis=1)
    gone = np.quantile(so_far, (0.05, 0.5, 0.95), axis=1).T
    return PrizeForecast(prize, float((left > 0).mean()), float(by_noon.mean()), _quantiles(prize.units - left),
                         _win_hours(np.asarray(by_hour)), gone)


def _kept_by(kept: NDArray[np.int32], marks: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many units were with winners at each mark, by campaign."""
    summed = np.vstack([np.zeros(kept.shape[1], np.int64), np.cumsum(kept, axis=0, dtype=np.int64)])
    return summed[marks]


def _win_hours(by_hour: NDArray[np.int64]) -> tuple[float, float, float] | None:
    """When units are won: the hours by which 5, 50 and 95 % of all of them had been."""
    summed = np.cumsum(by_hour)
    if summed[-1] == 0:
        return None
    low, middle, high = (float(np.searchsorted(summed, share * summed[-1]) + 1) for share in (0.05, 0.5, 0.95))
    return low, middle, high


def _quantiles(values: NDArray[np.int64]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return float(low), float(middle), float(high)
