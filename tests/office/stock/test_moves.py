"""Restock, correct, withdraw: once each, told with before and after, refused in a sentence with the numbers."""

from typing import Any

from sqlalchemy import select

from prizes.audit import audit
from prizes.ledger import Move, StockEntry
from prizes.planned import PlannedPrize, WinningPlan
from prizes.stock import Stock
from server.backoffice.acts.act import ActText
from server.backoffice.rights import Role
from server.backoffice.stock.move_stock import StockNote
from server.db import transaction
from tests.office.stock.shelf import Shelf, once

WHY = "Two boxes came this morning"


def form(units: Any, **more: Any) -> dict[str, Any]:
    return {"units": str(units), "why": WHY, "once": once(), "confirmation": "withdraw", **more}


def path(prize_id: str, deed: str) -> str:
    return f"/backoffice/stock/{prize_id}/{deed}?lang=en"


def test_each_move_is_a_ledger_line_with_its_reason_beside_it_and_one_act(shelf: Shelf) -> None:
    prize_id, bob = shelf.add(10), shelf.keeper()
    for deed, units in (("restock", "1 000"), ("correct", "−3"), ("withdraw", 7)):
        assert bob.post(path(prize_id, deed), form(units)).status_code == 303
    assert shelf.stock(prize_id) == (1007, 1000, 7)
    with shelf.office.database.sessions() as session:
        own = select(StockEntry).where(StockEntry.prize_id == prize_id, StockEntry.by == bob.id)
        lines = {line.move: line for line in session.scalars(own)}
        assert {move: (line.units, line.reason) for move, line in lines.items()} == {
            Move.RECEIVED: (1000, "delivered"), Move.CORRECTED: (3, "recounted"), Move.WITHDRAWN: (7, "taken_out")}
        notes = session.scalars(select(StockNote)).all()
        assert {note.entry_id: note.text for note in notes} == {line.id: WHY for line in lines.values()}
        assert session.scalars(select(ActText.text)).all() == [WHY] * 3
        assert audit(session) == []
    acts = {act.word: act for act in shelf.office.acts()}
    assert (len(shelf.office.acts()), set(acts)) == (3, {"stock.restock", "stock.correct", "stock.withdraw"})
    assert acts["stock.correct"].before == {"received": 1010, "free": 1010, "reserved": 0, "awarded": 0, "withdrawn": 0}
    assert acts["stock.correct"].after == {"received": 1007, "free": 1007, "reserved": 0, "awarded": 0, "withdrawn": 0}
    assert acts["stock.withdraw"].before == acts["stock.correct"].after
    assert (acts["stock.restock"].brand_id, acts["stock.restock"].subject_id) == (shelf.office.brand_id, prize_id)


