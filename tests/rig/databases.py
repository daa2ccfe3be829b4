"""Fresh databases, quickly: SQLite as a copy of a prepared file, PostgreSQL as a prepared one wiped clean.

PostgreSQL's connections stay open from test to test: a new one learns the whole catalogue anew.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import sessionmaker

from server.db import Database, open_database
from server.migrate import upgrade

# Who still holds a row is thrown out, save those that wait for the next test; guards and foreign keys sleep for this
# one transaction.
WIPE = """
DO $$ DECLARE name text; BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND NOT pid = ANY ('{KEPT}');
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', name);
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', name);
  END LOOP;
END $$
"""


def prepare(url: str) -> None:
    """Bring an empty database up to the code's schema, by the migrations that a user runs."""
    with opened(url) as database:
        upgrade(database.engine)
        if database.engine.dialect.name == "sqlite":
            with database.engine.connect() as connection:  # the copies are made of this one file
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def fresh_sqlite(prepared: Path, folder: Path) -> Iterator[Database]:
    """A copy of a prepared file, open."""
    path = folder / "popshot.sqlite"
    shutil.copyfile(prepared, path)
    with opened(f"sqlite:///{path}") as database:
        yield database


@dataclass
class Kept:
    """A prepared database with its open connections (`pids`: their backends), and one more that wipes."""

    database: Database
    wiper: Database
    pids: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        event.listen(self.database.engine, "connect", lambda raw, _: self.pids.add(raw.info.backend_pid))

    def wipe(self) -> None:
        if self.database.engine.pool.checkedout():  # type: ignore[attr-defined]  # by whom, nobody knows
            self.database.engine.dispose()
            self.pids.clear()
        with self.wiper.engine.begin() as connection:
            connection.execute(text(WIPE.replace("KEPT", ",".join(map(str, self.pids)))))

    def view(self) -> Database:
        """For one test: who listens to it does not hear the next one."""
        engine = self.database.engine.execution_options()
        return Database(engine, sessionmaker(**{**self.database.sessions.kw, "bind": engine}))


@cache
def kept(prepared_url: str) -> Kept:
    return Kept(open_database(prepared_url), open_database(prepared_url, connections=1))


@contextmanager
def fresh_postgres(prepared_url: str) -> Iterator[Database]:
    """The prepared database, emptied, open. Making a new one for each test takes ten times as long.

    A test that changes the schema must put it back: the next test gets the same database.
    """
    kept(prepared_url).wipe()
    yield kept(prepared_url).view()


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database at a URL, its connections closed at the end."""
    database = open_database(url)
    try:
        yield database
    finally:
        database.engine.dispose()


def create_postgres(server_url: str, name: str) -> str:
    """Make an empty database on a running server; its URL."""
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)
