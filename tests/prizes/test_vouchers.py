"""Voucher codes: one to one award, sealed at rest, never more than there are."""

import re
from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event, func, select, text, update
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.db import new_id
from prizes.import_codes import StoredMeanwhile
from prizes.sheets.faults import BadSheet
from prizes.stock import restock
from prizes.units import UnitsAreCodes, receive_units, withdraw_units
from prizes.vouchers import (
    NoCodeLeft,
    SealBroken,
    VoucherCode,
    code_of,
    count_codes,
    hand_out,
    unseal,
    withdraw_codes,
)
from server.db import Database, transaction
from tests.prizes.scene import win
from tests.prizes.voucher_scene import KEY, VoucherScene, claim_voucher, code_number, win_and_claim
from tests.rig.clock import NOON
from tests.rig.race import PATIENCE_S, Race


@pytest.fixture
def scene(database: Database) -> VoucherScene:
    return VoucherScene(database)


def test_an_award_gets_the_first_code_and_the_same_one_again(scene: VoucherScene, session: Session) -> None:
    scene.add_voucher(codes=3)
    award = win(session)
    assert award is not None
    assert code_of(session, award.id, KEY) is None
    assert claim_voucher(session, award) == code_number(0)
    with transaction(session):
        assert hand_out(session, award.prize_id, award.id, KEY) == code_number(0)
    assert code_of(session, award.id, KEY) == code_number(0)
    assert audit(session) == []


def test_codes_go_out_in_the_order_of_the_file_until_none_is_left(scene: VoucherScene, session: Session) -> None:
    prize_id = scene.add_voucher(codes=3)
    claimed = [win_and_claim(session) for _ in range(4)]
    assert [outcome and outcome[1] for outcome in claimed] == [code_number(0), code_number(1), code_number(2), None]
    assert count_codes(session, prize_id) == (0, 3, 0)
    other = scene.win(player="alice")
    assert other is None
    with pytest.raises(NoCodeLeft), transaction(session):
        hand_out(session, prize_id, new_id(), KEY)


def test_at_rest_no_code_can_be_read_and_no_nonce_comes_twice(scene: VoucherScene) -> None:
    rows = scene.rows(scene.add_voucher(codes=200))
    assert not [row for row in rows if b"POP" in row.sealed or b"POP" in row.fingerprint]
    assert len({row.sealed[:12] for row in rows}) == len({row.fingerprint for row in rows}) == 200


def test_a_sealed_code_opens_with_its_own_key_for_its_own_prize_untouched(scene: VoucherScene) -> None:
    prize_id = scene.add_voucher(codes=1)
    sealed = scene.rows(prize_id)[0].sealed
    assert unseal(KEY, prize_id, sealed) == code_number(0)
    flipped = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for key, owner, found in ((b"x" * 32, prize_id, sealed), (KEY, "another", sealed), (KEY, prize_id, flipped)):
        with pytest.raises(SealBroken) as broken:
            unseal(key, owner, found)
        assert "POP" not in str(broken.value)


def test_two_prizes_may_have_the_same_code_and_their_fingerprints_do_not_tell(scene: VoucherScene) -> None:
    one, two = scene.add_voucher(codes=1), scene.add_voucher(codes=1)
    assert scene.rows(one)[0].fingerprint != scene.rows(two)[0].fingerprint


def test_a_code_that_the_prize_has_already_keeps_the_whole_file_out(scene: VoucherScene, session: Session) -> None:
    prize_id = scene.add_voucher(codes=2)
    with pytest.raises(BadSheet) as bad:
        scene.import_codes(prize_id, ["NEW-1", code_number(1), "NEW-2", "NEW-1"])
    told = [str(fault) for fault in bad.value.faults]
    assert told == ["line 3: this prize has this code already", "line 5: the same code as in line 2"]
    assert count_codes(session, prize_id) == (2, 0, 0)
    assert audit(session) == []


def test_of_many_faults_the_first_50_lines_are_told_and_the_rest_counted(scene: VoucherScene) -> None:
    prize_id = scene.add_voucher(codes=100)
    with pytest.raises(BadSheet) as bad:
        scene.import_codes(prize_id, [*(code_number(number) for number in range(100)), *["SAME"] * 41, " "])
    assert [fault.line for fault in bad.value.faults] == list(range(2, 52))
    assert bad.value.count == 100 + 40 + 1


