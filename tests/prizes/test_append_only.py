"""Append-only tables, and the database that keeps them so."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from prizes.append_only import append_only_tables, missing_guards, protect
from server.db import Database
from tests.prizes.scene import Scene

LINE = "INSERT INTO stock_entry (id, prize_id, move, units, reason, at) VALUES "


@pytest.fixture
def line(scene: Scene) -> str:
    """The id of a ledger line that is there."""
    scene.add_prize(units=3)
    return scene.ledger()[0].id


def is_refused(database: Database, statement: str) -> bool:
    try:
        with database.engine.begin() as connection:
            connection.execute(text(statement))
    except DBAPIError as error:
        return "append-only" in str(error)
    return False


@pytest.mark.parametrize("statement", [
    "UPDATE stock_entry SET units = 4",
    "DELETE FROM stock_entry",
])
def test_nobody_rewrites_a_ledger_line(database: Database, line: str, statement: str) -> None:
    assert is_refused(database, statement)


def test_a_line_that_takes_the_place_of_another_is_refused_on_sqlite_too(database: Database, line: str) -> None:
    replace = f"{LINE.replace('INSERT', 'INSERT OR REPLACE')}('{line}', 'p', 'received', 4, 'x', '2026-12-01')"
    truncate = "TRUNCATE stock_entry CASCADE"
    assert is_refused(database, replace if database.engine.dialect.name == "sqlite" else truncate)


def test_what_was_refused_left_the_line_as_it_was(database: Database, scene: Scene, line: str) -> None:
    is_refused(database, "UPDATE stock_entry SET units = 4")
    assert [entry.units for entry in scene.ledger()] == [3]


def test_every_append_only_table_has_its_guards(database: Database) -> None:
    assert {"stock_entry", "claim"} <= set(append_only_tables())
    with database.engine.connect() as connection:
        assert missing_guards(connection) == []


def test_a_guard_that_was_dropped_is_missed_until_the_table_is_protected_again(database: Database) -> None:
    drop = "DROP TRIGGER stock_entry_refuses_delete" + on_table(database)
    with database.engine.begin() as connection:
        connection.execute(text(drop))
        assert missing_guards(connection) == ["stock_entry_refuses_delete"]
        protect(connection, "stock_entry")
        assert missing_guards(connection) == []


def on_table(database: Database) -> str:
    return " ON stock_entry" if database.engine.dialect.name == "postgresql" else ""