def test_a_form_sent_twice_moves_once_and_leaves_one_act(shelf: Shelf) -> None:
    prize_id, bob, sent = shelf.add(10), shelf.keeper(), form(5)
    answers = [bob.post(path(prize_id, "restock"), sent) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert shelf.stock(prize_id)[0] == 15
    assert len(shelf.office.acts()) == 1
    assert "nothing was moved a second time" in bob.get(f"/backoffice/stock/{prize_id}?lang=en").get_data(as_text=True)


def test_what_is_not_free_cannot_be_taken_and_the_sentence_has_the_numbers(shelf: Shelf) -> None:
    prize_id, bob = shelf.add(10), shelf.keeper()
    for deed, units in (("correct", -11), ("withdraw", 11)):
        answer = bob.post(path(prize_id, deed), form(units))
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert "Only 10 are free, so 11 cannot be taken out." in page
        assert WHY in page
    assert shelf.stock(prize_id) == (10, 10, 0)
    assert shelf.office.acts() == []


NO_UNITS = ("0", "-1", "1" + "0" * 30, "", "1.5", "1e3", "ten", "\x00", "١", "1000001", "+-1")
FAULTS: tuple[tuple[dict[str, str], str], ...] = (
    *(({"units": units}, "The units are a whole number from 1 to 1,000,000.") for units in NO_UNITS),
    ({"why": "  "}, "Say why"),
    ({"why": "\x00"}, "Say why"),
    ({"why": "x" * 501}, "The reason has 501 characters; 500 are the most."),
    ({"confirmation": "yes"}, "Type withdraw, as above."),
)


def test_a_fault_is_told_beside_its_field_and_nothing_moves(shelf: Shelf) -> None:
    prize_id, bob = shelf.add(10), shelf.keeper()
    for more, told in FAULTS:
        answer = bob.post(path(prize_id, "withdraw"), {**form(1), **more})
        assert answer.status_code == 422, more
        assert told in answer.get_data(as_text=True), more
    assert shelf.stock(prize_id) == (10, 10, 0)
    assert shelf.office.acts() == []


def test_a_key_that_no_form_has_is_refused(shelf: Shelf) -> None:
    prize_id, bob = shelf.add(10), shelf.keeper()
    for key in ("x", "a" * 21, "../../etc"):
        assert bob.post(path(prize_id, "restock"), form(1, once=key)).status_code == 400
    assert shelf.stock(prize_id)[0] == 10


def test_a_counter_never_outgrows_its_column(shelf: Shelf) -> None:
    prize_id = shelf.add(10)
    with shelf.office.database.sessions() as session, transaction(session):
        stock = session.get_one(Stock, prize_id)
        stock.received = stock.free = 999_999_999
    answer = shelf.keeper().post(path(prize_id, "restock"), form(2))
    assert answer.status_code == 422
    assert "One prize counts 1000000000 units at most" in answer.get_data(as_text=True)


def test_a_correction_asks_for_the_second_factor_again(shelf: Shelf) -> None:
    prize_id, bob = shelf.add(10), shelf.keeper(fresh=False)
    for answer in (bob.get(path(prize_id, "correct")), bob.post(path(prize_id, "correct"), form(-1))):
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/backoffice/prove")
    assert shelf.stock(prize_id)[0] == 10
    assert bob.post(path(prize_id, "restock"), form(1)).status_code == 303


def test_units_of_vouchers_and_of_what_has_no_end_come_by_no_form(shelf: Shelf) -> None:
    voucher, bob = shelf.add_voucher(), shelf.keeper()
    badge = shelf.add(0, kind="badge", is_unlimited=True)
    for prize_id, told in ((voucher, "come with its codes"), (badge, "never runs out")):
        for deed in ("restock", "correct"):
            answer = bob.post(path(prize_id, deed), form(5))
            assert answer.status_code == 422
            assert told in answer.get_data(as_text=True)
        assert shelf.stock(prize_id)[0] == 0


def test_stock_of_a_sealed_plan_stays_as_it_is(shelf: Shelf) -> None:
    prize_id, bob = shelf.add(10), shelf.keeper()
    with shelf.office.database.sessions() as session, transaction(session):
        session.add(WinningPlan(campaign_id=shelf.campaign_id, one_in=10, hours=[1] * 24, nonce="n", commitment="c",
                                closes_at=shelf.office.clock()))
        session.flush()
        session.add(PlannedPrize(prize_id=prize_id, campaign_id=shelf.campaign_id, units=10))
    for deed in ("restock", "correct", "withdraw"):
        answer = bob.post(path(prize_id, deed), form(1))
        assert answer.status_code == 422
        assert "the plan is sealed" in answer.get_data(as_text=True)
    page = bob.get(f"/backoffice/stock/{prize_id}?lang=en").get_data(as_text=True)
    assert "can neither grow nor shrink" in page
    assert "/restock" not in page


def test_a_reason_can_be_erased_and_its_line_stays(shelf: Shelf) -> None:
    prize_id, other, bob, sent = shelf.add(10), shelf.add(10), shelf.keeper(), form(5)
    bob.post(path(prize_id, "restock"), sent)
    assert bob.post(f"/backoffice/stock/{other}/notes/{sent['once']}/erase").status_code == 404
    assert WHY in bob.get(f"/backoffice/stock/{prize_id}").get_data(as_text=True)
    assert bob.post(f"/backoffice/stock/{prize_id}/notes/{sent['once']}/erase").status_code == 303
    page = bob.get(f"/backoffice/stock/{prize_id}").get_data(as_text=True)
    assert WHY not in page
    assert sent["once"] in page
    assert [act.word for act in shelf.office.acts()].count("stock.erase_reason") == 1


def test_who_only_looks_moves_nothing(shelf: Shelf) -> None:
    prize_id = shelf.add(10)
    for role in (Role.AUDITOR, Role.ANALYST, Role.EDITOR, Role.MODERATOR):
        somebody = shelf.office.sign_in(role, name=role)
        assert somebody.get(f"/backoffice/stock/{prize_id}").status_code == 200
        for deed in ("restock", "correct", "withdraw", "alert"):
            assert somebody.post(path(prize_id, deed), form(1)).status_code == 403
    assert shelf.stock(prize_id) == (10, 10, 0)
