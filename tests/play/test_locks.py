"""Who waits for whom in the database that locks rows: nobody in a circle, and nobody reads what is being erased."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from prizes.award import Award
from prizes.stock import Stock
from server.campaigns.campaign import Campaign
from server.db import Database, transaction
from server.play.rule_on_round import reject_round
from server.play.standings import Standing, keep_best
from server.players.player import Player as PlayerRow
from tests.rig.app import fresh_app
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
