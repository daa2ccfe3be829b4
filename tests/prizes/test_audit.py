"""The audit finds every kind of wrong book; each test here spoils one."""

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award, AwardState
from prizes.caps import AwardTally, Tally
from prizes.claim import Contact, claim, claim_code
from prizes.ledger import Move, Shelf, StockEntry
from prizes.planned import PlannedPrize, RolledMoment
from prizes.stock import Stock
from server.db import transaction
from tests.prizes.instant_scene import InstantScene, won_and_expired
from tests.prizes.scene import TERMS, Scene
from tests.rig.clock import NOON


@pytest.fixture
def award(session: Session, scene: Scene) -> Award:
    """A scene with an open award, a claimed one and free units; the open one."""
    scene.add_prize(units=5)
    claimed, still_open = scene.win(player="charlie"), scene.win()
    assert claimed is not None
    assert still_open is not None
    with transaction(session):
        claim(session, claim_code(TERMS.claim_key, claimed.id), Contact("charlie@example.org", ""), NOON)
    assert audit(session) == []
    return still_open


def findings(session: Session) -> set[str]:
    return {odd.what for odd in audit(session)}


def test_a_unit_that_moved_without_a_line_is_found(session: Session, award: Award) -> None:
    with transaction(session):
        session.execute(update(Stock).values(free=Stock.free - 1, withdrawn=Stock.withdrawn + 1))
    assert findings(session) == {"stock free, by the ledger", "stock withdrawn, by the ledger"}


def test_a_delivery_without_a_line_is_found(session: Session, award: Award) -> None:
    with transaction(session):
        session.execute(update(Stock).values(free=Stock.free + 1, received=Stock.received + 1))
    odd = audit(session)[1]
    assert (odd.what, odd.expected, odd.found) == ("stock outside, by the ledger", -5, -6)


def test_a_line_without_a_move_is_found(session: Session, award: Award) -> None:
    with transaction(session):
        session.add(StockEntry(prize_id=award.prize_id, move=Move.RESERVED, source=Shelf.FREE, target=Shelf.RESERVED,
                               units=1, award_id=award.id, reason="won", at=NOON))
    assert findings(session) == {"stock free, by the ledger", "stock reserved, by the ledger",
                                 "ledger lines of an award, reserved"}


def test_an_award_in_another_state_than_its_unit_is_found(session: Session, award: Award) -> None:
    with transaction(session):
        session.execute(update(Award).where(Award.id == award.id).values(state=AwardState.CLAIMED))
    assert findings(session) == {"stock reserved, by awards", "stock awarded, by awards", "claims of an award",
                                 "ledger lines of an award, awarded"}


def test_an_award_given_up_without_its_unit_is_found(session: Session, award: Award) -> None:
    with transaction(session):
        session.execute(update(Award).where(Award.id == award.id).values(state=AwardState.EXPIRED))
    assert findings(session) == {"stock reserved, by awards", "ledger lines of an award, given up",
                                 "awards of a tally"}


def test_a_tally_of_another_number_is_found(session: Session, award: Award) -> None:
    with transaction(session):
        session.execute(update(Tally).where(Tally.key == "alice").values(units=0))
    assert findings(session) == {"awards of a tally"}


def test_an_award_whose_tally_is_lost_is_found(session: Session, award: Award) -> None:
    with transaction(session):
        session.execute(delete(Tally).where(Tally.key == "alice"))
    assert findings(session) == {"a tally of an award"}


def test_an_award_that_never_raised_its_players_tally_is_found(session: Session, award: Award) -> None:
    with transaction(session):
        session.execute(delete(AwardTally).where(AwardTally.award_id == award.id))
    assert findings(session) == {"awards of a tally", "tallies of an award's player"}


def test_a_prize_without_its_stock_row_is_found(session: Session, award: Award) -> None:
    with transaction(session):
        session.execute(text("DELETE FROM stock"))
    assert "stock outside, by the ledger" in findings(session)


def test_a_winning_moment_that_no_award_took_is_found(session: Session, scene: Scene) -> None:
    instant = InstantScene(scene.database)
    prize_id = instant.plan_one(units=3)
    instant.open_gift()
    assert audit(session) == []
    with transaction(session):
        session.execute(update(PlannedPrize).where(PlannedPrize.prize_id == prize_id).values(taken=2))
    assert findings(session) == {"moments taken"}


def test_a_rolled_moment_that_no_award_took_is_found(session: Session, scene: Scene) -> None:
    won_and_expired(InstantScene(scene.database))
    assert audit(session) == []
    with transaction(session):
        session.execute(update(RolledMoment).values(taken_at=NOON))
    assert findings(session) == {"a rolled moment taken"}
