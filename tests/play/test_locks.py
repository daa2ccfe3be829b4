"""Who waits for whom in the database that locks rows: nobody in a circle, and nobody reads what is being erased."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from prizes.award import Award, Way
from prizes.stock import Stock
from prizes.ways.standings import confirm_places
from server.campaigns.campaign import Campaign, get_campaign
from server.db import Database, transaction
from server.errors import Problem
from server.fairplay.review import ReviewRuling, ask_review, rule_on_review
from server.fairplay.signs import Sign
from server.play import places
from server.play.places import show_places
from server.play.rule_on_round import reject_round
from server.play.standings import Standing, keep_best
from server.players.player import Player as PlayerRow
from tests.play.later import OVER, later_campaign
from tests.rig.app import PLAY_TERMS, fresh_app
from tests.rig.bot import GOOD
from tests.rig.clock import FakeClock
from tests.rig.databases import fresh_postgres
from tests.rig.play import Player

MOST_LOOKS = 10_000
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")

Outcome = TypeVar("Outcome")


@pytest.fixture
def database(prepared_postgres: str, tmp_path: Path) -> Iterator[Database]:
    with fresh_postgres(prepared_postgres) as fresh:
        yield fresh


@pytest.fixture
def app(database: Database, clock: FakeClock) -> Flask:
    return fresh_app(database, clock)


@contextmanager
def meanwhile(database: Database, deed: Callable[[Session], Outcome]) -> Iterator[Future[Outcome]]:
    """Begin a deed in a session of its own and go on when it waits for a lock (or is done, or has failed)."""

    def act() -> Outcome:
        with database.sessions() as session:
            return deed(session)

    with ThreadPoolExecutor(1) as thread:
        doing = thread.submit(act)
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watcher:
            assert any(doing.done() or watcher.scalar(WAITING) for _ in range(MOST_LOOKS))
        yield doing


def test_a_rejection_and_a_close_of_the_same_player_do_not_wait_in_a_circle(
        alice: Player, database: Database, clock: FakeClock) -> None:
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(review_line=0))
    held = alice.play(1, GOOD)
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(review_line=10**6))
    better = alice.play(2, GOOD)
    with database.sessions() as session:
        won = session.scalars(select(Award).where(Award.round_id == held.id)).one()
        # As a close does: first the stock row, then the place in the standings.
        session.execute(update(Stock).where(Stock.prize_id == won.prize_id).values(free=Stock.free))
        with meanwhile(database, lambda other: reject_round(other, held.id, "why", "Mona", clock())) as rejecting:
            keep_best(session, won.campaign_id, alice.id, better.id, 10**6, clock())
            session.commit()
            assert rejecting.result() == 1


def test_a_round_that_ends_while_its_player_is_erased_does_not_rank(alice: Player, database: Database) -> None:
    play = alice.open()
    bot = play.bot(1, GOOD)
    while play.wave < 9:
        play.send(bot)
    with database.sessions() as session:
        session.execute(update(PlayerRow).where(PlayerRow.id == alice.id).values(token_hash=None, alias=None))
        with meanwhile(database, lambda other: play.send(bot)) as ending:
            session.commit()
            assert ending.result()["outcome"]["verdict"] == "accepted"
        assert session.scalars(select(Standing)).all() == []


@pytest.fixture
def place(alice: Player, database: Database, clock: FakeClock) -> Award:
    """The award of a place that waits for a person's word, and a look that was asked for."""
    slug = later_campaign(database, "secret")
    alice.play(1, GOOD, slug=slug)
    clock.now = OVER
    with database.sessions() as session:
        show_places(session, get_campaign(session, slug), PLAY_TERMS, clock())
        award = session.scalars(select(Award).where(Award.way == Way.STANDINGS)).one()
        with transaction(session):
            ask_review(session, award.round_id, award.campaign_id, [Sign.PLACE_WITH_PRIZE], clock())
    return award


def how_it_ends(deed: Callable[[], object]) -> str:
    try:
        deed()
    except OperationalError as error:
        return "deadlock" if "deadlock" in str(error) else str(error)
    return "done"


def test_a_confirmation_without_the_desk_and_a_rejection_wait_in_a_circle(
        place: Award, database: Database, clock: FakeClock) -> None:
    """The control: first the award and then the look, beside a rejection that has the look and wants the award."""
    with database.sessions() as session:
        confirm_places(session, place.campaign_id, (), 14, clock())
        with meanwhile(database, lambda other: reject_round(other, place.round_id, "why", "Bob", clock())) as rejecting:
            confirmed = how_it_ends(lambda: rule_on_review(session, place.round_id, ReviewRuling.RELEASE, "", "Mona",
                                                           clock()))
            session.rollback()
            assert sorted([confirmed, how_it_ends(rejecting.result)]) == ["deadlock", "done"]


def test_a_confirmation_and_a_rejection_of_the_same_place_take_turns(
        place: Award, database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as middle, database.sessions() as session:
        rejections: list[Future[int]] = []

        def confirm_and_be_rejected(*given: Any) -> list[Award]:
            awards = confirm_places(*given)
            rejections.append(middle.enter_context(meanwhile(
                database, lambda other: reject_round(other, place.round_id, "why", "Bob", clock()))))
            return awards

        monkeypatch.setattr(places, "confirm_places", confirm_and_be_rejected)
        (confirmed,) = places.confirm(session, get_campaign(session, "later"), (), "Mona", PLAY_TERMS, clock())
        assert confirmed.id == place.id
        with pytest.raises(Problem, match="waits for no ruling"):
            rejections[0].result()
