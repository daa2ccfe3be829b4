"""`popshot prize codes`: codes go in by file, and nothing prints one, logs one or lets one out with an error."""

import logging
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.planned import PlannedPrize, WinningPlan
from prizes.prize import Prize
from prizes.stock import Stock
from prizes.vouchers import VoucherCode
from server import cli_codes
from server.db import Database, is_sqlite, transaction
from tests.prizes.command import Command

CANARY = "CANARY"


@pytest.fixture
def prize_id(command: Command) -> str:
    return command("prize", "add", "--campaign", "boss", "--name", "en=Voucher", "--kind", "voucher",
                   "--value-cents", "500").stdout.strip()  # fmt: skip


def write(folder: Path, content: bytes) -> str:
    path = folder / "codes.csv"
    path.write_bytes(content)
    return str(path)


def test_imported_codes_are_units_of_the_prize(command: Command, prize_id: str, tmp_path: Path,
                                               session: Session) -> None:
    file = write(tmp_path, b"code\r\nONE\r\n  TWO \r\n\"THREE\"\r\n-FOUR\r\n")
    done = command("prize", "codes", "import", prize_id, file)
    assert done.stdout == "4 codes imported; 4 received in all, 4 free\n"
    assert command("prize", "codes", "show", prize_id).stdout == "4 left, 0 handed out, 0 withdrawn\n"
    assert command("prize", "withdraw", prize_id, "1", "--reason", "damaged").stdout == "1 withdrawn in all, 3 free\n"
    assert command("prize", "codes", "show", prize_id).stdout == "3 left, 0 handed out, 1 withdrawn\n"
    assert audit(session) == []


@pytest.mark.parametrize(("content", "told"), [
    (b"code\nONE\n\nTWO\nONE\n", ["line 3: the code is blank.", "line 5: the same code as in line 2."]),
    (b"code\n" + b"x" * 201 + b"\n", ["line 2: the code has 201 characters; 200 are the most."]),
    (b"code\nA\x07B\n", ["line 2: the code holds a character that cannot be printed."]),
    (b"code\nA,B\n", ["line 2: 2 cells where the header has 1."]),
    (b"voucher\nONE\n", ["line 1: the column code is missing.", "line 1: there is no column of that name."]),
    (b"code,code\nA,B\n", ["line 1: the column code is there 2 times."]),
    (b"code\n", ["line 2: there is no code under the header."]),
    (b"", ["line 1: the header is missing."]),
    (b"code\nONE\n" + b"y" * 1_000_001, ["line 3: longer than 1000000 bytes, or a quote is not closed before."]),
])  # fmt: skip
def test_a_file_with_a_fault_is_told_by_line_and_nothing_of_it_is_kept(
        command: Command, prize_id: str, tmp_path: Path, session: Session, content: bytes, told: list[str]) -> None:
    refused = command("prize", "codes", "import", prize_id, write(tmp_path, content))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert [line for line in refused.stderr.splitlines() if "line " in line] == [f"Error: {told[0]}", *told[1:]]
    assert session.scalars(select(VoucherCode)).all() == []
    assert session.get_one(Stock, prize_id).received == 0


def test_a_file_without_a_header_does_not_tell_its_first_code(command: Command, prize_id: str, tmp_path: Path) -> None:
    refused = command("prize", "codes", "import", prize_id, write(tmp_path, b"SECRET-1\nSECRET-2\n"))
    assert "the column code is missing" in refused.stderr
    assert "secret" not in (refused.stdout + refused.stderr).lower()


