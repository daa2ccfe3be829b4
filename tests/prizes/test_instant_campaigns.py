"""Whole campaigns with instant wins: everything goes out, and who polls wins no more often a round than others.

A thousand are played in memory, a small one through the database.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from prizes.audience import WAKING_HOURS
from prizes.planned import RolledMoment
from server.db import Database
from tests.prizes.instant_campaign import BY_DAY, FLAT, played
from tests.prizes.instant_scene import LAST, OPENS, InstantScene

CAMPAIGNS = 1_000


def test_in_a_thousand_campaigns_every_unit_goes_out_and_who_polls_wins_no_more_often_a_round() -> None:
    """Less often, in fact: it plays at night too, when few moments come and it meets mostly itself."""
    thousand = played(CAMPAIGNS, WAKING_HOURS, WAKING_HOURS)
    assert thousand.planned_left == 0
    assert thousand.rolled > CAMPAIGNS
    assert thousand.rolled_left == 0
    assert thousand.edge <= 1.05, f"{thousand.rate(polls=True):.5f} against {thousand.rate(polls=False):.5f} a round"


def test_the_rig_shows_an_edge_where_there_is_one() -> None:
    """A plan that knows nothing of its audience piles up moments while others sleep: who polls finds them."""
    assert played(40, FLAT, BY_DAY).edge > 1.5


@pytest.fixture
def scene(database: Database) -> InstantScene:
    return InstantScene(database, now=OPENS)


def open_and_claim(scene: InstantScene, won: int) -> int:
    """Open one gift; of those won, counted from `won`, every third is left to expire. How many were won."""
    awards = scene.open_gift()
    for number, award in enumerate(awards, won + 1):
        if number % 3:
            scene.claim(award)
    return len(awards)


def test_a_campaign_in_the_database_gives_every_unit_though_a_third_is_not_claimed(scene: InstantScene) -> None:
    prize_ids = [scene.add_prize(units=6), scene.add_prize(units=4)]
    scene.plan(*prize_ids)
    won = 0
    while scene.now < LAST:
        scene.expire()
        won += open_and_claim(scene, won)
        scene.now = min(scene.now + timedelta(hours=1), LAST)
    while given := open_and_claim(scene, won):  # what came, or rolled forward, since the last look
        won += given
    assert won > 10
    stocks = [scene.stock(prize_id) for prize_id in prize_ids]
    assert [(stock.free, stock.reserved + stock.awarded) for stock in stocks] == [(0, 6), (0, 4)]
    with scene.database.sessions() as session:
        rolled = session.scalars(select(RolledMoment)).all()
    assert rolled
    assert all(roll.taken_at for roll in rolled)
    scene.audit()
