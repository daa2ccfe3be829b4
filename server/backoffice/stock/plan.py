"""A prize's release plan beside what really went out, up to the last hour that staff see.

The plan is what staff wrote: releases, and the hours at which people are awake. The winning moments that were drawn
from it are secret and are not looked at here, so nothing that is drawn can tell one that nobody has taken yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.planned import PlannedPrize, PlannedShare, WinningPlan
from prizes.prize import Prize, Release
from server.backoffice.stock.figures import Figures, seen_until
from server.backoffice.stock.went_out import went_between
from server.campaigns.campaign import Campaign, ended_at

POINTS = 80
STEP = timedelta(hours=1)
HOURS_A_DAY = 24
MOST_HOURS = 5 * 366 * HOURS_A_DAY  # of a window: what lies behind is drawn as let go

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Point:
    at: datetime
    units: float


@dataclass(frozen=True)
class PlanAndTruth:
    """Both as units at moments, growing; `truth` ends at `until`. `by_hits` are units of releases that wait for the
    boss's life instead of a moment; no point of the plan holds them.
    """

    opens_at: datetime
    closes_at: datetime
    until: datetime
    plan: Sequence[Point]
    truth: Sequence[Point]
    units: int
    by_hits: int

    @property
    def planned_until(self) -> int:
        """Units that the plan had let go by `until`."""
        before = [point for point in self.plan if point.at <= self.until]
        return int(before[-1].units) if before else 0

    @property
    def went_out(self) -> int:
        return int(self.truth[-1].units) if self.truth else 0


@dataclass(frozen=True)
class Part:
    """Units that are let go from `starts_at` on, spread until `ends_at`, or at once."""

    units: int
    starts_at: datetime
    ends_at: datetime


def plan_and_truth(session: Session, prize: Prize, campaign: Campaign, figures: Figures, now: datetime) -> PlanAndTruth:
    """What was to be let go and what went, from the opening on. Reads."""
    until = min(seen_until(now), ended_at(session, campaign) + STEP)
    shares = _shares(session, prize.id)
    parts, by_hits = (shares, 0) if shares else _releases(session, prize, campaign, figures)
    marks = _marks(campaign.opens_at, campaign.closes_at)
    plan = _plan_curve(parts, _with_steps(marks, parts), _Audience(campaign, _hours(session, campaign.id)))
    return PlanAndTruth(campaign.opens_at, campaign.closes_at, until, plan,
                        _truth(session, prize.id, campaign.opens_at, until, marks),
                        max(figures.in_stock, sum(part.units for part in parts)), by_hits)


def _shares(session: Session, prize_id: str) -> list[Part]:
    """How the units of a sealed plan were spread; none of a prize that has no winning moments."""
    own = (select(PlannedShare).join(PlannedPrize, PlannedPrize.prize_id == PlannedShare.prize_id)
           .where(PlannedShare.prize_id == prize_id).order_by(PlannedShare.number))
    return [Part(share.units, share.starts_at, share.ends_at) for share in session.scalars(own)]


def _releases(session: Session, prize: Prize, campaign: Campaign, figures: Figures) -> tuple[list[Part], int]:
    """The releases of a prize, and one at the opening for the units in none; those that wait for hits apart."""
    releases = session.scalars(select(Release).where(Release.prize_id == prize.id)).all()
    timed = [Part(release.units, release.opens_at or campaign.opens_at, release.opens_at or campaign.opens_at)
             for release in releases if release.at_hits is None]
    by_hits = sum(release.units for release in releases if release.at_hits is not None)
    others = figures.in_stock - sum(release.units for release in releases)
    if others > 0:
        timed.append(Part(others, campaign.opens_at, campaign.opens_at))
    return timed, by_hits


def _hours(session: Session, campaign_id: str) -> Sequence[int] | None:
    return session.scalar(select(WinningPlan.hours).where(WinningPlan.campaign_id == campaign_id))


def _marks(start: datetime, end: datetime) -> list[datetime]:
    """The moments at which the curves are drawn."""
    step = (end - start) / POINTS
    return [start + step * number for number in range(POINTS + 1)]


def _with_steps(marks: Sequence[datetime], parts: Sequence[Part]) -> list[datetime]:
    """The marks with one just before and one at each moment at which units are let go at once."""
    steps = {part.starts_at for part in parts if part.starts_at == part.ends_at}
    within = {step for step in steps if marks[0] < step <= marks[-1]}
    return sorted({*marks, *within, *(step - timedelta(seconds=1) for step in within)})


def _plan_curve(parts: Sequence[Part], marks: Sequence[datetime], audience: "_Audience") -> list[Point]:
    """How many units have been let go at each mark; a share grows with the audience that its hours expect."""
    at = _seconds(marks)
    units = sum((audience.reached(part, at) * part.units for part in parts), np.zeros(len(at)))
    return [Point(mark, float(reached)) for mark, reached in zip(marks, units, strict=True)]


class _Audience:
    """How much audience has come by a moment, by the weights of the hours in a campaign's zone."""

    def __init__(self, campaign: Campaign, hours: Sequence[int] | None) -> None:
        weights = hours if hours and any(hours) else [1] * HOURS_A_DAY
        zone, start = ZoneInfo(campaign.timezone), campaign.opens_at.replace(minute=0, second=0, microsecond=0)
        count = min((campaign.closes_at - start) // STEP + 1, MOST_HOURS)
        edges = [start + STEP * number for number in range(count + 1)]
        self._edges = _seconds(edges)
        expected = [weights[edge.astimezone(zone).hour] for edge in edges[:-1]]
        self._before = np.concatenate(([0.0], np.cumsum(np.array(expected, dtype=float))))

    def reached(self, part: Part, at: Floats) -> Floats:
        """Which share of a part has been let go at each moment."""
        start, end = _seconds([part.starts_at, part.ends_at])
        first, last = np.interp([start, end], self._edges, self._before)
        if end <= start or last <= first:
            return np.array(at >= start, dtype=np.float64)
        share: Floats = np.clip((np.interp(at, self._edges, self._before) - first) / (last - first), 0.0, 1.0)
        return share


def _seconds(moments: Sequence[datetime]) -> Floats:
    return np.array([moment.timestamp() for moment in moments])


def _truth(session: Session, prize_id: str, opens_at: datetime, until: datetime,
           marks: Sequence[datetime]) -> list[Point]:
    """Units that were won less those that came back, at each mark that is seen."""
    if until <= opens_at:
        return []
    edges = [*(mark for mark in marks if mark < until), until]
    went = went_between(session, prize_id, list(pairwise(edges)))
    return [Point(edge, units) for edge, units in zip(edges, accumulate(went, initial=0), strict=True)]
