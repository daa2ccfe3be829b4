"""Append-only tables, and the database that keeps them so."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from prizes.append_only import append_only_tables, missing_guards, protect
from server.db import Database
from tests.prizes.scene import Scene

REPLACE = "INSERT OR REPLACE INTO stock_entry SELECT * FROM stock_entry"
BY_ITS_NUMBER = ("INSERT OR REPLACE INTO stock_entry "
                 '(rowid, id, prize_id, move, source, target, units, reason, "by", at) '
                 "SELECT rowid, 'evil', prize_id, move, source, target, 999, reason, \"by\", at FROM stock_entry")
REWRITES = {
    "sqlite": ("UPDATE stock_entry SET units = 4", "DELETE FROM stock_entry", REPLACE, BY_ITS_NUMBER),
    "postgresql": ("UPDATE stock_entry SET units = 4", "DELETE FROM stock_entry", "TRUNCATE stock_entry",
                   "TRUNCATE stock_entry CASCADE"),
}


def is_refused(database: Database, statement: str) -> bool:
    try:
        with database.engine.begin() as connection:
            connection.execute(text(statement))
    except DBAPIError as error:
        return "append-only" in str(error.orig)
    return False


@pytest.mark.parametrize("deed", range(4))
def test_nobody_rewrites_a_ledger_line(database: Database, scene: Scene, deed: int) -> None:
    scene.add_prize(units=3)
    assert is_refused(database, REWRITES[database.engine.dialect.name][deed])
    assert [entry.units for entry in scene.ledger()] == [3]


def test_a_new_line_is_not_refused(scene: Scene) -> None:
    scene.add_prize(units=3)
    scene.add_prize(units=4)
    assert sorted(entry.units for entry in scene.ledger()) == [3, 4]


def test_every_append_only_table_has_its_guards(database: Database) -> None:
    assert {"stock_entry", "claim"} <= set(append_only_tables())
    with database.engine.connect() as connection:
        assert missing_guards(connection) == []


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_a_dropped_guard_is_missed_until_the_table_is_protected_again(database: Database, deed: str) -> None:
    name = f"stock_entry_refuses_{deed}"
    on_table = " ON stock_entry" if database.engine.dialect.name == "postgresql" else ""
    with database.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {name}{on_table}"))
        assert missing_guards(connection) == [name]
        protect(connection, "stock_entry")
        assert missing_guards(connection) == []
