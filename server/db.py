"""The database: engines for SQLite and PostgreSQL, one session a request, one place that commits."""

import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, g
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from prizes.db import Base
from server.plain import errors_of_ours

__all__ = ["Base", "Database", "current_session", "is_sqlite", "nothing_done", "open_database", "transaction",
           "write_beside"]

BUSY_TIMEOUT_S = 5.0  # how long SQLite waits for a writer in another process (a `popshot` command)
POOL_SIZE = 16
BESIDE = "beside"  # in a session's info: what its next transaction writes besides
# PostgreSQL's share of the same patience: nobody waits longer for a lock, nobody holds one while doing nothing.
PATIENCE = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=10s"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Database:
    """An engine with its sessions. `gate` lets one writer of this process in at a time on SQLite."""

    engine: Engine
    sessions: sessionmaker[Session]


@dataclass
class Queue:
    """What this process's calls want to write together (`server/together.py`). `turn` is whose turn it is to do so,
    `is_busy` whether the last one wrote for others too.
    """

    waiting: deque[Any] = field(default_factory=deque)
    turn: threading.Lock = field(default_factory=threading.Lock)
    is_busy: bool = False


def open_database(url: str, *, schema: str | None = None, connections: int = POOL_SIZE) -> Database:
    """Open the database at a SQLAlchemy URL; nothing is connected yet. On PostgreSQL `schema` takes the place of the
    usual one; `connections` are kept open.

    Raises sqlalchemy.exc.ArgumentError for an address that cannot be read.
    """
    is_embedded = make_url(url).get_backend_name() == "sqlite"
    engine = _sqlite_engine(url, connections) if is_embedded else _server_engine(url, schema, connections)
    # A plain Lock: under gevent it was patched before this import and then parks the greenlet, not the process.
    gate: AbstractContextManager[Any] = threading.Lock() if is_sqlite(engine) else nullcontext()
    queue = Queue() if is_sqlite(engine) else None
    return Database(engine, sessionmaker(engine, expire_on_commit=False, info={"gate": gate, "queue": queue}))


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _server_engine(url: str, schema: str | None, connections: int) -> Engine:
    options = PATIENCE if schema is None else f"{PATIENCE} -c search_path={schema}"
    return create_engine(url, pool_size=connections, max_overflow=connections, pool_pre_ping=True,
                         hide_parameters=True, connect_args={"options": options})


def _sqlite_engine(url: str, connections: int) -> Engine:
    engine = create_engine(url, pool_size=connections, max_overflow=4 * connections, hide_parameters=True,
                           connect_args={"timeout": BUSY_TIMEOUT_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin by itself; `_begin_sqlite` does
    _switch_to_wal(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _switch_to_wal(connection: Any) -> None:
    """Of several that open a new file at once one switches it; SQLite does not let the others wait, so they try again.

    Raises sqlite3.OperationalError when the file stays locked.
    """
    until = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("popshot_writes", False)
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
    with errors_of_ours(begin, connection.dialect):
        connection.connection.cursor().execute(begin)  # SQLAlchemy's own way costs more than the rest of a look


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """Write: wait for the gate, begin, commit at the end, roll back on any error.

    What the session read before is let go first: those objects stay readable as the snapshot they
    were, and must not be written through. Inside, nothing may yield to another greenlet on SQLite
    (no socket, Redis, file or DNS work): the others wait at the gate, the whole process at the lock.
    """
    if session.info.get("writing"):
        raise RuntimeError("a transaction inside a transaction: the outer one must do both")
    session.expunge_all()
    session.rollback()
    with session.info["gate"]:
        session.info["writing"] = True
        try:
            session.connection(execution_options={"popshot_writes": True})
            yield session
            beside = session.info.get(BESIDE)
            if beside is not None:
                beside(session)
            session.commit()
            session.info.pop(BESIDE, None)
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writing"] = False


def write_beside(session: Session, write: Callable[[Session], None] | None) -> bool:
    """Let the next transaction of a session write something more, so that one is never kept without the other; None
    takes that back. True when something still waited to be written.
    """
    had = session.info.pop(BESIDE, None) is not None
    if write is not None:
        session.info[BESIDE] = write
    return had


def nothing_done(session: Session) -> None:
    """Inside a transaction that came to nothing: nothing is written beside it either."""
    write_beside(session, None)


def current_session() -> Session:
    """This request's session, opened at the first call, closed by `close_session` at its end."""
    if "session" not in g:
        database: Database = current_app.extensions["popshot_database"]
        g.session = database.sessions()
    session: Session = g.session
    return session


def close_session(_error: BaseException | None = None) -> None:
    """Give the request's connection back; what was not committed is rolled back.

    One that died meanwhile is thrown away: the answer is ready, and what it tells is committed.
    """
    session: Session | None = g.pop("session", None)
    if session is None:
        return
    try:
        session.close()
    except DBAPIError as lost:
        log.warning("a database connection died before it was given back: %s", lost.orig)
        session.invalidate()
