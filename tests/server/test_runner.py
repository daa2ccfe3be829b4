"""What happens with time, done by one process at a time."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from prizes.audit import audit
from prizes.award import Award, AwardState
from prizes.caps import AwardTally, Cap, Tally
from prizes.prize import Prize, PrizeKind
from prizes.stock import BrokenBooks, Stock, add_prize, restock
from prizes.ways.ladder import add_step
from server.campaigns.campaign import Campaign
from server.db import Database, transaction
from server.outbox import OutboxLine
from server.play.forget_networks import forget_networks
from server.play.round import Ending, Round
from server.runner import LEASE, Runner, give_lease_back, run_all_due, take_lease
from tests.prizes.scene import Scene
from tests.rig.app import add_campaign
from tests.rig.bot import BEGINNER
from tests.rig.clock import FakeClock
from tests.rig.play import Player


@pytest.fixture
def runner(app: Flask, database: Database, clock: FakeClock) -> Runner:
    return Runner(database, app.extensions["popshot_play_terms"], clock)


def test_one_runner_works_until_its_lease_runs_out(database: Database, clock: FakeClock) -> None:
    with database.sessions() as session:
        assert take_lease(session, "first", clock())
        assert not take_lease(session, "second", clock())
        assert take_lease(session, "first", clock.advance(seconds=30))
        assert not take_lease(session, "second", clock.advance(seconds=31))
        assert take_lease(session, "second", clock.advance(seconds=LEASE.total_seconds()))


def test_all_that_is_overdue_goes_in_one_call_however_much_it_is(
        app: Flask, database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.runner.MOST_AT_ONCE", 2)
    scene = Scene(database)
    prize_id = scene.add_prize(units=9)
    for number in range(7):
        assert scene.win(player=f"player {number}")
    clock.advance(days=99)
    with database.sessions() as session:
        assert run_all_due(session, app.extensions["popshot_play_terms"], "first", clock)
    assert (scene.stock(prize_id).free, scene.stock(prize_id).reserved) == (9, 0)


def test_a_second_command_leaves_the_work_to_the_first(app: Flask, database: Database, clock: FakeClock) -> None:
    with database.sessions() as session:
        assert take_lease(session, "first", clock())
        assert not run_all_due(session, app.extensions["popshot_play_terms"], "second", clock)
        give_lease_back(session, "second", clock())
        assert not take_lease(session, "third", clock())


def test_a_lease_that_is_given_back_is_free_at_once_but_only_by_its_holder(
        database: Database, clock: FakeClock) -> None:
    with database.sessions() as session:
        assert take_lease(session, "first", clock())
        give_lease_back(session, "second", clock())
        assert not take_lease(session, "second", clock())
        give_lease_back(session, "first", clock())
        assert take_lease(session, "second", clock())


def test_what_nobody_claimed_is_won_again_even_when_the_runner_sleeps(
        alice: Player, database: Database, clock: FakeClock) -> None:
    add_campaign(database, "one")
    with database.sessions() as session, transaction(session):
        campaign_id = session.scalars(select(Campaign.id).where(Campaign.slug == "one")).one()
        prize = add_prize(session, Prize(campaign_id=campaign_id, names={"en": "Dart"}, kind=PrizeKind.PARCEL,
                                         value_cents=1, created_at=clock()))
        restock(session, prize.id, 1, clock(), "delivered")
        add_step(session, campaign_id, 1, prize.id)
    assert len(alice.play(1, BEGINNER, slug="one", enough=150).outcome["awards"]) == 1
    assert alice.play(2, BEGINNER, slug="one", enough=150).outcome["awards"] == []
    clock.advance(days=15)
    assert len(alice.play(3, BEGINNER, slug="one", enough=150).outcome["awards"]) == 1


def test_an_abandoned_round_is_closed_ranked_and_wins_nothing(
        alice: Player, runner: Runner, database: Database, clock: FakeClock) -> None:
    play = alice.open()
    bot = play.bot(1)
    for _ in range(3):
        play.send(bot)
    clock.advance(minutes=3)
    runner.look()
    with database.sessions() as session:
        round_ = session.get_one(Round, play.id)
        assert round_.ending == Ending.ABANDONED
        assert round_.score is not None
        assert round_.score > 150
        assert session.scalar(select(func.count()).select_from(Award)) == 0
    assert alice.get("/campaigns/boss/standings").get_json()["me"] == {"rank": 1, "score": round_.score}


def test_a_round_that_may_still_end_by_itself_is_left_alone(
        alice: Player, runner: Runner, database: Database, clock: FakeClock) -> None:
    play = alice.open()
    with database.sessions() as session:
        clock.now = session.get_one(Round, play.id).closes_by
    runner.look()
    assert play.present()["state"] == "open"
    clock.advance(milliseconds=1)
    runner.look()
    assert play.present()["state"] == "closed"


def test_an_award_that_nobody_claims_goes_back_to_stock(
        alice: Player, runner: Runner, database: Database, clock: FakeClock) -> None:
    outcome = alice.play(2, BEGINNER, enough=150).outcome
    assert len(outcome["awards"]) == 1
    clock.advance(days=14, seconds=1)
    runner.look()
    with database.sessions() as session:
        assert session.scalars(select(Award.state)).all() == [AwardState.EXPIRED]
        assert session.scalar(select(func.sum(Stock.reserved))) == 0


def test_two_looks_do_no_more_than_one(
        join: Callable[[], Player], runner: Runner, database: Database, clock: FakeClock) -> None:
    join().play(3, BEGINNER, enough=150)
    clock.advance(days=15)
    runner.look()
    with database.sessions() as session:
        once = session.scalars(select(Stock.free).order_by(Stock.prize_id)).all()
    runner.look()
    with database.sessions() as session:
        assert session.scalars(select(Stock.free).order_by(Stock.prize_id)).all() == once
        assert session.scalar(select(func.count()).select_from(OutboxLine)) == 0


def networks(database: Database) -> tuple[int, int, int]:
    """How many rounds, tallies and awards' tallies tell of a network."""
    with database.sessions() as session:
        counts = (select(func.count(Round.network)),
                  select(func.count()).select_from(Tally).where(Tally.cap == Cap.NETWORK),
                  select(func.count()).select_from(AwardTally).where(AwardTally.cap == Cap.NETWORK))
        rounds, tallies, awards = (session.scalar(count) or 0 for count in counts)
        return rounds, tallies, awards


