"""Bringing a database up to the code's schema, and knowing whether it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url

from prizes.append_only import missing_guards
from prizes.seal import missing_seals
from server.db import is_sqlite

FOLDER = Path(__file__).resolve().parent / "migrations"
TURN_MS = 60_000  # how long a start waits for another one's migration
MIGRATION_LOCK = 7_467_746  # any number of our own: PostgreSQL's advisory lock, so that two starts take turns


class UnguardedTable(Exception):
    """A migration lost the triggers that keep an append-only table append-only, or what is sealed unchanged."""


class DanglingRow(Exception):
    """A migration left a row that refers to one that is not there."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply every migration that is missing, up to the newest or an older one, in one transaction, one process
    at a time.

    Raises UnguardedTable when an append-only or sealed table ends up without its guards, DanglingRow when a row
    refers to nothing; nothing is kept then.
    """
    writing = engine.connect().execution_options(popshot_writes=True)
    with writing as connection, _references_asleep(connection), connection.begin():
        if not is_sqlite(engine):
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        command.upgrade(_alembic(connection), revision)
        lost = missing_guards(connection) + missing_seals(connection)
        if lost:
            raise UnguardedTable(f"after the migration nothing guards {', '.join(lost)} against changes")
        _refuse_dangling(connection)


@contextmanager
def _references_asleep(connection: Connection) -> Iterator[None]:
    """SQLite rebuilds a table by dropping it, which rows that refer to it forbid unless foreign keys sleep
    meanwhile; that is only listened to outside a transaction."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    patience = driver.execute("PRAGMA busy_timeout").fetchone()[0]
    driver.execute(f"PRAGMA busy_timeout={TURN_MS}")  # of several starts at once one migrates, the others wait for it
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.execute(f"PRAGMA busy_timeout={patience}")


def _refuse_dangling(connection: Connection) -> None:
    """Raises DanglingRow for a row that refers to nothing: foreign keys slept, so nobody else has looked."""
    if connection.dialect.name == "sqlite":
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if dangling is not None:
            raise DanglingRow(f"after the migration a row of {dangling[0]} refers to no row of {dangling[2]}")


def is_migrated(engine: Engine) -> bool:
    """Whether the database stands at the newest migration this code knows."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == _newest()


def _newest() -> str | None:
    return ScriptDirectory(str(FOLDER)).get_current_head()


def _alembic(connection: Connection | None = None) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def make_folder(url: str) -> None:
    """Make the folder of an embedded database, which only its owner may read."""
    file = _embedded_file(url)
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def is_there(url: str) -> bool:
    """False before the first migration of an embedded database: merely connecting would make an empty file."""
    file = _embedded_file(url)
    return file is None or file.exists()


def _embedded_file(url: str) -> Path | None:
    address = make_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None