def test_many_codes_are_not_stored_while_people_play_unless_asked_for(
        command: Command, prize_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
    """SQLite has one writer. On PostgreSQL others go on."""
    monkeypatch.setattr("server.cli_codes.MOST_AT_PLAY", 1)
    file = write(tmp_path, b"code\nA\nB\n")
    refused = command("prize", "codes", "import", prize_id, file)
    if is_sqlite(database.engine):
        assert "Nobody else could write while 2 codes are stored, and people play" in refused.stderr
        assert command("prize", "codes", "import", prize_id, file, "--now").exit_code == 0
    else:
        assert refused.exit_code == 0


def test_a_file_of_more_codes_than_one_import_takes_is_refused(
        command: Command, prize_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prizes.import_codes.MOST_CODES", 2)
    refused = command("prize", "codes", "import", prize_id, write(tmp_path, b"code\nA\nB\nC\n"))
    assert "line 4: one import takes 2 codes at most; cut the file." in refused.stderr


@pytest.mark.parametrize("words", [
    ("restock", "{id}", "5"),
    ("codes", "import", "{id}", "{missing}"),
    ("codes", "show", "no-such"),
    ("add", "--campaign", "boss", "--name", "en=V", "--kind", "voucher", "--value-cents", "1", "--units", "5"),
])  # fmt: skip
def test_units_of_a_voucher_prize_come_by_no_other_way(command: Command, prize_id: str, session: Session,
                                                       words: tuple[str, ...]) -> None:
    refused = command("prize", *(word.format(id=prize_id, missing="/no/such.csv") for word in words))
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert session.get_one(Stock, prize_id).received == 0


def test_only_a_voucher_prize_has_codes(command: Command, tmp_path: Path) -> None:
    parcel = command("prize", "add", "--campaign", "boss", "--name", "en=Cap", "--value-cents", "5").stdout.strip()
    refused = command("prize", "codes", "import", parcel, write(tmp_path, b"code\nA\n"))
    assert refused.stderr == f"Error: Prize {parcel} is a parcel; only a voucher prize has codes.\n"


def test_no_code_leaves_by_any_command_log_or_error(
        command: Command, prize_id: str, tmp_path: Path, caplog: pytest.LogCaptureFixture,
        monkeypatch: pytest.MonkeyPatch, session: Session) -> None:
    caplog.set_level(logging.DEBUG)
    good = b"code\n" + b"".join(b"CANARY-%d\n" % number for number in range(20))
    bad = good + b"CANARY-1\n" + b"CANARY" * 50 + b"\nCANARY,2\n\"CANARY\"3\n"
    said = [command("prize", "codes", "import", prize_id, write(tmp_path, content)) for content in (bad, good, good)]
    assert [result.exit_code for result in said] == [2, 0, 2]
    monkeypatch.setattr("prizes.import_codes.SealedCodes.tell_doubles", lambda *_: None)  # the database must refuse
    said.append(command("prize", "codes", "import", prize_id, write(tmp_path, good)))
    said += [command(*words) for words in (
        ("prize", "list"), ("prize", "audit"), ("prize", "codes", "show", prize_id), ("award", "list"),
        ("prize", "export", "--campaign", "boss", "--out", "-"),
        ("award", "export", "--campaign", "boss", "--out", "-"))]  # fmt: skip
    errors = [repr(result.exception) for result in said]
    shown = " ".join([*(result.output + result.stderr for result in said), *errors, caplog.text])
    assert "line 22" in shown
    assert CANARY not in shown
    assert not [row for row in session.scalars(select(VoucherCode)) if CANARY in repr(vars(row))]


def test_codes_of_a_planned_prize_come_before_the_plan_is_sealed(command: Command, prize_id: str, session: Session,
                                                                 tmp_path: Path) -> None:
    campaign_id = session.get_one(Prize, prize_id).campaign_id
    with transaction(session):
        session.add(WinningPlan(campaign_id=campaign_id, one_in=10, hours=[1] * 24, nonce="n", commitment="c"))
        session.flush()
        session.add(PlannedPrize(prize_id=prize_id, campaign_id=campaign_id, units=0))
    refused = command("prize", "codes", "import", prize_id, write(tmp_path, b"code\nPOP-1\n"))
    assert refused.exit_code == 2
    assert "its winning moment" in refused.stderr
    withdrawn = command("prize", "withdraw", prize_id, "1", "--reason", "damaged")
    assert "its winning moment" in withdrawn.stderr


def test_nothing_of_the_database_is_held_while_the_file_is_read(
        command: Command, prize_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL ends a transaction that does nothing for ten seconds; a slow machine reads a million lines longer."""
    held = list[bool]()
    first_read = cli_codes._read  # noqa: SLF001

    def read(*arguments: Any) -> None:
        held.append(any(session.in_transaction() for session in opened))
        first_read(*arguments)

    def note(session: Session, *_: object) -> None:
        opened.append(session)

    opened = list[Session]()
    monkeypatch.setattr(cli_codes, "_read", read)
    event.listen(Session, "after_begin", note)
    try:
        assert command("prize", "codes", "import", prize_id, write(tmp_path, b"code\nPOP-1\n")).exit_code == 0
    finally:
        event.remove(Session, "after_begin", note)
    assert held == [False]
