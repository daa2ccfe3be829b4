"""Stock: every unit is somewhere, and the ledger says how it came there."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from prizes.ledger import Move
from prizes.stock import BrokenBooks, Stock, correct, hand_over, put_back, restock, take_one, withdraw
from server.db import transaction
from tests.prizes.scene import Scene
from tests.rig.clock import NOON


def columns(scene: Scene, prize_id: str) -> tuple[int, int, int, int, int]:
    stock = scene.stock(prize_id)
    return stock.received, stock.free, stock.reserved, stock.awarded, stock.withdrawn


def test_a_delivery_is_free_at_once_and_written_down(scene: Scene) -> None:
    prize_id = scene.add_prize(units=7)
    assert columns(scene, prize_id) == (7, 7, 0, 0, 0)
    assert [(entry.move, entry.units, entry.reason) for entry in scene.ledger()] == [
        (Move.RECEIVED, 7, "delivered")]


def test_the_last_unit_is_taken_once(session: Session, scene: Scene) -> None:
    prize_id = scene.add_prize(units=2)
    first, second = scene.win(player="alice"), scene.win(player="bob")
    assert first is not None
    assert second is not None
    with transaction(session):
        assert take_one(session, prize_id, first.id, NOON) is False
    assert columns(scene, prize_id) == (2, 0, 2, 0, 0)


def test_a_unit_goes_from_free_to_reserved_to_awarded(session: Session, scene: Scene) -> None:
    prize_id = scene.add_prize(units=3)
    award = scene.win()
    assert award is not None
    assert columns(scene, prize_id) == (3, 2, 1, 0, 0)
    with transaction(session):
        hand_over(session, prize_id, award.id, NOON)
    assert columns(scene, prize_id) == (3, 2, 0, 1, 0)
    assert {entry.move for entry in scene.ledger() if entry.award_id == award.id} == {
        Move.RESERVED, Move.AWARDED}


def test_a_unit_that_is_put_back_is_free_again(session: Session, scene: Scene) -> None:
    prize_id = scene.add_prize(units=1)
    award = scene.win()
    assert award is not None
    with transaction(session):
        put_back(session, prize_id, [award.id], "round_rejected", NOON)
    assert columns(scene, prize_id) == (1, 1, 0, 0, 0)


def test_what_is_not_reserved_is_neither_put_back_nor_handed_over(session: Session, scene: Scene) -> None:
    prize_id = scene.add_prize(units=1)
    with pytest.raises(BrokenBooks), transaction(session):
        put_back(session, prize_id, ["an award"], "round_rejected", NOON)
    with pytest.raises(BrokenBooks), transaction(session):
        hand_over(session, prize_id, "an award", NOON)


def test_no_more_is_withdrawn_than_is_free(session: Session, scene: Scene) -> None:
    prize_id = scene.add_prize(units=3)
    scene.win()
    with transaction(session):
        assert not withdraw(session, prize_id, 3, NOON, "damaged")
        assert withdraw(session, prize_id, 2, NOON, "damaged")
    assert columns(scene, prize_id) == (3, 0, 1, 0, 2)


def test_a_recount_changes_what_was_received_but_not_below_what_is_free(session: Session, scene: Scene) -> None:
    prize_id = scene.add_prize(units=3)
    scene.win()
    with transaction(session):
        assert correct(session, prize_id, -1, NOON, "recounted")
        assert not correct(session, prize_id, -2, NOON, "recounted")
        assert correct(session, prize_id, +4, NOON, "recounted")
    assert columns(scene, prize_id) == (6, 5, 1, 0, 0)


@pytest.mark.parametrize("units", [0, -1])
def test_less_than_one_unit_cannot_be_moved(session: Session, scene: Scene, units: int) -> None:
    prize_id = scene.add_prize(units=3)
    with pytest.raises(ValueError, match="1 is the least"), transaction(session):
        restock(session, prize_id, units, NOON, "delivered")
    with pytest.raises(ValueError, match="1 is the least"), transaction(session):
        withdraw(session, prize_id, units, NOON, "damaged")


def test_no_prize_no_delivery(session: Session) -> None:
    with transaction(session):
        assert restock(session, "no prize", 1, NOON, "delivered") is False


@pytest.mark.parametrize("change", [{"free": Stock.free - 4}, {"free": Stock.free - 1}, {"awarded": 1},
                                    {"reserved": -1, "free": Stock.free + 1}])
def test_the_database_refuses_a_row_that_does_not_add_up_or_has_debts(
        session: Session, scene: Scene, change: dict[str, object]) -> None:
    prize_id = scene.add_prize(units=3)
    with pytest.raises(IntegrityError), transaction(session):
        session.execute(update(Stock).where(Stock.prize_id == prize_id).values(change))
