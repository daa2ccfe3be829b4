"""Where the database of a rehearsal lies: a file beside the live one, or a schema within it."""

import re
import threading
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Engine, inspect
from sqlalchemy.schema import CreateSchema, DropSchema

from server.db import Database, is_sqlite, open_database
from server.migrate import is_migrated, upgrade

TOKEN = re.compile(r"[0-9a-f]{32}")  # 128 random bits: who knows the address may play there
CONNECTIONS = 2  # a rehearsal has a handful of players
in_turn = threading.Lock()  # Alembic keeps what it works on in globals: two databases at once would be mixed up
SUFFIXES = ("", "-wal", "-shm", "-journal")  # what SQLite writes beside a file


def make_place(live: Engine, token: str) -> Database:
    """Make the empty database of a rehearsal and bring it up to the code's schema."""
    if is_sqlite(live):
        file = file_of(live, token)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=False)
    else:
        with live.begin() as connection:
            connection.execute(CreateSchema(schema_of(token)))
    return _opened(live, token)


def open_place(live: Engine, token: str) -> Database | None:
    """The database of a rehearsal, brought up to the code's schema when it is older; None when there is none."""
    return _opened(live, token) if has_place(live, token) else None


def has_place(live: Engine, token: str) -> bool:
    return file_of(live, token).is_file() if is_sqlite(live) else inspect(live).has_schema(schema_of(token))


def drop_place(live: Engine, token: str) -> None:
    """Remove the database of a rehearsal, if it is there, with everything in it."""
    if is_sqlite(live):
        for suffix in SUFFIXES:
            Path(f"{file_of(live, token)}{suffix}").unlink(missing_ok=True)
        return
    with live.begin() as connection:
        connection.execute(DropSchema(schema_of(token), cascade=True, if_exists=True))


def file_of(live: Engine, token: str) -> Path:
    return Path(live.url.database or "").parent / "rehearsals" / f"{_known(token)}.sqlite"


def schema_of(token: str) -> str:
    return f"rehearsal_{_known(token)}"


def _known(token: str) -> str:
    """A token becomes part of a file's name and of SQL; whoever hands one in has looked at it before."""
    if not TOKEN.fullmatch(token):
        raise ValueError("this is no token of a rehearsal")
    return token


def _opened(live: Engine, token: str) -> Database:
    database = _open_file(live, token) if is_sqlite(live) else open_database(
        live.url.render_as_string(hide_password=False), schema=schema_of(token), connections=CONNECTIONS)
    with in_turn:
        if not is_migrated(database.engine):
            upgrade(database.engine)
    return database


def _open_file(live: Engine, token: str) -> Database:
    """Reading and writing, never making: a connection opened late must not bring back what was thrown away."""
    address = URL.create("sqlite", database=f"file:{quote(str(file_of(live, token)))}",
                         query={"mode": "rw", "uri": "true"})
    return open_database(address.render_as_string(hide_password=False), connections=CONNECTIONS)
