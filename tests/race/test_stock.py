"""Races for the stock, on both databases. First that the race is there, then that nobody wins it twice."""

from collections.abc import Callable
from threading import Barrier

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import AwardState
from prizes.claim import Claim, ClaimContact, ClaimExpired, Contact, claim, claim_code
from prizes.give_up import expire_awards
from prizes.stock import Stock
from server.db import Database, transaction
from tests.prizes.scene import TERMS, Scene, win
from tests.rig.race import PATIENCE_S, Race

ALICE = Contact("alice@example.org", "Alice")


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def naive_take_one(prize_id: str, players: int) -> Callable[[Session], bool]:
    """What not to do: read, then write what follows from it. The barrier lets everybody read first."""
    everybody_has_read = Barrier(players, timeout=PATIENCE_S)

    def attempt(session: Session) -> bool:
        seen = session.execute(select(Stock.free, Stock.reserved).where(Stock.prize_id == prize_id)).one()
        session.rollback()
        everybody_has_read.wait()
        if seen.free < 1:
            return False
        with transaction(session):
            session.execute(update(Stock).where(Stock.prize_id == prize_id)
                            .values(free=seen.free - 1, reserved=seen.reserved + 1))
        return True

    return attempt


def assert_books_are_right(database: Database) -> None:
    with database.sessions() as session:
        assert audit(session) == []


def test_two_players_both_win_the_last_prize_if_we_read_then_write(scene: Scene, race: Race) -> None:
    prize_id = scene.add_prize(units=1)
    assert sum(race(naive_take_one(prize_id, players=2), players=2)) == 2


def test_only_one_player_wins_the_last_prize(scene: Scene, race: Race) -> None:
    scene.add_prize(units=1)
    awards = race(win, players=16)
    assert sum(award is not None for award in awards) == 1


def test_of_320_attempts_at_a_stock_of_50_exactly_50_win(scene: Scene, race: Race) -> None:
    prize_id = scene.add_prize(units=50)
    won = [award for award in race(win, players=8, attempts=40) if award is not None]
    assert len(won) == len({award.id for award in won}) == len({award.code_hash for award in won}) == 50
    assert len(scene.awards()) == 50
    stock = scene.stock(prize_id)
    assert (stock.free, stock.reserved) == (0, 50)
    assert len([entry for entry in scene.ledger() if entry.award_id]) == 50
    assert_books_are_right(scene.database)


def test_one_round_awarded_16_times_at_once_gets_one_award_of_one_unit(scene: Scene, race: Race) -> None:
    prize_id = scene.add_prize(units=50, per_player=50)
    awards = race(lambda session: win(session, player="alice", round_id="the round"), players=16)
    assert len({award.id for award in awards if award is not None}) == 1
    assert None not in awards
    assert scene.stock(prize_id).free == 49
    assert_books_are_right(scene.database)


def test_one_player_in_16_rounds_at_once_gets_no_more_than_the_cap(scene: Scene, race: Race) -> None:
    prize_id = scene.add_prize(units=50, per_player=2)
    awards = race(lambda session: win(session, player="alice"), players=16)
    assert sum(award is not None for award in awards) == 2
    assert scene.stock(prize_id).free == 48
    assert_books_are_right(scene.database)


def test_one_code_claimed_16_times_at_once_is_one_claim_with_one_answer(scene: Scene, race: Race) -> None:
    prize_id = scene.add_prize(units=2)
    code = claim_code(TERMS.claim_key, win_one(scene))

    def attempt(session: Session) -> str:
        with transaction(session):
            claimed = claim(session, code, ALICE, scene.now)
            assert isinstance(claimed, Claim)
            return claimed.body_hash

    assert len(set(race(attempt, players=16))) == 1
    assert [scene.count(Claim), scene.count(ClaimContact)] == [1, 1]
    assert scene.stock(prize_id).awarded == 1
    assert_books_are_right(scene.database)


def test_a_claim_in_time_and_an_expiry_at_once_leave_one_of_the_two(scene: Scene, race: Race) -> None:
    """The clocks of two processes differ: one takes the award for open, the other for overdue."""
    prize_id = scene.add_prize(units=10)
    codes = [claim_code(TERMS.claim_key, win_one(scene)) for _ in range(10)]
    before, after = scene.awards()[0].awarded_at, scene.awards()[0].claim_before
    todo = iter([*((code, None) for code in codes), *((None, 10) for _ in range(4))])

    def attempt(session: Session) -> int:
        code, most = next(todo)
        with transaction(session):
            if code is None:
                return expire_awards(session, after, most or 0)
            try:
                claim(session, code, Contact(f"{code}@example.org"), before)
            except ClaimExpired:
                return 0
            return 1

    assert sum(race(attempt, players=14)) == 10
    stock, states = scene.stock(prize_id), [award.state for award in scene.awards()]
    assert stock.awarded == states.count(AwardState.CLAIMED)
    assert stock.free == states.count(AwardState.EXPIRED)
    assert stock.awarded + stock.free == 10
    assert_books_are_right(scene.database)


def win_one(scene: Scene) -> str:
    """The id of a stranger's award."""
    with scene.database.sessions() as session:
        award = win(session)
    assert award is not None
    return award.id
