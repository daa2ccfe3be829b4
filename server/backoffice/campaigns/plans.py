"""A prize's release plan in plain words: a few presets, each a share of the units at a share of the window."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from server.campaigns.local_time import BadTime, to_local, to_utc

WEEK = timedelta(days=7)
SLACK = timedelta(minutes=2)  # a window that moved rounds each release to its minute

Release = dict[str, Any]


class Plan(StrEnum):
    """When the units of a prize may be won."""

    ALL = "all"  # from the opening on
    HALF = "half"  # the second half from the middle on
    WEEKLY = "weekly"  # as many each week
    LAST = "last"  # a third kept for the last quarter
    HITS = "hits"  # once all players together have made so many hits
    KEPT = "kept"  # as a file said


class Hours(StrEnum):
    """When the audience is expected, for the winning moments."""

    AWAKE = "awake"
    EVEN = "even"
    EVENING = "evening"
    SHOP = "shop"
    KEPT = "kept"


def releases_of(plan: Plan, units: int, window: tuple[datetime, datetime], timezone: str,
                hits: Any = "") -> list[Release]:
    """What a preset means for so many units in a window of moments; `hits` is for the plan of that name."""
    if plan == Plan.HITS:
        return [{"units": units, "at_hits": hits}] if units else []
    opens_at, length = window[0], window[1] - window[0]
    zone = ZoneInfo(timezone)
    return [{"units": part, "opens": to_local((opens_at + length * share).replace(second=0, microsecond=0), zone)}
            for part, share in _shares(plan, units, length) if part]


def _shares(plan: Plan, units: int, length: timedelta) -> list[tuple[int, float]]:
    """How many units come later, and where in the window."""
    if plan == Plan.HALF:
        return [(units // 2, 0.5)]
    if plan == Plan.LAST:
        return [(units // 3, 0.75)]
    weeks = max(1, round(length / WEEK))
    return [(units // weeks, week / weeks) for week in range(1, weeks)] if plan == Plan.WEEKLY else []


def plan_of(releases: Sequence[Mapping[str, Any]], units: Any, window: tuple[datetime, datetime] | None,
            timezone: str) -> Plan:
    """The preset that releases come from."""
    if not releases:
        return Plan.ALL
    if len(releases) == 1 and set(releases[0]) == {"units", "at_hits"} and releases[0]["units"] == units:
        return Plan.HITS
    if type(units) is int and window is not None:
        for plan in (Plan.HALF, Plan.WEEKLY, Plan.LAST):
            if _are_alike(releases, releases_of(plan, units, window, timezone), ZoneInfo(timezone)):
                return plan
    return Plan.KEPT


def plan_again(prize: Mapping[str, Any], plan: Plan, window: tuple[datetime, datetime],
               timezone: str) -> dict[str, Any]:
    """A prize whose preset means other moments, for the window has moved."""
    if plan not in (Plan.HALF, Plan.WEEKLY, Plan.LAST):
        return dict(prize)
    kept = {key: value for key, value in prize.items() if key != "releases"}
    releases = releases_of(plan, prize["units"], window, timezone)
    return kept | ({"releases": releases} if releases else {})


def _are_alike(found: Sequence[Mapping[str, Any]], made: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> bool:
    return len(found) == len(made) and all(
        set(one) == set(other) and one["units"] == other["units"] and _near(one["opens"], other["opens"], zone)
        for one, other in zip(found, made, strict=True))


def _near(one: Any, other: Any, zone: ZoneInfo) -> bool:
    try:
        return abs(to_utc(one, zone) - to_utc(other, zone)) <= SLACK
    except (AttributeError, BadTime):
        return False
