"""A campaign's window: the one that a new campaign gets, and what moves along when a window is moved."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from server.campaigns.local_time import BadTime, on_the_clock, to_local, to_utc

DAYS = 14  # of a new campaign
LAST_MINUTE = time(23, 59)
Table = dict[str, Any]


def new_window(now: datetime, zone: ZoneInfo, days: int = DAYS) -> tuple[datetime, datetime]:
    """From this minute to the end of the day so many days later, as moments."""
    opens_at = now.replace(second=0, microsecond=0)
    last_day = on_the_clock(opens_at, zone).date() + timedelta(days=days)
    try:
        return opens_at, to_utc(datetime.combine(last_day, LAST_MINUTE), zone)
    except BadTime:  # a clock that skips or repeats this minute
        return opens_at, opens_at + timedelta(days=days)


def move_window(table: Table, opens_at: datetime, closes_at: datetime, timezone: str) -> Table:
    """A campaign's table with another window, given as moments: each release keeps its share of the way between."""
    before, zone = ZoneInfo(table["timezone"]), ZoneInfo(timezone)
    old = to_utc(table["opens"], before), to_utc(table["closes"], before)
    new = opens_at, closes_at

    def moved(value: Any) -> Any:
        return to_local(_stretch(to_utc(value, before), old, new), zone) if isinstance(value, datetime) else value
    prizes = [prize if "releases" not in prize else prize | {
        "releases": [{key: moved(value) for key, value in release.items()} for release in prize["releases"]]}
        for prize in table.get("prizes", [])]
    return table | {"timezone": zone.key, "opens": to_local(opens_at, zone), "closes": to_local(closes_at, zone),
                    "prizes": prizes}


def _stretch(moment: datetime, old: tuple[datetime, datetime], new: tuple[datetime, datetime]) -> datetime:
    """The moment that lies in the new window as this one lies in the old one, in whole minutes."""
    if old == new:
        return moment
    share = (moment - old[0]) / (old[1] - old[0])
    return (new[0] + (new[1] - new[0]) * share).replace(second=0, microsecond=0)
