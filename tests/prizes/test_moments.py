"""Winning moments: one for each unit, as dense as the audience, and nobody's to guess without the key."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import sqrt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from prizes.audience import WAKING_HOURS
from prizes.moments import (
    EPOCH,
    MILLISECOND,
    ROLL_WITHIN,
    Due,
    Recipe,
    Share,
    commitment_to,
    draw_below,
    first_due,
    is_drawn,
    milliseconds,
    moments_key,
    moments_of,
    rolled_to,
)
from tests.rig.clock import NOON

KEY = b"k" * 32
FLAT = (1,) * 24
ZONES = ("Europe/Paris", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham", "UTC")
SPRING = datetime(2027, 3, 28, tzinfo=ZoneInfo("Europe/Paris"))  # at 2 o'clock it becomes 3
AUTUMN = datetime(2027, 10, 31, tzinfo=ZoneInfo("Europe/Paris"))  # at 3 o'clock it becomes 2

starts = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
windows = st.tuples(starts, st.timedeltas(timedelta(milliseconds=1), timedelta(days=40)))


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    hours = draw(st.lists(st.integers(0, 9), min_size=24, max_size=24))
    spans = draw(st.lists(st.tuples(windows, st.integers(1, 40)), min_size=1, max_size=5))
    shares = tuple(Share(f"prize {number % 2}", number, units, start, start + length)
                   for number, ((start, length), units) in enumerate(spans))
    return Recipe(draw(st.sampled_from(ZONES)), tuple(hours), shares)


def alone(share: Share, recipe: Recipe) -> list[datetime]:
    """The moments of one share of a recipe."""
    times = moments_of(KEY, Recipe(recipe.timezone, recipe.hours, (share,)))[share.prize_id]
    return [EPOCH + time * MILLISECOND for time in times.tolist()]


def day(start: datetime, units: int, hours: tuple[int, ...] = FLAT) -> list[datetime]:
    """The moments of units spread over a local day of Paris."""
    end = datetime(start.year, start.month, start.day, tzinfo=start.tzinfo) + timedelta(days=1)  # at local midnight
    share = Share("prize", 0, units, start.astimezone(UTC), end.astimezone(UTC))
    return alone(share, Recipe("Europe/Paris", hours, (share,)))


@given(recipes())
def test_every_unit_has_exactly_one_moment_inside_its_release(recipe: Recipe) -> None:
    together: dict[str, list[int]] = {}
    for share in recipe.shares:
        moments = alone(share, recipe)
        assert len(moments) == share.units
        # What is stored knows microseconds; a window's first moment may be cut to its millisecond.
        assert all(share.starts_at - MILLISECOND < moment < share.ends_at for moment in moments)
        together.setdefault(share.prize_id, []).extend(map(milliseconds, moments))
    found = moments_of(KEY, recipe)
    assert {prize_id: times.tolist() for prize_id, times in found.items()} == {
        prize_id: sorted(times) for prize_id, times in together.items()}


@given(recipes())
def test_a_plan_is_the_same_whoever_works_it_out(recipe: Recipe) -> None:
    first = {prize_id: times.tolist() for prize_id, times in moments_of(KEY, recipe).items()}
    moments_of.cache_clear()
    assert {prize_id: times.tolist() for prize_id, times in moments_of(KEY, recipe).items()} == first


def test_a_plan_is_this_one_on_every_machine() -> None:
    """The numbers are ours, of the day that this was written; they may never change while a campaign runs."""
    moments = day(datetime(2027, 6, 1, tzinfo=ZoneInfo("Europe/Paris")), 3, WAKING_HOURS)
    assert [f"{moment:%H:%M:%S.%f}"[:-3] for moment in moments] == ["09:20:17.488", "16:38:51.993", "17:14:20.978"]


@pytest.mark.parametrize("other", [b"K" * 32, moments_key(KEY, "campaign", "nonce")])
def test_another_key_makes_other_moments(other: bytes) -> None:
    recipe = Recipe("Europe/Paris", FLAT, (Share("prize", 0, 100, NOON, NOON + timedelta(days=9)),))
    mine, theirs = moments_of(KEY, recipe)["prize"], moments_of(other, recipe)["prize"]
    assert not set(mine.tolist()) & set(theirs.tolist())


def test_another_nonce_campaign_or_installation_makes_another_key() -> None:
    keys = [moments_key(key, campaign, nonce) for key, campaign, nonce in
            ((KEY, "c", "n"), (KEY, "c", "m"), (KEY, "d", "n"), (b"", "c", "n"))]
    assert len(set(keys)) == len(set(map(commitment_to, keys))) == 4


@given(windows, st.sampled_from(ZONES), st.integers(0, 23))
def test_no_moment_lies_in_an_hour_in_which_nobody_plays(window: tuple[datetime, timedelta], zone: str,
                                                        quiet: int) -> None:
    start, length = window
    hours = tuple(0 if hour == quiet else 1 for hour in range(24))
    share = Share("prize", 0, 200, start, start + max(length, timedelta(hours=3)))
    local = [moment.astimezone(ZoneInfo(zone)).hour for moment in alone(share, Recipe(zone, hours, (share,)))]
    assert quiet not in local


def test_where_nobody_is_expected_at_all_every_moment_is_as_likely() -> None:
    moments = day(datetime(2027, 6, 1, tzinfo=ZoneInfo("Europe/Paris")), 24_000, (0,) * 24)
    assert chisquare(counts_by_hour(moments)).pvalue > 0.001


def counts_by_hour(moments: Sequence[datetime]) -> list[int]:
    local = [moment.astimezone(ZoneInfo("Europe/Paris")).hour for moment in moments]
    return [local.count(hour) for hour in range(24)]


def test_moments_are_as_dense_as_the_audience() -> None:
    moments = day(datetime(2027, 6, 1, tzinfo=ZoneInfo("Europe/Paris")), 100_000, WAKING_HOURS)
    expected = [100_000 * weight / sum(WAKING_HOURS) for weight in WAKING_HOURS]
    assert chisquare(counts_by_hour(moments), expected).pvalue > 0.001


@pytest.mark.parametrize(("night", "at_two"), [(SPRING, 0), (AUTUMN, 2)])
def test_an_hour_that_the_clocks_skip_has_no_moment_and_one_that_comes_twice_twice_as_many(
        night: datetime, at_two: int) -> None:
    hours = tuple(10 if hour in (2, 3) else 1 for hour in range(24))
    counts = counts_by_hour(day(night, 50_000, hours))
    for hour, length in ((2, at_two), (3, 1)):
        expected = 50_000 * 10 * length / (10 * at_two + 10 + 22)
        assert abs(counts[hour] - expected) <= 5 * sqrt(expected)


def test_one_in_ten_gifts_is_drawn() -> None:
    secrets = random.Random(4)
    drawn = sum(is_drawn(secrets.randbytes(32), "3.0", 10) for _ in range(50_000))
    assert abs(drawn - 5_000) <= 4 * sqrt(50_000 * 0.1 * 0.9)


def test_one_in_one_gifts_is_every_gift() -> None:
    assert all(is_drawn(bytes([number]) * 32, "3.0", 1) for number in range(100))


def test_each_gift_of_a_round_draws_for_itself_and_always_the_same() -> None:
    secret = b"s" * 32
    draws = [is_drawn(secret, f"{wave}.{index}", 2) for wave in range(1, 10) for index in range(8)]
    assert draws == [is_drawn(secret, f"{wave}.{index}", 2) for wave in range(1, 10) for index in range(8)]
    assert 20 < sum(draws) < 52


def test_every_number_is_as_likely_though_many_have_to_be_drawn_again() -> None:
    """Of 2^256 values a quarter lies past the last whole stretch: with a plain modulo half of all would be below."""
    size = 3 << 254
    drawn = [draw_below(b"k", str(number), size) for number in range(6_000)]
    assert max(drawn) < size
    thirds = [sum(1 for number in drawn if third <= 3 * number // size < third + 1) for third in range(3)]
    assert chisquare(thirds).pvalue > 0.001


@given(starts, st.sampled_from([1, 2, 90]).flatmap(
    lambda days: st.timedeltas(timedelta(milliseconds=2), timedelta(days=days))), st.text(max_size=20))
def test_what_is_given_up_may_be_won_again_within_a_day_and_long_before_the_close(
        given_up_at: datetime, left: timedelta, award_id: str) -> None:
    moment = EPOCH + rolled_to(KEY, award_id, given_up_at, given_up_at + left) * MILLISECOND
    assert given_up_at - MILLISECOND < moment <= given_up_at + min(ROLL_WITHIN, left / 2)


def test_rolled_moments_lie_all_over_the_day() -> None:
    start = milliseconds(NOON)
    rolled = [rolled_to(KEY, str(number), NOON, NOON + timedelta(days=9)) - start for number in range(2_400)]
    assert chisquare(np.bincount([moment // 3_600_000 for moment in rolled], minlength=24)).pvalue > 0.001


def at(*seconds: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([milliseconds(NOON) + 1000 * second for second in seconds], np.int64)


def test_the_oldest_moment_that_is_due_comes_first_and_one_of_each_prize() -> None:
    moments = {"cap": at(-9, -5, -1, 3), "plush": at(-7, 1)}
    rolled = [Due(int(at(-8)[0]), "plush", "an award"), Due(int(at(2)[0]), "cap", "another"),
              Due(int(at(-6)[0]), "plush", "a third")]
    due = first_due(moments, {"cap": 1, "plush": 0}, rolled, NOON)
    assert [(moment.prize_id, moment.rolled_from) for moment in due] == [
        ("plush", "an award"), ("plush", None), ("cap", None)]
    assert all(earlier.at <= later.at for earlier, later in pairwise(due))


def test_a_moment_is_due_from_its_millisecond_on() -> None:
    moments = {"cap": at(0)}
    assert first_due(moments, {"cap": 0}, (), NOON - MILLISECOND) == []
    assert len(first_due(moments, {"cap": 0}, (), NOON)) == 1
    assert first_due(moments, {"cap": 1}, (), NOON) == []


# Who stole the whole database, but no key


CAMPAIGNS = 10_000
UNITS = 6
MINUTE = timedelta(minutes=1)


def dumped(chance: random.Random) -> tuple[bytes, Recipe, dict[str, str]]:
    """A campaign of a day with its key, and beside it all that a dump holds of its plan."""
    nonce, campaign = chance.randbytes(10).hex(), chance.randbytes(10).hex()
    key = moments_key(chance.randbytes(32), campaign, nonce)
    recipe = Recipe("Europe/Paris", WAKING_HOURS, (Share(campaign, 0, UNITS, NOON, NOON + timedelta(days=1)),))
    return key, recipe, {"nonce": nonce, "commitment": commitment_to(key), "campaign": campaign}


def hits(key: bytes, recipe: Recipe, guessed_with: bytes) -> int:
    """How many of the minutes that a plan with another key names hold a moment."""
    prize_id = recipe.shares[0].prize_id
    true = {time // 60_000 for time in moments_of(key, recipe)[prize_id].tolist()}
    return len({time // 60_000 for time in moments_of(guessed_with, recipe)[prize_id].tolist()} & true)


def guesses(held: dict[str, str]) -> list[bytes]:
    """Keys that one could try with a dump: what lies there, and what is made of it as the program makes keys."""
    stored = [bytes.fromhex(held["nonce"]), bytes.fromhex(held["commitment"]), b"", bytes(32)]
    return [*stored, *(moments_key(key, held["campaign"], held["nonce"]) for key in stored)]


def test_with_a_dump_but_no_key_one_hits_moments_no_more_often_than_chance() -> None:
    chance = random.Random(9)
    by_key, by_chance, with_it, tries = 0, 0, 0, 0
    for _ in range(CAMPAIGNS):
        key, recipe, held = dumped(chance)
        guess = chance.choice(guesses(held))
        by_key += hits(key, recipe, guess)
        by_chance += hits(key, recipe, chance.randbytes(32))
        with_it += hits(key, recipe, key)
        tries += UNITS
    spread = sqrt(by_chance + by_key)
    assert abs(by_key - by_chance) <= 4 * spread, f"{by_key} of {tries} were hit, by chance {by_chance}"
    assert with_it > 0.99 * tries  # two moments may share a minute
