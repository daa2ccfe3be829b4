"""Fresh databases, quickly: each test gets a copy of one that was prepared once a session."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from prizes.db import new_id
from server.db import Database, open_database
from server.migrate import upgrade
from server.migrate import upgrade


def prepare(url: str) -> None:
    """Give an empty database its schema, the way an installation gets it."""
    database = open_database(url)
    upgrade(database.engine)
    database.engine.dispose()


@contextmanager
def fresh_sqlite(template: Path, folder: Path) -> Iterator[Database]:
    """A copy of the template file, open."""
    path = folder / "popshot.sqlite"
    shutil.copyfile(template, path)
    with opened(f"sqlite:///{path}") as database:
        yield database


@contextmanager
def fresh_postgres(template_url: str) -> Iterator[Database]:
    """A database made from the template one, open; dropped at the end, whoever still holds it."""
    template = make_url(template_url)
    copy = template.set(database=f"test_{new_id()}")
    administer(template_url, f'CREATE DATABASE "{copy.database}" TEMPLATE "{template.database}"')
    try:
        with opened(copy.render_as_string(hide_password=False)) as database:
            yield database
    finally:
        administer(template_url, f'DROP DATABASE "{copy.database}" WITH (FORCE)')


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database at a URL, its connections closed at the end."""
    database = open_database(url)
    try:
        yield database
    finally:
        database.engine.dispose()


def administer(url: str, statement: str) -> None:
    """Run one statement that no transaction may hold, from the database `postgres` of the same server."""
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
