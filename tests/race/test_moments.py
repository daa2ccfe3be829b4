"""Races for winning moments, on both databases. First that the race is there, then that no moment is taken twice."""

from collections.abc import Callable
from threading import Barrier

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from prizes.planned import PlannedPrize
from server.db import Database, transaction
from tests.prizes.instant_scene import DAY, InstantScene, open_gift, won_and_expired
from tests.rig.race import PATIENCE_S, Race


@pytest.fixture
def scene(database: Database) -> InstantScene:
    return InstantScene(database)


def naive_take(prize_id: str, players: int) -> Callable[[Session], bool]:
    """What not to do: read how many are taken, then write one more."""
    everybody_has_read = Barrier(players, timeout=PATIENCE_S)

    def attempt(session: Session) -> bool:
        seen = session.get_one(PlannedPrize, prize_id).taken
        session.rollback()
        everybody_has_read.wait()
        if seen > 0:
            return False
        with transaction(session):
            session.execute(update(PlannedPrize).where(PlannedPrize.prize_id == prize_id).values(taken=seen + 1))
        return True

    return attempt


def test_two_rounds_both_take_the_last_moment_if_we_read_then_write(scene: InstantScene, race: Race) -> None:
    assert sum(race(naive_take(scene.plan_one(), 2), players=2)) == 2


def test_of_16_rounds_at_the_last_moment_one_wins(scene: InstantScene, race: Race) -> None:
    scene.plan_one()
    won = race(lambda session: len(open_gift(session, now=scene.now)), players=16)
    assert sum(won) == 1
    scene.audit()


def test_four_rolled_moments_are_won_once_each_however_many_try(scene: InstantScene, race: Race) -> None:
    """With units left for a second taker: the moment's own row must say no."""
    won_and_expired(scene, units=4)
    scene.now += DAY
    won = race(lambda session: len(open_gift(session, now=scene.now)), players=16, attempts=8)
    assert sum(won) == 4
    scene.audit()


def test_one_gift_opened_16_times_at_once_takes_one_moment(scene: InstantScene, race: Race) -> None:
    prize_id = scene.plan_one(units=50)
    won = race(lambda session: open_gift(session, "alice", "round", now=scene.now)[0].id, players=16)
    assert len(set(won)) == 1
    assert scene.stock(prize_id).free == 49
    scene.audit()


def test_of_1_024_tries_at_100_moments_100_win(scene: InstantScene, race: Race) -> None:
    prize_id = scene.plan_one(units=100)
    won = race(lambda session: len(open_gift(session, now=scene.now)), players=16, attempts=64)
    assert sum(won) == 100
    assert (scene.stock(prize_id).free, scene.stock(prize_id).reserved) == (0, 100)
    scene.audit()
