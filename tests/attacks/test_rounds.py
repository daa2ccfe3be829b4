"""Attacks with rounds: two at once, throw bad ones away, finish one many times at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from prizes.audit import audit
from prizes.award import Award
from prizes.db import Base, new_id
from prizes.stock import Stock
from server.db import Database, transaction
from server.play.round import Round, RoundState, find_open_round
from tests.rig.app import add_campaign
from tests.rig.clock import FakeClock
from tests.rig.play import Play, Player, json_of, problem_of
from tests.rig.race import PATIENCE_S, Race

AT_ONCE = 16


def at_once(call: Callable[[], TestResponse], times: int = AT_ONCE) -> list[TestResponse]:
    """The answers to the same call made by many threads at the same moment."""
    start = Barrier(times, timeout=PATIENCE_S)

    def wait_and_call() -> TestResponse:
        start.wait()
        return call()

    with ThreadPoolExecutor(times) as threads:
        running = [threads.submit(wait_and_call) for _ in range(times)]
        return [answer.result() for answer in running]


def test_of_sixteen_rounds_opened_at_once_one_opens(alice: Player, database: Database) -> None:
    answers = at_once(lambda: alice.post("/campaigns/boss/rounds"))
    opened = [answer.get_json()["round"]["id"] for answer in answers if answer.status_code == 201]
    refused = [answer for answer in answers if answer.status_code != 201]
    assert len(opened) == 1
    assert [problem_of(answer) for answer in refused] == ["round_open"] * (AT_ONCE - 1)
    assert {answer.get_json()["round_id"] for answer in refused} == set(opened)
    with database.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Round)) == 1


def open_naively(sample: Round, looked: Barrier) -> Callable[[Session], bool]:
    """Look whether a round is open, then open one: what a server does that does not ask the database to referee."""

    def open_one(session: Session) -> bool:
        assert find_open_round(session, sample.player_id) is None
        session.rollback()
        looked.wait()
        values = {column.name: getattr(sample, column.name) for column in Round.__table__.columns}
        with transaction(session):
            session.add(Round(**{**values, "id": new_id(), "state": RoundState.OPEN, "ending": None}))
        return True

    return open_one


@pytest.fixture
def closed_round(alice: Player, database: Database) -> Round:
    play = alice.open().pass_waves(9)
    with database.sessions() as session:
        return session.get_one(Round, play.id)


@pytest.fixture
def no_referee(database: Database) -> Iterator[None]:
    """The index that allows one open round is away; it comes back, since tests may share a database."""
    table = Base.metadata.tables["round"]
    referee = next(index for index in table.indexes if index.name == "uq_round_open")
    with database.engine.begin() as connection:
        referee.drop(connection)
    yield
    with database.engine.begin() as connection:
        connection.execute(update(table).values(state=RoundState.CLOSED))
        referee.create(connection)


@pytest.mark.usefixtures("no_referee")
def test_two_open_if_one_only_looks_first(race: Race, closed_round: Round) -> None:
    assert race(open_naively(closed_round, Barrier(2, timeout=PATIENCE_S)), players=2) == [True, True]


def test_the_database_lets_only_one_be_open(race: Race, closed_round: Round) -> None:
    with pytest.raises(IntegrityError):
        race(open_naively(closed_round, Barrier(2, timeout=PATIENCE_S)), players=2)


def abandon(player: Player, clock: FakeClock, slug: str) -> Play:
    """Open a round, look at its first wave, and leave until it is closed."""
    play = player.open(slug)
    clock.advance(seconds=140)
    return play


def test_a_bad_start_cannot_be_rolled_again_for_free(alice: Player, database: Database, clock: FakeClock) -> None:
    add_campaign(database, "few", rounds_per_day=3)
    seeds = {abandon(alice, clock, "few").seeds[0] for _ in range(3)}
    assert len(seeds) == 3  # each opening is a new start
    assert json_of(alice.get("/campaigns/few"), 200)["rounds_left"] == 0
    response = alice.post("/campaigns/few/rounds")
    assert (response.status_code, problem_of(response)) == (429, "no_rounds_left")
    assert 0 < int(response.headers["Retry-After"]) <= 24 * 3600
    clock.advance(seconds=int(response.headers["Retry-After"]))
    assert alice.open("few").id


def test_without_a_limit_a_day_each_start_still_costs_its_time(alice: Player, clock: FakeClock) -> None:
    abandon(alice, clock, "boss")
    alice.open()
    assert problem_of(alice.post("/campaigns/boss/rounds")) == "round_open"


def test_an_abandoned_round_wins_nothing_that_a_finished_one_wins(alice: Player, charlie: Player) -> None:
    left, finished = alice.open(), charlie.open()
    for play in (left, finished):
        bot = play.bot(1, enough=400)
        play.clock.now = play.starts_at
        play.send(bot)
        play.send(bot)
    finished.pass_waves(7)
    finished.clock.advance(minutes=5)
    assert left.present()["outcome"]["score"] >= 150
    assert left.present()["outcome"]["awards"] == []
    assert len(finished.outcome["awards"]) == 1


def about_to_win(player: Player) -> Play:
    """A round whose last, empty submission is due and wins."""
    play = player.open()
    bot = play.bot(1, enough=300)
    for _ in range(8):
        play.send(bot)
    return play.wait()


def awards_in(database: Database) -> tuple[int, int, list[object]]:
    """(awards, units reserved, discrepancies of the books)."""
    with database.sessions() as session:
        awards = session.scalar(select(func.count()).select_from(Award)) or 0
        return awards, session.scalar(select(func.sum(Stock.reserved))) or 0, list(audit(session))


def test_a_round_finished_sixteen_times_at_once_gives_one_award_and_one_answer(
    alice: Player, database: Database
) -> None:
    play = about_to_win(alice)
    answers = at_once(lambda: alice.post(f"{play.path}/waves", {"wave": 9, "shots": []}))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.get_data() for answer in answers}) == 1
    assert len(answers[0].get_json()["outcome"]["awards"]) == 1
    assert awards_in(database) == (1, 1, [])


def test_a_round_finished_with_sixteen_logs_at_once_counts_one(alice: Player, database: Database) -> None:
    play = about_to_win(alice)
    logs = iter([[[2_400 + number, 10, 1_270]] for number in range(AT_ONCE)])
    answers = at_once(lambda: alice.post(f"{play.path}/waves", {"wave": 9, "shots": next(logs)}))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (AT_ONCE - 1)
    assert awards_in(database) == (1, 1, [])


def test_sixteen_rounds_of_sixteen_players_all_win(
    join: Callable[[], Player], app: Flask, clock: FakeClock, database: Database
) -> None:
    players = [join() for _ in range(AT_ONCE)]
    started = clock.now
    plays = []
    for player in players:  # each lives through the same minute
        clock.now = started
        plays.append(about_to_win(player))
    turns = iter(plays)

    def finish() -> TestResponse:
        play = next(turns)
        return play.player.post(f"{play.path}/waves", {"wave": 9, "shots": []})

    assert {answer.status_code for answer in at_once(finish)} == {200}
    assert awards_in(database) == (AT_ONCE, AT_ONCE, [])


def close_naively(round_id: str, looked: Barrier) -> Callable[[Session], bool]:
    """Read that a round is open, then close it: the naive way; True for whoever would go on to give an award."""

    def close(session: Session) -> bool:
        is_open = session.get_one(Round, round_id).state == RoundState.OPEN
        session.rollback()
        looked.wait()
        with transaction(session):
            session.execute(update(Round).where(Round.id == round_id).values(state=RoundState.CLOSED))
        return is_open

    return close


def test_two_finishes_both_count_if_one_only_reads_first(race: Race, alice: Player) -> None:
    close = close_naively(alice.open().id, Barrier(2, timeout=PATIENCE_S))
    assert race(close, players=2) == [True, True]