def test_codes_stored_between_the_look_and_the_storing_keep_the_whole_import_out(
        scene: VoucherScene, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    prize_id = scene.add_voucher(codes=2)
    monkeypatch.setattr("prizes.import_codes.SealedCodes.tell_doubles", lambda *_: None)
    with pytest.raises(StoredMeanwhile):
        scene.import_codes(prize_id, ["NEW-1", code_number(1)])
    assert count_codes(session, prize_id) == (2, 0, 0)
    assert scene.stock(prize_id).received == 2


def test_units_of_a_voucher_prize_come_with_codes_only(scene: VoucherScene, session: Session) -> None:
    prize_id = scene.add_voucher(codes=2)
    with pytest.raises(UnitsAreCodes, match="codes import"), transaction(session):
        receive_units(session, prize_id, 1, NOON, "delivered")
    assert scene.stock(prize_id).received == 2


def test_withdrawing_units_withdraws_as_many_codes_the_last_ones_first(
        scene: VoucherScene, session: Session) -> None:
    prize_id = scene.add_voucher(codes=5)
    with transaction(session):
        assert withdraw_units(session, prize_id, 2, NOON, "damaged")
    assert [row.is_withdrawn for row in scene.rows(prize_id)] == [False, False, False, True, True]
    assert count_codes(session, prize_id) == (3, 0, 2)
    assert audit(session) == []


def test_what_is_promised_cannot_be_withdrawn_and_then_no_code_is(scene: VoucherScene, session: Session) -> None:
    prize_id = scene.add_voucher(codes=3)
    scene.win()
    with transaction(session):
        assert not withdraw_units(session, prize_id, 3, NOON, "damaged")
        assert not withdraw_units(session, prize_id, 4, NOON, "damaged")
    assert count_codes(session, prize_id) == (3, 0, 0)
    assert audit(session) == []


def test_the_audit_finds_a_unit_without_a_code_and_a_code_without_a_unit(
        scene: VoucherScene, session: Session) -> None:
    prize_id = scene.add_voucher(codes=3)
    with transaction(session):
        restock(session, prize_id, 1, NOON, "by_hand")
    assert {odd.what for odd in audit(session)} == {"voucher codes that are left"}
    with transaction(session):
        withdraw_codes(session, prize_id, 2)
    assert [(odd.expected, odd.found) for odd in audit(session)] == [(4, 1)]


def test_the_audit_finds_a_claimed_award_that_was_handed_no_code(scene: VoucherScene, session: Session) -> None:
    prize_id = scene.add_voucher(codes=3)
    assert win_and_claim(session) is not None
    with transaction(session):
        session.execute(update(VoucherCode).where(VoucherCode.prize_id == prize_id).values(award_id=None))
    assert {odd.what for odd in audit(session)} == {"voucher codes of an award", "voucher codes that are left"}


def test_the_next_code_and_the_code_of_an_award_are_found_by_their_indexes(
        scene: VoucherScene, session: Session) -> None:
    asked: list[tuple[str, Any]] = []
    event.listen(scene.database.engine, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    scene.add_voucher(codes=400)
    win_and_claim(session)
    with transaction(session):  # many are gone and few are left: only one index leads there at once
        last = select(func.max(VoucherCode.id)).scalar_subquery()
        session.execute(update(VoucherCode).where(VoucherCode.id < last, VoucherCode.award_id.is_(None))
                        .values(is_withdrawn=True).execution_options(synchronize_session=False))
        session.execute(text("ANALYZE"))  # or the plan hangs on whether somebody else has counted the rows
    plans = [plan_of(session, *call) for call in asked if re.match(r"UPDATE voucher_code|SELECT voucher_code", call[0])]
    assert [word for word in plans if "uq_voucher_code_award_id" in word]
    assert [word for word in plans if "ix_voucher_code_left" in word]


def plan_of(session: Session, statement: str, parameters: Any) -> str:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    connection = session.connection()
    if not is_sqlite:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    explained = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' * is_sqlite}{statement}", parameters)
    return " ".join(map(str, explained))


def naive_hand_out(prize_id: str, awards: list[str], players: int) -> Callable[[Session], int]:
    """What not to do: look for a free code, then take it. The barrier lets everybody look first."""
    everybody_has_looked = Barrier(players, timeout=PATIENCE_S)
    todo = iter(awards)

    def attempt(session: Session) -> int:
        award_id = next(todo)
        free = (VoucherCode.prize_id == prize_id, VoucherCode.award_id.is_(None))
        code_id = session.scalars(select(VoucherCode.id).where(*free).order_by(VoucherCode.id).limit(1)).one()
        session.rollback()
        everybody_has_looked.wait()
        with transaction(session):
            session.execute(update(VoucherCode).where(VoucherCode.id == code_id).values(award_id=award_id))
        return code_id

    return attempt


def test_two_players_are_shown_one_code_if_we_look_then_take(scene: VoucherScene, race: Race) -> None:
    prize_id = scene.add_voucher(codes=2)
    awards = [award.id for award in (scene.win(player="alice"), scene.win(player="charlie")) if award is not None]
    assert len(set(race(naive_hand_out(prize_id, awards, players=2), players=2))) == 1


def test_of_1040_tries_at_500_codes_by_16_players_each_code_goes_out_once(scene: VoucherScene, race: Race) -> None:
    prize_id = scene.add_voucher(codes=500)
    outcomes = [outcome for outcome in race(win_and_claim, players=16, attempts=65) if outcome is not None]
    assert len(outcomes) == len({code for _, code in outcomes}) == len({award.id for award, _ in outcomes}) == 500
    with scene.database.sessions() as session:
        assert count_codes(session, prize_id) == (0, 500, 0)
        assert audit(session) == []


def test_one_award_handed_out_16_times_at_once_is_one_code(scene: VoucherScene, race: Race) -> None:
    prize_id = scene.add_voucher(codes=16)
    award = scene.win()
    assert award is not None

    def attempt(session: Session) -> str:
        with transaction(session):
            return hand_out(session, prize_id, award.id, KEY)

    assert len(set(race(attempt, players=16))) == 1
    with scene.database.sessions() as session:
        assert count_codes(session, prize_id) == (15, 1, 0)
