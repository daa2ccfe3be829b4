"""Imports and counts: all or nothing, told by line, never a code; one at a time; a process that died is told so."""

import io
import logging
import zipfile

import pytest
from sqlalchemy import select, update

from prizes.audit import audit
from prizes.ledger import StockEntry
from prizes.stock import Stock
from prizes.vouchers import VoucherCode
from server.backoffice.rights import Role
from server.backoffice.stock.job import Job, JobState
from server.backoffice.stock.job_routes import STARTER
from server.backoffice.stock.pulse import Pulse, Stage, last_beat
from server.db import Database, is_sqlite, transaction
from tests.office.cast import StaffClient
from tests.office.stock.shelf import SLUG, Shelf, once
from tests.rig.clock import FakeClock

AREA = "/backoffice/stock"
CANARY = "CANARY"
LIST = "key,kind,name_en,name_fr,value,units,score\nmug,parcel,Mug,Tasse,9.50,20,1500\n"


def upload(client: StaffClient, path: str, content: bytes, name: str = "codes.csv", **more: str) -> str:
    """Send a file; the text of the page on which that ends."""
    form = {"file": (io.BytesIO(content), name), "once": once(), **more}
    answer = client.post(f"{AREA}{path}?lang=en", form)
    if answer.status_code == 303:
        answer = client.get(answer.headers["Location"] + "?lang=en")
    assert answer.status_code in (200, 422)
    return answer.get_data(as_text=True)


def codes_of(shelf: Shelf, prize_id: str) -> int:
    with shelf.office.database.sessions() as session:
        return len(session.scalars(select(VoucherCode.id).where(VoucherCode.prize_id == prize_id)).all())


def test_imported_codes_are_units_and_the_job_is_the_ledgers_line(shelf: Shelf) -> None:
    prize_id, bob = shelf.add_voucher(), shelf.keeper()
    page = upload(bob, f"/{prize_id}/codes", b"code\r\nONE\r\nTWO\r\nTHREE\r\n")
    assert "3 codes are in, and as many units of the prize." in page
    assert "/progress" not in page
    assert (shelf.stock(prize_id)[:2], codes_of(shelf, prize_id)) == ((3, 3), 3)
    (job,) = shelf.jobs()
    with shelf.office.database.sessions() as session:
        line = session.get_one(StockEntry, job.id)
        assert (line.units, line.by, line.reason) == (3, bob.id, "codes_imported")
        assert audit(session) == []
    (act,) = shelf.office.acts()
    assert (act.word, act.subject_id, act.after) == ("stock.import_codes", prize_id, {"job": job.id})


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as folder:
        folder.writestr("codes.csv", "code\nONE\n" * 100)
    return file.getvalue()


FAULTY = (
    (b"code\nONE\n\nTWO\nONE\n", ["The code is blank.", "The same code as in line 2."]),
    (b"code\n" + b"x" * 201, ["The code has 201 characters; 200 are the most."]),
    (b"SECRET\nCANARY\n", ["The column code is missing.", "There is no column of that name."]),
    (b"", ["The header is missing."]),
    (b"code\n", ["There is no code under the header."]),
    (packed(), ["There is a NUL byte, as in a packed file"]),
    ("code\nONE\n".encode("utf-16"), ["There is a NUL byte"]),
    (b"code\nONE\n" + b"y" * 1_000_001, ["Longer than 1000000 bytes, or a quote is not closed before."]),
    (b"code\nA\x00B\n", ["There is a NUL byte"]),
    (b'code\n"A"B\n', ["This is not CSV"]),
)  # fmt: skip


def test_a_file_with_a_fault_is_told_by_line_and_nothing_of_it_is_kept(shelf: Shelf) -> None:
    prize_id, bob = shelf.add_voucher(), shelf.keeper()
    for content, told in FAULTY:
        page = upload(bob, f"/{prize_id}/codes", content)
        assert [sentence for sentence in told if sentence not in page] == []
        assert "nothing was imported" in page
    assert (codes_of(shelf, prize_id), shelf.stock(prize_id)[0]) == (0, 0)


