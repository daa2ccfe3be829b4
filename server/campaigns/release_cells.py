"""A release plan in one cell: `2026-12-01T09:00=100; 2026-12-02T09:00=50`, in the campaign's zone.

Each part is WHEN=UNITS. WHEN may go on with `/` and the end of the release, and with `@` and the hits to the boss that
open it. A time that comes twice in a night, when clocks go back, is written with its offset.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from prizes.prize import Release

PART = re.compile(r"(?P<opens>[^/@=]*)(/(?P<closes>[^/@=]+))?(@(?P<hits>[0-9]{1,9}))?=(?P<units>[0-9]{1,7})")
MOST_RELEASES = 400


class BadCell(ValueError):
    """A cell that cannot be read; the sentence says why, without a dot."""


@dataclass(frozen=True)
class Opening:
    """A release to be: see `prizes.prize.Release`."""

    units: int
    opens_at: datetime | None
    closes_at: datetime | None
    at_hits: int | None


def read_releases(cell: str, zone: ZoneInfo) -> tuple[Opening, ...]:
    """Raises BadCell."""
    parts = [part.strip() for part in cell.split(";") if part.strip()]
    if len(parts) > MOST_RELEASES:
        raise BadCell(f"{len(parts)} releases; {MOST_RELEASES} are the most")
    return tuple(_read_opening(part, zone) for part in parts)


def _read_opening(part: str, zone: ZoneInfo) -> Opening:
    match = PART.fullmatch(part)
    if match is None or not (match["opens"].strip() or match["closes"] or match["hits"]):
        raise BadCell(f"{part[:60]!r} is no release like 2026-12-01T09:00=100")
    opens_at, closes_at = (read_local(text.strip(), zone) if text and text.strip() else None
                           for text in (match["opens"], match["closes"]))
    if int(match["units"]) < 1:
        raise BadCell(f"{part[:60]!r} releases no unit")
    if opens_at and closes_at and opens_at >= closes_at:
        raise BadCell(f"{part[:60]!r} ends before it opens")
    return Opening(int(match["units"]), opens_at, closes_at, int(match["hits"]) if match["hits"] else None)


def read_local(text: str, zone: ZoneInfo) -> datetime:
    """A moment, from a time of a zone or one with an offset.

    Raises BadCell for one that there is not, or that comes twice there.
    """
    try:
        read = datetime.fromisoformat(text)
        moment = (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
        there = moment.astimezone(zone)
    except OverflowError:
        raise BadCell(f"{text[:40]!r} is too far away") from None
    except ValueError:
        raise BadCell(f"{text[:40]!r} is no time like 2026-12-01T09:00") from None
    if read.tzinfo is None and there.replace(tzinfo=None) != read:
        raise BadCell(f"{text} does not exist in {zone.key}: clocks skip it")
    if read.tzinfo is None and _comes_twice(there):
        raise BadCell(f"{text} comes twice in {zone.key}: write its offset too, like +01:00")
    return moment


def _comes_twice(local: datetime) -> bool:
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


def write_releases(releases: list[Release], zone: ZoneInfo) -> str:
    """The cell that `read_releases` takes."""
    return "; ".join(_write_release(release, zone) for release in releases)


def _write_release(release: Release, zone: ZoneInfo) -> str:
    opens = write_local(release.opens_at, zone) if release.opens_at else ""
    closes = f"/{write_local(release.closes_at, zone)}" if release.closes_at else ""
    hits = "" if release.at_hits is None else f"@{release.at_hits}"
    return f"{opens}{closes}{hits}={release.units}"


def write_local(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as a time of a zone, with the offset only where it is needed."""
    local = moment.astimezone(zone)
    shown = local if _comes_twice(local) else local.replace(tzinfo=None)
    return shown.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")
