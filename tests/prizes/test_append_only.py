"""Append-only tables, and the database that keeps them so."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from prizes.append_only import append_only_tables, missing_guards, protect
from prizes.draw import guard_entries
from server.db import Database
from tests.prizes.scene import Scene
from tests.rig.databases import fresh_postgres

REPLACE = "INSERT OR REPLACE INTO stock_entry SELECT * FROM stock_entry"
BY_ITS_NUMBER = ("INSERT OR REPLACE INTO stock_entry "
                 '(rowid, id, prize_id, move, source, target, units, reason, "by", at) '
                 "SELECT rowid, 'evil', prize_id, move, source, target, 999, reason, \"by\", at FROM stock_entry")
REWRITES = {
    "sqlite": ("UPDATE stock_entry SET units = 4", "DELETE FROM stock_entry", REPLACE, BY_ITS_NUMBER),
    "postgresql": ("UPDATE stock_entry SET units = 4", "DELETE FROM stock_entry", "TRUNCATE stock_entry, stock_note",
                   "TRUNCATE stock_entry CASCADE"),
}

OF_ENTRIES = {
    "sqlite": ("draw_entry_frozen_insert", "draw_entry_frozen_update", "draw_entry_frozen_delete"),
    "postgresql": ("draw_entry_frozen", "draw_entry_frozen_truncate"),
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


def test_a_dropped_guard_of_a_draws_entries_is_missed_until_they_are_guarded_again(database: Database) -> None:
    on_table = " ON draw_entry" if database.engine.dialect.name == "postgresql" else ""
    with database.engine.begin() as connection:
        for name in OF_ENTRIES[database.engine.dialect.name]:
            connection.execute(text(f"DROP TRIGGER {name}{on_table}"))
            assert missing_guards(connection) == [name]
            guard_entries(connection)
            assert missing_guards(connection) == []


def test_a_guard_that_is_switched_off_is_missed_too(prepared_postgres: str) -> None:
    """SQLite can only drop one."""
    with fresh_postgres(prepared_postgres) as database, database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE draw_entry DISABLE TRIGGER draw_entry_frozen"))
        assert missing_guards(connection) == ["draw_entry_frozen"]
        connection.execute(text("ALTER TABLE draw_entry ENABLE TRIGGER draw_entry_frozen"))
        assert missing_guards(connection) == []