@pytest.fixture
def capped(app: Flask, database: Database) -> None:
    """The demo campaign counts awards by network."""
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(per_network=50))


@pytest.mark.usefixtures("capped")
def test_networks_are_forgotten_a_week_later_and_the_books_still_agree(
        join: Callable[[], Player], runner: Runner, database: Database, clock: FakeClock) -> None:
    for number in (1, 2):
        assert join().play(number, BEGINNER, enough=400).outcome["awards"]
    clock.advance(days=6)
    assert join().play(3, BEGINNER, enough=400).outcome["awards"]
    runner.look()
    assert networks(database) == (3, 2, 3)  # two days of one network
    clock.advance(days=3)
    for _ in range(2):
        runner.look()
        assert networks(database) == (1, 1, 1)
    with database.sessions() as session:
        assert audit(session) == []
    clock.advance(days=30)  # the awards that nobody claimed are given up: their tallies are gone already
    runner.look()
    assert networks(database) == (0, 0, 0)
    with database.sessions() as session:
        assert set(session.scalars(select(Award.state))) == {AwardState.EXPIRED}
        assert audit(session) == []


@pytest.mark.usefixtures("capped")
def test_networks_are_forgotten_in_small_steps_the_oldest_first(
        join: Callable[[], Player], database: Database, clock: FakeClock) -> None:
    for number in (1, 2, 3):
        join().play(number, BEGINNER, enough=400)
        clock.advance(days=1)
    clock.advance(days=30)
    seen = []
    with database.sessions() as session:
        while forget_networks(session, clock(), most=1):
            seen.append(networks(database))
    assert seen == [(2, 2, 2), (1, 1, 1), (0, 0, 0)]


def test_a_database_that_is_away_does_not_end_the_runner(runner: Runner, database: Database) -> None:
    whole, runner.database = runner.database, Database(database.engine, _away)  # type: ignore[arg-type]
    runner.look()
    runner.database = whole
    runner.look()


def _away() -> None:
    raise OperationalError("SELECT 1", None, ConnectionError("away"))


def test_a_round_that_cannot_be_judged_keeps_no_other_open(
        alice: Player, charlie: Player, runner: Runner, database: Database, clock: FakeClock) -> None:
    unreadable, sound = alice.open(), charlie.open()
    with database.sessions() as session, transaction(session):
        session.execute(update(Round).where(Round.id == unreadable.id).values(rules={"version": 0}))
    clock.advance(hours=1)
    runner.look()
    assert sound.present()["state"] == "closed"


def test_a_failure_of_any_kind_does_not_end_the_runner(runner: Runner) -> None:
    clock, runner.clock = runner.clock, _broken
    runner.look()
    runner.clock = clock
    runner.look()


def _broken() -> datetime:
    raise BrokenBooks("a unit is missing")
