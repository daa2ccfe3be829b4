"""What a campaign's file says of its audience and of its steps is what the forecast plays with."""

import tomllib
from datetime import timedelta
from typing import Any

import numpy as np
from sqlalchemy import select

from prizes.audience import Audience
from prizes.forecast import Forecast
from prizes.planned import WinningPlan
from server.campaigns.campaign import find_campaign
from server.campaigns.foresee import foresee, read_outlook
from server.campaigns.load_draft import load_draft
from server.campaigns.toml_text import toml_of
from server.db import Database
from tests.campaigns.drafts import TOYS_FILE, Change, read
from tests.rig.clock import NOON

EVENING = 20
OPENS = 9  # o'clock, as the file says


def load_fair(database: Database, *changes: Change) -> None:
    """The example with all five ways, with some changes."""
    parsed = tomllib.loads((TOYS_FILE.parent / "fair.toml").read_text("utf-8"))
    for change in changes:
        change(parsed)
    with database.sessions() as session:
        load_draft(session, read(toml_of(parsed).encode()), NOON)


def foresee_fair(database: Database, *, rounds: int, days: int = 2) -> Forecast:
    with database.sessions() as session:
        campaign = find_campaign(session, "fair")
        assert campaign is not None
        outlook = read_outlook(session, campaign)
    return foresee(outlook, Audience(rounds, gifts=0.7), 50, 1, timedelta(days=days))


def test_plan_and_forecast_expect_the_same_hours_unless_a_file_says_others(database: Database) -> None:
    def without_hours(fair: dict[str, Any]) -> None:
        del fair["ways"]["instant_win"]["hours"]

    load_fair(database, without_hours)
    with database.sessions() as session:
        plan = session.scalars(select(WinningPlan)).one()
    assert plan.hours == list(Audience(1).hours)


def test_what_a_step_releases_waits_for_the_hits_of_all_and_each_step_is_told(database: Database) -> None:
    load_fair(database)
    few, many = (foresee_fair(database, rounds=rounds, days=30) for rounds in (3_000, 60_000))
    assert [[(step.hits, step.reached) for step in seen.steps] for seen in (few, many)] == [
        [(200_000, 0.0), (400_000, 0.0)], [(200_000, 1.0), (400_000, 1.0)]]
    cap_of = [next(one for one in seen.prizes if one.prize.name == "Boss-size cap") for seen in (few, many)]
    assert [cap.given[2] for cap in cap_of] == [250, 400]  # 150 wait for 400,000 hits


def test_the_hours_of_a_file_are_those_of_the_whole_forecast(database: Database) -> None:
    def in_the_evening(fair: dict[str, Any]) -> None:
        fair["ways"]["instant_win"]["hours"] = [int(hour == EVENING) for hour in range(24)]

    load_fair(database, in_the_evening)
    seen = {one.prize.name: one for one in foresee_fair(database, rounds=3_000).prizes}
    for name in ("Boss-size cap", "Golden dart"):  # one of the ladder, one of the plan
        given_in = np.flatnonzero(np.diff(seen[name].gone[:, 1])) + OPENS
        assert {int(hour) % 24 for hour in given_in} == {EVENING}
