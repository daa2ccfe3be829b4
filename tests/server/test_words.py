"""Dates and numbers are written as each language writes them, a date by its zone's calendar."""

from datetime import UTC, datetime

import pytest

from server.words import say_date, say_number

LATE = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(("locale", "zone", "said"), [
    ("en", "UTC", "December 1, 2026"), ("fr", "Europe/Paris", "2 décembre 2026"), ("de", "UTC", "1. Dezember 2026")])
def test_a_date_is_the_day_that_it_is_in_the_zone(locale: str, zone: str, said: str) -> None:
    assert say_date(locale, LATE, zone) == said


@pytest.mark.parametrize(("locale", "said"), [("en", "12,450"), ("fr", "12\u202f450"), ("it", "12.450")])
def test_a_number_has_its_language_s_separators(locale: str, said: str) -> None:
    assert say_number(locale, 12_450) == said
