"""A job's own process: it imports, and when it is killed nothing of it is left."""

import io
import signal
from pathlib import Path

import pytest

from server.backoffice.stock.job_routes import STARTER
from server.backoffice.stock.worker import Processes
from server.clock import system_clock
from tests.office.stock.shelf import Shelf
from tests.office.stock.test_jobs import AREA, codes_of, upload

CODES = b"code\n" + b"".join(b"POP-%06d\n" % number for number in range(2_000))


@pytest.fixture
def processes(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Processes:
    """Processes on the test's own database, and a clock that is theirs."""
    monkeypatch.setenv("DATABASE_URL", shelf.office.database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("DATA", str(tmp_path / "data"))
    shelf.office.clock.now = system_clock()
    processes = Processes()
    shelf.office.app.extensions[STARTER] = processes.start
    return processes


def test_a_process_imports_what_was_uploaded_and_ends(shelf: Shelf, processes: Processes) -> None:
    prize_id, bob = shelf.add_voucher(), shelf.keeper()
    upload(bob, f"/{prize_id}/codes", CODES)
    assert processes.running[0].wait(timeout=60) == 0
    assert "2,000 codes are in" in bob.get(f"{AREA}/jobs/{shelf.jobs()[0].id}?lang=en").get_data(as_text=True)
    assert codes_of(shelf, prize_id) == shelf.stock(prize_id)[1] == 2_000


def test_a_process_that_is_killed_leaves_nothing_and_is_told_as_such(shelf: Shelf, processes: Processes) -> None:
    prize_id, bob = shelf.add_voucher(), shelf.keeper()
    upload(bob, f"/{prize_id}/codes", CODES)
    processes.running[0].send_signal(signal.SIGKILL)
    processes.running[0].wait(timeout=60)
    shelf.office.clock.advance(seconds=120)
    page = bob.get(f"{AREA}/jobs/{shelf.jobs()[0].id}?lang=en").get_data(as_text=True)
    assert "ended before it was done" in page
    assert (codes_of(shelf, prize_id), shelf.stock(prize_id)[0]) == (0, 0)
    answer = bob.post(f"{AREA}/{prize_id}/codes", {"file": (io.BytesIO(CODES), "codes.csv"), "once": "b" * 20})
    assert answer.status_code == 303
    assert processes.running[-1].wait(timeout=60) == 0
    assert codes_of(shelf, prize_id) == 2_000
