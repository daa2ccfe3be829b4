"""What was promised stays: once a campaign is sealed the database itself refuses changes to it, whoever asks.

A table says so with `__table_args__ = ({"info": sealed_by("campaign_id")},)`. A migration that makes such a table
calls `seal` at its end; one that rebuilds any of them (which drops triggers silently on SQLite) first calls
`unseal_all` and then `seal_all`. The one thing known of the server here is the name of its table "campaign".
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect, text

from prizes.append_only import same_key
from prizes.db import Base

POSTGRES_DEEDS = ("rows", "truncate")
SQLITE_DEEDS = ("insert", "update", "delete", "number")

# FOR SHARE waits for whoever is publishing, and whoever publishes waits for us: nothing slips in meanwhile.
_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_what_is_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids text[] := ARRAY[to_jsonb(OLD) ->> TG_ARGV[0], to_jsonb(NEW) ->> TG_ARGV[0]];
  sealed bigint;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    SELECT count(sealed_at) INTO sealed FROM campaign;
  ELSE
    IF TG_ARGV[0] = 'prize_id' THEN
      SELECT array_agg(campaign_id) INTO ids FROM prize WHERE id = ANY (ids);
    END IF;
    SELECT count(sealed_at) INTO sealed
      FROM (SELECT sealed_at FROM campaign WHERE id = ANY (ids) ORDER BY id FOR SHARE) AS own;
  END IF;
  IF sealed > 0 THEN
    RAISE restrict_violation USING MESSAGE = TG_TABLE_NAME || ' of a published campaign is sealed';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


@dataclass(frozen=True)
class Sealed:
    """`by` is the column that leads to the campaign: campaign_id, prize_id, or its own id. Of a row that goes on
    changing only `columns` are sealed; it may still be neither added nor removed."""

    by: str
    columns: tuple[str, ...] = ()


def sealed_by(column: str, *columns: str) -> dict[str, Any]:
    """A table's `info`: its rows are sealed with the campaign that a column leads to, or some columns of them."""
    return {"sealed": Sealed(column, columns)}


def sealed_tables() -> dict[str, Sealed]:
    """How each sealed table imported so far is sealed; one comes after those that it refers to."""
    return {table.name: table.info["sealed"] for table in Base.metadata.sorted_tables if "sealed" in table.info}


def seal(connection: Connection, table: str) -> None:
    """Make the database refuse changes to what is sealed of an existing table; may be repeated."""
    guards = _postgres_guards if _is_postgres(connection) else _sqlite_guards
    unseal(connection, table)
    for statement in guards(connection, table, sealed_tables()[table]):
        connection.exec_driver_sql(statement)


def unseal(connection: Connection, table: str) -> None:
    """Let a migration work on a table; it has to `seal` it again, or `missing_seals` stops the migration."""
    on_table = f' ON "{table}"' if _is_postgres(connection) else ""
    for name in _names(connection, table):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def seal_all(connection: Connection) -> None:
    for table in _present(connection):
        seal(connection, table)


def unseal_all(connection: Connection) -> None:
    """SQLite rebuilds no table that any trigger names, and they all name the campaign's."""
    for table in _present(connection):
        unseal(connection, table)


def missing_seals(connection: Connection) -> list[str]:
    """The triggers (by name) that sealed tables should have and have not, or have switched off."""
    standing = _standing(connection)
    return [name for table in _present(connection) for name in _names(connection, table) if name not in standing]


def _present(connection: Connection) -> list[str]:
    """The sealed tables that are there; none in a schema that does not know of sealing yet."""
    there = inspect(connection).get_table_names()
    if "campaign" not in there or "sealed_at" not in _columns(connection, "campaign"):
        return []
    return [table for table in sealed_tables() if table in there]


def _names(connection: Connection, table: str) -> list[str]:
    return [f"{table}_sealed_{deed}" for deed in (POSTGRES_DEEDS if _is_postgres(connection) else SQLITE_DEEDS)]


def _of_columns(connection: Connection, table: str, sealed: Sealed) -> str:
    """Which columns an UPDATE must not name: all, or those that are sealed and there, and the row's key."""
    if not sealed.columns:
        return ""
    key = inspect(connection).get_pk_constraint(table)["constrained_columns"]
    there = _columns(connection, table)
    return "OF " + ", ".join(f'"{column}"' for column in (*key, *sealed.columns) if column in there)


def _columns(connection: Connection, table: str) -> set[str]:
    return {column["name"] for column in inspect(connection).get_columns(table)}


def _postgres_guards(connection: Connection, table: str, sealed: Sealed) -> list[str]:
    rows, truncate = _names(connection, table)
    of_columns = _of_columns(connection, table, sealed)
    refuse = f"EXECUTE FUNCTION refuse_what_is_sealed('{sealed.by}')"
    return [_REFUSE,
            f'CREATE TRIGGER {rows} BEFORE INSERT OR UPDATE {of_columns} OR DELETE ON "{table}" FOR EACH ROW {refuse}',
            f'CREATE TRIGGER {truncate} BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {refuse}']


def _sqlite_guards(connection: Connection, table: str, sealed: Sealed) -> list[str]:
    """`OR REPLACE` removes other rows without firing DELETE triggers: the new row must clash with no sealed one, nor
    take its number, whichever column an UPDATE names.
    """
    # Not typed by anyone: the names are those of our own tables and columns.
    replaced = (f'EXISTS (SELECT 1 FROM "{table}" AS gone WHERE ({same_key(connection, table, "gone")}) '  # noqa: S608
                f"AND {_is_sealed(sealed.by, 'gone')})")
    update = f"UPDATE {_of_columns(connection, table, sealed)}"
    changed = f"{_is_sealed(sealed.by, 'OLD', 'NEW')} OR {replaced}"
    deeds = (("INSERT", f"{_is_sealed(sealed.by, 'NEW')} OR {replaced}"), (update, changed),
             ("DELETE", _is_sealed(sealed.by, "OLD")), ("UPDATE", f"OLD.rowid <> NEW.rowid AND ({changed})"))
    return [f'CREATE TRIGGER {name} BEFORE {deed} ON "{table}" WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{table} of a published campaign is sealed'); END"
            for name, (deed, condition) in zip(_names(connection, table), deeds, strict=True)]


def _is_sealed(by: str, *rows: str) -> str:
    """The condition that the campaign of one of these rows is sealed."""
    ids = ", ".join(f'{row}."{by}"' for row in rows)
    if by == "prize_id":
        ids = f"SELECT campaign_id FROM prize WHERE id IN ({ids})"  # noqa: S608
    return f"EXISTS (SELECT 1 FROM campaign WHERE sealed_at IS NOT NULL AND id IN ({ids}))"  # noqa: S608


def _standing(connection: Connection) -> set[str]:
    query = ("SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
             "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND relnamespace = current_schema()::regnamespace"
             if _is_postgres(connection) else "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return set(connection.scalars(text(query)))


def _is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
