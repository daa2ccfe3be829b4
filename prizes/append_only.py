"""Tables whose rows nobody rewrites: the database itself refuses it, whoever asks.

A table says so with `__table_args__ = {"info": APPEND_ONLY}`, wherever it is defined. A migration that makes
such a table, or rebuilds it (which drops its triggers silently on SQLite), calls `protect` at its end. A table with
triggers of its own says which with `guarded_by`, so that they are missed like these.
"""

from typing import Any

from sqlalchemy import Connection, inspect, text

from prizes.db import Base

APPEND_ONLY = {"append_only": True}
POSTGRES_DEEDS = ("update", "delete", "truncate")
SQLITE_DEEDS = ("update", "delete", "replace")

_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE restrict_violation USING MESSAGE = TG_TABLE_NAME || ' is append-only';
END $$
"""


def guarded_by(*, postgresql: tuple[str, ...], sqlite: tuple[str, ...]) -> dict[str, Any]:
    """A table's `info`: the names of triggers of its own, by the kind of database."""
    return {"guards": {"postgresql": postgresql, "sqlite": sqlite}}


def append_only_tables() -> list[str]:
    """The names of the append-only tables among those imported so far."""
    return sorted(name for name, table in Base.metadata.tables.items() if table.info.get("append_only"))


def protect(connection: Connection, table: str) -> None:
    """Make the database refuse to change, replace or remove rows of an existing table; may be repeated."""
    guards = _postgres_guards(table) if _is_postgres(connection) else _sqlite_guards(connection, table)
    for statement in guards:
        connection.exec_driver_sql(statement)


def unprotect(connection: Connection, table: str) -> None:
    """Let a migration rebuild a table; it has to `protect` it again, or `missing_guards` stops the migration."""
    on_table = f' ON "{table}"' if _is_postgres(connection) else ""
    for deed in POSTGRES_DEEDS if _is_postgres(connection) else SQLITE_DEEDS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_name(table, deed)}{on_table}")


def protect_all(connection: Connection) -> None:
    for table in append_only_tables():
        protect(connection, table)


def missing_guards(connection: Connection) -> list[str]:
    """The triggers (by name) that append-only tables, and those with guards of their own, should have and have not,
    or have switched off.

    A table that a later migration makes is not missed in an older database.
    """
    there = set(inspect(connection).get_table_names())
    standing = _standing_guards(connection)
    names = [name for table in sorted(Base.metadata.tables) if table in there for name in _guards(connection, table)]
    return [name for name in names if name not in standing]


def _guards(connection: Connection, table: str) -> list[str]:
    info = Base.metadata.tables[table].info
    deeds = POSTGRES_DEEDS if _is_postgres(connection) else SQLITE_DEEDS
    own = info.get("guards", {}).get(connection.dialect.name, ())
    return [*(_name(table, deed) for deed in deeds if info.get("append_only")), *own]


def _name(table: str, deed: str) -> str:
    return f"{table}_refuses_{deed}"


def _postgres_guards(table: str) -> list[str]:
    triggers = [f'CREATE OR REPLACE TRIGGER {_name(table, deed)} BEFORE {deed.upper()} ON "{table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()" for deed in POSTGRES_DEEDS]
    return [_REFUSE, *triggers]


def _sqlite_guards(connection: Connection, table: str) -> list[str]:
    """`INSERT OR REPLACE` removes the old row without firing DELETE triggers: it has a guard of its own."""
    when_it_replaces = f'INSERT ON "{table}" WHEN {_key_is_taken(connection, table)}'
    deeds = {"update": f'UPDATE ON "{table}"', "delete": f'DELETE ON "{table}"', "replace": when_it_replaces}
    return [f"CREATE TRIGGER IF NOT EXISTS {_name(table, deed)} BEFORE {event} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END" for deed, event in deeds.items()]


def _key_is_taken(connection: Connection, table: str) -> str:
    """The condition that the new row clashes with one that is there, by any of the table's keys."""
    # Not typed by anyone: the names are those of our own tables and columns.
    return f'EXISTS (SELECT 1 FROM "{table}" AS old WHERE {same_key(connection, table, "old")})'  # noqa: S608


def same_key(connection: Connection, table: str, row: str) -> str:
    """The condition that a row, by its alias, has one of its table's keys in common with the NEW one: on SQLite its
    own number for the row too, which no schema tells, and by which a row can be replaced as well.
    """
    inspector = inspect(connection)
    keys = [["rowid"], inspector.get_pk_constraint(table)["constrained_columns"]]
    keys += [unique["column_names"] for unique in inspector.get_unique_constraints(table)]
    keys += [[column for column in index["column_names"] if column] for index in inspector.get_indexes(table)
             if index["unique"] and "sqlite_where" not in index.get("dialect_options", {})]
    same = [" AND ".join(f'{row}."{column}" = NEW."{column}"' for column in key) for key in keys if key]
    return f"({') OR ('.join(same)})"


def _standing_guards(connection: Connection) -> set[str]:
    query = ("SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
             "WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
             if _is_postgres(connection) else "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return set(connection.scalars(text(query)))


def _is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
