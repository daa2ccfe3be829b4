"""The window is [open, close) whatever the zone's clocks do, and a day of rounds is the zone's own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import update

from server.campaigns.campaign import Campaign, CampaignState, Phase
from server.campaigns.local_time import BadTime, on_the_clock, to_local, to_utc, zone_names
from server.db import Database
from server.play.open_round import next_day, start_of_day
from tests.rig.app import add_campaign
from tests.rig.bot import BEGINNER
from tests.rig.clock import NOON, FakeClock
from tests.rig.play import Player, problem_of

INSTANT = timedelta(microseconds=1)
ZONES = sorted(zone_names())
YEARS = (datetime(2026, 1, 1), datetime(2060, 1, 1))  # noqa: DTZ001
LEAP_DAY = datetime(2028, 2, 29, 12)  # noqa: DTZ001
zones = st.sampled_from(ZONES).map(ZoneInfo)
local_times = st.datetimes(*YEARS)
moments = st.datetimes(*YEARS, timezones=st.just(UTC))


def turns_of(zone: tzinfo, year: int) -> list[datetime]:
    """The moments, to the minute, at which the zone's clocks are put on or back in a year."""
    hours = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(24 * 366)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return [hours[place] for place in range(1, len(hours)) if offsets[place] != offsets[place - 1]]


def campaign(opens_at: datetime, closes_at: datetime, zone: str = "UTC") -> Campaign:
    return Campaign(slug="boss", state=CampaignState.PUBLISHED, opens_at=opens_at, closes_at=closes_at, timezone=zone)


@given(zones, local_times, st.timedeltas(INSTANT, timedelta(days=400)), st.sampled_from([-1, 0, 1]))
@example(ZoneInfo("Europe/Paris"), LEAP_DAY, timedelta(days=1), 0)
def test_a_campaign_is_open_from_its_opening_up_to_its_close_and_not_a_microsecond_more(
        zone: ZoneInfo, opens: datetime, length: timedelta, instants: int) -> None:
    try:
        opens_at, closes_at = to_utc(opens, zone), to_utc(opens + length, zone)
    except BadTime:
        return  # a night's hour that is skipped or shown twice: a file says it with an offset
    if opens_at < closes_at:
        here = campaign(opens_at, closes_at, zone.key)
        for end in (opens_at, closes_at):
            now = end + instants * INSTANT
            assert (here.phase(now) == Phase.OPEN) == (opens_at <= now < closes_at)


@given(zones, moments)
def test_every_moment_of_every_zone_can_be_written_and_is_read_back(zone: ZoneInfo, moment: datetime) -> None:
    assert to_utc(to_local(moment, zone), zone) == moment


@given(zones, local_times)
@example(ZoneInfo("Europe/Paris"), datetime(2027, 3, 28, 2, 30))  # noqa: DTZ001
@example(ZoneInfo("Europe/Paris"), datetime(2027, 10, 31, 2, 30))  # noqa: DTZ001
def test_a_local_time_is_a_moment_at_which_clocks_show_it_or_it_is_refused(zone: ZoneInfo, local: datetime) -> None:
    shown = {local.replace(tzinfo=UTC) + timedelta(minutes=15 * quarters) for quarters in range(-64, 65)}
    try:
        moment = to_utc(local, zone)
    except BadTime:
        assert sum(on_the_clock(moment, zone) == local for moment in shown) != 1
    else:
        assert on_the_clock(moment, zone) == local


@pytest.mark.parametrize("name", ZONES)
def test_a_day_of_rounds_begins_where_the_zones_date_does(name: str) -> None:
    """Around each turn of the clocks of a year, and on 29 February; some zones skip midnight that night."""
    zone = ZoneInfo(name)
    here = campaign(NOON, NOON + timedelta(days=1), name)
    around = [turn + timedelta(minutes=minutes) for turn in turns_of(zone, 2028) for minutes in range(-1500, 1501, 30)]
    for now in [*around, LEAP_DAY.replace(tzinfo=UTC)]:
        start, end = start_of_day(here, now), next_day(here, now)
        today = now.astimezone(zone).date()
        assert start <= now < end
        assert start.astimezone(zone).date() == today == (end - INSTANT).astimezone(zone).date()
        assert (start - INSTANT).astimezone(zone).date() == today - timedelta(days=1)
        assert end.astimezone(zone).date() == today + timedelta(days=1)


@pytest.mark.parametrize(("instants", "code"), [(-1, "campaign_not_open"), (0, None)])
def test_a_round_opens_from_the_first_instant_on(
        app: Flask, database: Database, clock: FakeClock, alice: Player, instants: int, code: str | None) -> None:
    add_campaign(database, "short", opens_at=NOON + timedelta(days=1))
    clock.now = NOON + timedelta(days=1) + instants * INSTANT
    opened = alice.post("/campaigns/short/rounds")
    assert (None if opened.status_code == 201 else problem_of(opened)) == code


def test_a_round_opened_in_the_last_instant_is_finished_after_the_close_and_wins(
        app: Flask, clock: FakeClock, database: Database, join: Callable[[], Player]) -> None:
    closes_at = NOON + timedelta(hours=1)
    with database.engine.begin() as connection:
        connection.execute(update(Campaign).values(closes_at=closes_at))
    alice, late = join(), join()
    clock.now = closes_at - INSTANT
    play = alice.open()
    clock.now = closes_at
    assert problem_of(late.post("/campaigns/boss/rounds")) == "campaign_closed"
    outcome = play.finish(play.bot(1, BEGINNER, enough=400))
    assert clock.now > closes_at
    assert outcome["awards"]


def test_a_refusal_tells_the_local_time_and_its_zone(
        app: Flask, database: Database, alice: Player) -> None:
    add_campaign(database, "winter", opens_at=datetime(2027, 1, 1, 11, tzinfo=UTC), timezone="Asia/Tokyo")
    told = alice.post("/campaigns/winter/rounds").get_json()["detail"]
    assert told == "This campaign opens at 2027-01-01 20:00 (Asia/Tokyo)."
