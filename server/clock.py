"""The time, as a value that is handed in: the app has one clock, tests another."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import current_app

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's time in UTC."""
    return datetime.now(UTC)


def utc_now() -> datetime:
    """The time by the clock of the running app."""
    clock: Clock = current_app.extensions["popshot_clock"]
    return clock()


def rfc3339(moment: datetime) -> str:
    """A moment as the wire writes it: UTC, milliseconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def exact(moment: datetime) -> str:
    """The same to the microsecond, as it is stored: for moments that put things in order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def milliseconds(span: timedelta) -> int:
    """A span in whole milliseconds, rounded down (also below zero)."""
    return span // timedelta(milliseconds=1)
