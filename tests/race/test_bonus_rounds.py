"""Races for bonus rounds, on both databases. First that the race is there, then that no cap is ever passed."""

from itertools import count
from threading import Barrier, Lock

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from prizes.db import new_id
from server.campaigns.campaign import Campaign, find_campaign
from server.db import Database, transaction
from server.play.bonus_round import (
    EVER,
    BonusCount,
    BonusKind,
    BonusRound,
    Caps,
    Cause,
    bonus_rounds_left,
    give_bonus_round,
    spend_bonus_round,
)
from server.play.round import Round
from server.players.player import add_player
from server.simulation.rules import Rules
from tests.rig.app import add_campaign
from tests.rig.clock import NOON
from tests.rig.race import PATIENCE_S, Race


@pytest.fixture
def campaign(database: Database) -> Campaign:
    slug = add_campaign(database, "few", rounds_per_day=1, friend_rounds=5, friend_rounds_per_day=5)
    with database.sessions() as session:
        found = find_campaign(session, slug)
        assert found is not None
        return found


@pytest.fixture
def alice_id(database: Database) -> str:
    with database.sessions() as session, transaction(session):
        return add_player(session, NOON)[0].id


def counted(session: Session, alice_id: str) -> dict[str, int]:
    """What the counts say of Alice, and what there is."""
    kept = {"ever" if day == EVER else "day": units for day, units in session.execute(
        select(BonusCount.day, BonusCount.units).where(BonusCount.whose == alice_id)).all()}
    rows = select(func.count()).select_from(BonusRound).where(BonusRound.player_id == alice_id)
    return kept | {"rows": session.scalar(rows) or 0}


def test_two_friends_at_once_pass_the_cap_if_we_read_then_write(
        database: Database, race: Race, campaign: Campaign, alice_id: str) -> None:
    meet, numbers = Barrier(2, timeout=PATIENCE_S), count()

    def naive(session: Session) -> bool:
        earned = counted(session, alice_id)["rows"]
        session.rollback()
        meet.wait()
        if earned >= 1:
            return False
        with transaction(session):
            session.add(BonusRound(id=new_id(), campaign_id=campaign.id, player_id=alice_id, kind=BonusKind.FRIEND,
                                   cause=f"friend {next(numbers)}", earned_at=NOON))
        return True

    assert sum(race(naive, players=2)) == 2


def test_of_64_friends_at_once_five_count(
        database: Database, race: Race, campaign: Campaign, alice_id: str) -> None:
    numbers, lock = count(), Lock()

    def bring(session: Session) -> bool:
        with lock:
            number = next(numbers)
        with transaction(session):
            return give_bonus_round(session, campaign, alice_id, Cause(BonusKind.FRIEND, f"friend {number}"),
                                    Caps(None, 5, f"network {number % 4}", 3), NOON)

    assert sum(race(bring, players=8, attempts=8)) == 5
    with database.sessions() as session:
        assert counted(session, alice_id) == {"ever": 5, "day": 5, "rows": 5}
        networks = select(BonusCount.units).where(BonusCount.whose != alice_id)
        assert sum(session.scalars(networks)) == 5


def test_one_cause_gives_one_round_however_often_it_is_told_at_once(
        database: Database, race: Race, campaign: Campaign, alice_id: str) -> None:
    def bring(session: Session) -> bool:
        with transaction(session):
            return give_bonus_round(session, campaign, alice_id, Cause(BonusKind.SCAN, "poster"), Caps(9, 9), NOON)

    assert sum(race(bring, players=8, attempts=2)) == 1
    with database.sessions() as session:
        assert counted(session, alice_id) == {"ever": 1, "day": 1, "rows": 1}


def test_one_bonus_round_is_spent_once(database: Database, race: Race, campaign: Campaign, alice_id: str) -> None:
    with database.sessions() as session, transaction(session):
        assert give_bonus_round(session, campaign, alice_id, Cause(BonusKind.SCAN, "poster"), Caps(None, 9), NOON)

    def spend(session: Session) -> bool:
        with transaction(session):
            round_ = Round(id=new_id(), campaign_id=campaign.id, player_id=add_player(session, NOON)[0].id,
                           rules=Rules().as_json(), opened_at=NOON, wave_starts_at=NOON, closes_by=NOON)
            session.add(round_)
            session.flush()
            return spend_bonus_round(session, alice_id, campaign.id, round_.id)

    assert sum(race(spend, players=8)) == 1
    with database.sessions() as session:
        assert bonus_rounds_left(session, alice_id, campaign.id) == 0


def test_a_refused_one_leaves_no_count_behind(database: Database, campaign: Campaign, alice_id: str) -> None:
    """The day's cap is reached after the count in all was raised: that goes back."""
    with database.sessions() as session, transaction(session):
        for number in range(3):
            give_bonus_round(session, campaign, alice_id, Cause(BonusKind.FRIEND, f"{number}"), Caps(1, 9), NOON)
    with database.sessions() as session:
        assert counted(session, alice_id) == {"ever": 1, "day": 1, "rows": 1}


def test_the_database_itself_knows_a_cause_once(database: Database, campaign: Campaign, alice_id: str) -> None:
    with database.sessions() as session, transaction(session):
        give_bonus_round(session, campaign, alice_id, Cause(BonusKind.FRIEND, "one"), Caps(9, 9), NOON)
        give_bonus_round(session, campaign, alice_id, Cause(BonusKind.FRIEND, "two"), Caps(9, 9), NOON)
    with database.sessions() as session, pytest.raises(Exception, match=r"(?i)unique"), transaction(session):
        session.execute(update(BonusRound).values(cause="one"))
