"""Times as a campaign's people write them: on the clock of its zone, which some nights skips an hour or repeats one."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from prizes.fault import Fault

YEARS = range(2000, 3001)


class BadTime(Fault):
    """A time that names no moment, or two; the sentence says why."""


@cache
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def to_utc(written: datetime, zone: ZoneInfo) -> datetime:
    """The moment of a local time, or of one with an offset.

    Raises BadTime when clocks never showed it or showed it twice, or when it is not in the years 2000 to 3000.
    """
    if written.year not in YEARS:
        raise BadTime(f"{written} is not in the years {YEARS[0]} to {YEARS[-1]}", code="years", least=YEARS[0],
                      most=YEARS[-1])
    if written.tzinfo is not None:
        return written.astimezone(UTC)
    first, second = (written.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if on_the_clock(first, zone) != written:
        raise BadTime(f"clocks in {zone} skip {written}", code="skipped")
    sooner, later = offset(first, zone), offset(second, zone)
    raise BadTime(f"clocks in {zone} show {written} twice; add the offset that you mean, {sooner} or {later}",
                  code="twice", sooner=sooner, later=later)


def to_local(moment: datetime, zone: ZoneInfo) -> datetime:
    """What `to_utc` takes for this moment: the local time, with its offset only where the clock shows it twice."""
    local = moment.astimezone(zone)
    plain = on_the_clock(moment, zone)
    other = plain.replace(tzinfo=zone, fold=1 - local.fold).astimezone(UTC)
    return plain if other == moment else datetime.fromisoformat(local.isoformat())


def on_the_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """What a clock of the zone shows, as a naive value."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def offset(moment: datetime, zone: ZoneInfo) -> str:
    """How far the zone is from UTC at a moment, like +02:00."""
    return moment.replace(microsecond=0).astimezone(zone).isoformat()[19:]
