"""Races for a code, on both databases. First that the race is there, then that it is used once and no cap passed."""

from itertools import count
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, find_campaign
from server.db import Database, transaction
from server.errors import Problem
from server.keys import derive_keys
from server.play.bonus_round import BonusRound
from server.play.posters.code import Mark, code_of
from server.play.posters.make_poster import Wish, make_poster
from server.play.posters.poster import Poster, PosterDay, PosterKind, PosterUse
from server.play.posters.unlock import Sent, unlock
from server.players.player import Player, add_player
from tests.rig.app import MASTER, add_campaign
from tests.rig.clock import NOON
from tests.rig.race import PATIENCE_S, Race

KEY = derive_keys(MASTER).poster
PLAYERS = 8


@pytest.fixture
def campaign(database: Database) -> Campaign:
    slug = add_campaign(database, "few", rounds_per_day=1)
    with database.sessions() as session:
        found = find_campaign(session, slug)
        assert found is not None
        return found


@pytest.fixture
def people(database: Database) -> list[Player]:
    with database.sessions() as session, transaction(session):
        return [add_player(session, NOON)[0] for _ in range(PLAYERS)]


def made(database: Database, campaign: Campaign, **wishes: Any) -> Poster:
    kind = PosterKind.PACK if "codes" in wishes else PosterKind.POSTER
    with database.sessions() as session:
        return make_poster(session, campaign, Wish("Race", kind, **wishes), NOON)


def outcome(session: Session, player: Player, campaign: Campaign, typed: str) -> str:
    try:
        unlock(session, player, campaign, Sent(typed, player.id), KEY, NOON)
    except Problem as problem:
        return problem.code
    return "unlocked"


def counted(database: Database, table: type[PosterUse | BonusRound]) -> int:
    with database.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_two_players_both_use_a_copy_if_we_read_then_write(
        database: Database, race: Race, campaign: Campaign, people: list[Player]) -> None:
    pack, meet, numbers = made(database, campaign, codes=5, bonus=1), Barrier(2, timeout=PATIENCE_S), count()

    def naive(session: Session) -> bool:
        """Look whether the copy was used, then write down that one has used it; the index is fooled by the number."""
        number = next(numbers)
        used = session.scalar(select(PosterUse.id).where(PosterUse.poster_id == pack.id))
        session.rollback()
        meet.wait()
        if used is not None:
            return False
        with transaction(session):
            session.add(PosterUse(poster_id=pack.id, copy=number + 1, player_id=people[number].id, at=NOON,
                                  counts_from=NOON))
        return True

    assert race(naive, players=2) == [True, True]  # the rig can show a race
    assert counted(database, PosterUse) == 2


def test_a_copy_is_used_by_one_player_whoever_comes_at_once(
        database: Database, race: Race, campaign: Campaign, people: list[Player]) -> None:
    pack, numbers = made(database, campaign, codes=5, bonus=1), count()
    typed = code_of(KEY, Mark(pack.number, 3))
    told = race(lambda session: outcome(session, people[next(numbers)], campaign, typed), players=PLAYERS)
    assert sorted(told) == ["code_used"] * (PLAYERS - 1) + ["unlocked"]
    assert (counted(database, PosterUse), counted(database, BonusRound)) == (1, 1)


def test_one_player_who_sends_a_posters_code_many_times_at_once_gets_it_once(
        database: Database, race: Race, campaign: Campaign, people: list[Player]) -> None:
    typed = code_of(KEY, Mark(made(database, campaign, bonus=2).number))
    told = race(lambda session: outcome(session, people[0], campaign, typed), players=PLAYERS)
    assert told == ["unlocked"] * PLAYERS  # the same answer each time
    assert (counted(database, PosterUse), counted(database, BonusRound)) == (1, 2)


def test_the_days_limit_holds_however_many_come_at_once(
        database: Database, race: Race, campaign: Campaign, people: list[Player]) -> None:
    poster, numbers = made(database, campaign, bonus=1, per_day=3), count()
    typed = code_of(KEY, Mark(poster.number))
    told = race(lambda session: outcome(session, people[next(numbers)], campaign, typed), players=PLAYERS)
    assert sorted(told) == ["cap_reached"] * (PLAYERS - 3) + ["unlocked"] * 3
    assert (counted(database, PosterUse), counted(database, BonusRound)) == (3, 3)
    with database.sessions() as session:
        assert session.scalars(select(PosterDay.unlocks)).all() == [3]
