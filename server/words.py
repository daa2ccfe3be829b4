"""Dates and numbers as a language writes them, for what the server itself puts into words and pictures."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal


def say_date(locale: str, moment: datetime, zone: str) -> str:
    """The day of a moment in a zone, in full: "1 December 2026"."""
    return format_date(moment.astimezone(ZoneInfo(zone)), "long", locale=locale)


def say_number(locale: str, number: int) -> str:
    """A whole number with its language's separators."""
    return format_decimal(number, locale=locale)


def say_span(locale: str, seconds: int) -> str:
    """A span in the largest unit that fits twice, rounded: "3 hours", "90 minutes"."""
    return format_timedelta(timedelta(seconds=seconds), threshold=2, locale=locale)
