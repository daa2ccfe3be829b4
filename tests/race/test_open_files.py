"""Several threads that open a new SQLite file at the same moment: each gets a connection."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from server.db import open_database

FILES, AT_ONCE = 200, 4


def open_at_once(path: Path, connect: Callable[[Path], None]) -> list[BaseException]:
    barrier, failures = threading.Barrier(AT_ONCE), list[BaseException]()

    def start() -> None:
        barrier.wait()
        try:
            connect(path)
        except Exception as failure:  # noqa: BLE001  the test counts it
            failures.append(failure)

    starts = [threading.Thread(target=start) for _ in range(AT_ONCE)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    return failures


def ours(path: Path) -> None:
    database = open_database(f"sqlite:///{path}")
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    database.engine.dispose()


def simple(path: Path) -> None:
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def test_of_many_that_open_a_new_file_at_once_none_is_refused(tmp_path: Path) -> None:
    assert [failure for number in range(FILES) for failure in open_at_once(tmp_path / f"{number}.sqlite", ours)] == []


def test_without_a_second_try_some_are(tmp_path: Path) -> None:
    """The control: SQLite refuses at once, whatever patience it was told to have."""
    rounds = (open_at_once(tmp_path / f"{number}.sqlite", simple) for number in range(20 * FILES))
    assert any(rounds)