def test_no_code_is_in_a_page_a_row_or_a_log(shelf: Shelf, caplog: pytest.LogCaptureFixture,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    caplog.set_level(logging.DEBUG)
    prize_id, bob = shelf.add_voucher(), shelf.keeper()
    good = b"code\n" + b"".join(b"CANARY-%d\n" % number for number in range(20))
    bad = good + b"CANARY-1\n" + b"CANARY" * 50 + b"\nCANARY,2\n"
    said = [upload(bob, f"/{prize_id}/codes", content) for content in (bad, good, good)]
    monkeypatch.setattr("prizes.import_codes.SealedCodes.tell_doubles", lambda *_: None)  # the database must refuse
    said.append(upload(bob, f"/{prize_id}/codes", good))
    assert "at the same moment" in said[-1]
    monkeypatch.setattr("server.backoffice.stock.work.store_codes", lambda *_: 1 / 0)
    said.append(upload(bob, f"/{prize_id}/codes", good))
    assert "Something broke on our side" in said[-1]
    said += [bob.get(f"{AREA}{path}").get_data(as_text=True) for path in ("", f"/{prize_id}", f"/{prize_id}/codes")]
    said += [bob.post(f"{AREA}/{prize_id}/export").get_data(as_text=True), caplog.text]
    said += [repr(vars(job)) for job in shelf.jobs()] + [repr(vars(act)) for act in shelf.office.acts()]
    assert [text for text in said if CANARY in text] == []
    assert codes_of(shelf, prize_id) == 20


def test_a_file_is_what_is_in_it_whatever_its_name_is(shelf: Shelf) -> None:
    prize_id, bob = shelf.add_voucher(), shelf.keeper()
    names = ("x" * 5000 + ".csv", "../../etc/passwd", "a\x00b.csv", "💣.exe", "C:\\codes.csv", ".")
    for number, name in enumerate(names):
        page = upload(bob, f"/{prize_id}/codes", b"code\nPOP-%d\n" % number, name)
        assert "1 codes are in" in page, name
    assert "Choose a file." in upload(bob, f"/{prize_id}/codes", b"code\nONE\n", "")


def test_a_form_without_a_file_and_a_prize_without_codes_are_refused(shelf: Shelf) -> None:
    parcel, voucher, bob = shelf.add(), shelf.add_voucher(), shelf.keeper()
    assert "Choose a file." in bob.post(f"{AREA}/{voucher}/codes?lang=en", {"once": once()}).get_data(as_text=True)
    assert bob.post(f"{AREA}/{voucher}/codes", {"file": "code", "once": once()}).status_code == 422
    assert bob.post(f"{AREA}/{parcel}/codes", {"once": once()}).status_code == 404
    assert shelf.office.acts() == []


def test_a_file_that_is_too_long_is_refused_before_it_is_read(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    prize_id = shelf.add_voucher()
    view = shelf.office.app.view_functions["stock.import_codes"]
    monkeypatch.setattr(view, "most_bytes", 100_000)
    form = {"file": (io.BytesIO(b"x" * 200_000), "codes.csv"), "once": once()}
    assert shelf.keeper().post(f"{AREA}/{prize_id}/codes", form).status_code == 413
    assert shelf.jobs() == []


def test_a_file_sent_twice_is_imported_once(shelf: Shelf) -> None:
    prize_id, bob, key = shelf.add_voucher(), shelf.keeper(), once()
    for _ in range(2):
        upload(bob, f"/{prize_id}/codes", b"code\nONE\n", once=key)
    assert (codes_of(shelf, prize_id), len(shelf.jobs()), len(shelf.office.acts())) == (1, 1, 1)


def test_one_import_of_a_prize_at_a_time_and_a_dead_one_makes_room(shelf: Shelf) -> None:
    prize_id, other, bob = shelf.add_voucher(), shelf.add_voucher(), shelf.keeper()
    shelf.office.app.extensions[STARTER] = shelf.forget_to_start
    assert "At work" in upload(bob, f"/{prize_id}/codes", b"code\nONE\n")
    assert "An import is at work" in bob.get(f"{AREA}/{prize_id}/codes?lang=en").get_data(as_text=True)
    upload(bob, f"/{prize_id}/codes", b"code\nTWO\n")
    upload(bob, f"/{other}/codes", b"code\nTWO\n")
    assert [job.subject_id for job in shelf.jobs()].count(prize_id) == 1
    assert len(shelf.begun) == 2
    shelf.office.clock.advance(seconds=31)
    (job_id, _), *_ = shelf.begun
    page = bob.get(f"{AREA}/jobs/{job_id}?lang=en").get_data(as_text=True)
    assert "ended before it was done" in page
    assert "/progress" not in page
    shelf.office.app.extensions[STARTER] = shelf.do_at_once
    assert "1 codes are in" in upload(bob, f"/{prize_id}/codes", b"code\nTWO\n")
    states = {job.id: job.state for job in shelf.jobs()}
    assert states[job_id] == JobState.DIED


def test_a_job_that_was_given_up_keeps_nothing_when_it_ends_after_all(shelf: Shelf,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    prize_id, bob = shelf.add_voucher(), shelf.keeper()
    shelf.office.app.extensions[STARTER] = shelf.forget_to_start
    upload(bob, f"/{prize_id}/codes", b"code\nONE\n")
    (job_id, content), = shelf.begun

    def bury(*_: object) -> None:
        with shelf.office.database.sessions() as session, transaction(session):
            session.execute(update(Job).values(state=JobState.DIED, ended_at=shelf.office.clock()))

    monkeypatch.setattr("server.backoffice.stock.work._refuse_at_play", bury)  # in the midst of it
    shelf.do_at_once(job_id, io.BytesIO(content))
    assert (codes_of(shelf, prize_id), shelf.jobs()[0].state) == (0, JobState.DIED)


def test_a_process_that_does_not_start_is_told_as_a_failure(shelf: Shelf) -> None:
    prize_id = shelf.add_voucher()

    def fail(*_: object) -> None:
        raise OSError("no more processes")

    shelf.office.app.extensions[STARTER] = fail
    assert "Something broke on our side" in upload(shelf.keeper(), f"/{prize_id}/codes", b"code\nONE\n")


def test_many_codes_wait_until_nobody_plays_where_one_writer_stops_all(
        shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.backoffice.stock.work.MOST_AT_PLAY", 1)
    page = upload(shelf.keeper(), f"/{shelf.add_voucher()}/codes", b"code\nA\nB\n")
    assert ("people are playing" in page) == is_sqlite(shelf.office.database.engine)


def test_a_list_of_prizes_is_imported_from_either_kind_of_file(shelf: Shelf) -> None:
    bob = shelf.office.sign_in(Role.OWNER)
    assert "1 prizes are in." in upload(bob, f"/campaigns/{SLUG}/import", LIST.encode(), "list.xlsx")
    again = upload(bob, f"/campaigns/{SLUG}/import", LIST.encode())
    assert f"{SLUG} has a prize mug already." in again
    book = bob.post(f"{AREA}/campaigns/{SLUG}/export", {"kind": "xlsx"})
    assert book.data.startswith(b"PK")
    sheet = bob.post(f"{AREA}/campaigns/{SLUG}/export", {"kind": "csv"}).get_data(as_text=True)
    assert "mug,parcel,Mug,Tasse" in sheet
    told = upload(bob, f"/campaigns/{SLUG}/import", book.data, "list.csv")
    assert f"{SLUG} has a prize mug already." in told


def test_a_sealed_campaign_takes_no_prizes(shelf: Shelf) -> None:
    page = upload(shelf.office.sign_in(Role.OWNER), "/campaigns/boss/import", b"nonsense")
    assert "The column key is missing." in page


def test_every_count_is_checked_for_whoever_sees_the_stock(shelf: Shelf) -> None:
    prize_id, auditor = shelf.add(10), shelf.office.sign_in(Role.AUDITOR)
    page = auditor.get(auditor.post(f"{AREA}/check", {"once": once()}).headers["Location"] + "?lang=en")
    assert "Every count agrees" in page.get_data(as_text=True)
    with shelf.office.database.sessions() as session, transaction(session):
        stock = session.get_one(Stock, prize_id)
        stock.received, stock.free = 13, 13
    page = auditor.get(auditor.post(f"{AREA}/check", {"once": once()}).headers["Location"] + "?lang=en")
    told = page.get_data(as_text=True)
    assert "stock free, by the ledger" in told
    assert ">3<" in told
    charlie = shelf.office.charlie()
    page = charlie.get(charlie.post(f"{AREA}/check", {"once": once()}).headers["Location"] + "?lang=en")
    assert "Every count agrees" in page.get_data(as_text=True)
    assert prize_id not in page.get_data(as_text=True)


def test_a_pulse_is_read_by_others_while_a_job_works(database: Database, shelf: Shelf) -> None:
    prize_id, bob = shelf.add_voucher(), shelf.keeper()
    shelf.office.app.extensions[STARTER] = shelf.forget_to_start
    upload(bob, f"/{prize_id}/codes", b"code\nONE\n")
    (job_id, _), = shelf.begun
    clock = FakeClock(shelf.office.clock())
    with Pulse(database, job_id, clock) as pulse, database.sessions() as session:
        pulse.begin(Stage.STORING, 1_000_000)
        pulse.done = 420_000
        clock.advance(seconds=29)
        pulse.beat()
        page = bob.get(f"{AREA}/jobs/{job_id}/progress?lang=en").get_data(as_text=True)
        assert "420,000 of 1,000,000" in page
        assert 'aria-valuenow="42"' in page
        assert (last_beat(session, job_id) is not None) == is_sqlite(database.engine)
    with database.sessions() as session:
        assert last_beat(session, job_id) is None
