"""Statements of the calls that everybody makes: compiled once, run on the driver's own cursor.

A session thinks anew about each statement, which costs it ten times what SQLite needs for the answer. These never
change, so it is thought about once. Values go in and out by SQLAlchemy's own types, and errors are its own.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Engine, Insert, PoolProxiedConnection, Select, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import manager_of_class

from prizes.db import Base

Thing = TypeVar("Thing", bound=Base)
Turn = Callable[[Any], Any]  # a value between Python and the driver


def lone(kind: type[Thing], values: Mapping[str, Any]) -> Thing:
    """A row as an object that no session knows, as if its columns had been loaded: a mapped class's own constructor
    notes each of them as a change. To read only; what is not among the values is None.
    """
    made: Thing = manager_of_class(kind).new_instance()
    vars(made).update(values)
    return made


class Compiled:
    """A statement in the words of one kind of database."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._dialect, self.sql, self._places = dialect, compiled.string, compiled.positiontup
        is_row = isinstance(statement, Insert)  # whose columns may be left out; a forgotten parameter is a mistake
        self._constants = {name: value for name, value in compiled.params.items() if is_row or value is not None}
        self._turn_in = {name: turn for name, bind in compiled.binds.items()
                         if (turn := bind.type.dialect_impl(dialect).bind_processor(dialect)) is not None}
        columns = list(statement.selected_columns) if isinstance(statement, Select) else []
        self._turn_out = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]

    def run(self, cursor: Any, values: dict[str, Any]) -> list[Sequence[Any]]:
        given = {**self._constants, **values}
        for name, turn in self._turn_in.items():
            given[name] = turn(given[name])
        with errors_of_ours(self.sql, self._dialect):
            cursor.execute(self.sql, given if self._places is None else [given[name] for name in self._places])
            rows = cursor.fetchall() if self._turn_out else []  # to the end: else a look would keep its snapshot
        return [self._typed(row) for row in rows]

    def _typed(self, row: Sequence[Any]) -> Sequence[Any]:
        return [value if turn is None else turn(value) for value, turn in zip(row, self._turn_out, strict=True)]


@dataclass
class Window:
    """The connection of all looks into a SQLite file, kept out of the pool, which would cost more than the answer.

    One look at a time: beside a statement that is still open the next one would see that one's moment.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    connection: PoolProxiedConnection | None = None

    def cursor(self, engine: Engine) -> Any:
        if self.connection is None:
            self.connection = engine.raw_connection()
            self.connection.detach()
        return self.connection.cursor()

    def close(self, _engine: Engine) -> None:
        """With the engine's own connections; a later look opens another one."""
        with self.lock:
            if self.connection is not None:
                self.connection.close()
            self.connection = None


class Windows(WeakKeyDictionary[Engine, Window]):
    def of(self, engine: Engine) -> Window:
        found = self.get(engine)
        if found is None:
            found = self.setdefault(engine, Window())
            event.listen(engine, "engine_disposed", found.close)
        return found


WINDOWS = Windows()


class Plain:
    """A SELECT or an INSERT whose parameters are all named by `bindparam`, or are an INSERT's columns."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert) -> None:
        self._statement = statement
        self._compiled: dict[str, Compiled] = {}  # by dialect

    def look(self, engine: Engine, **values: Any) -> list[Sequence[Any]]:
        """The rows, on a connection of its own and outside any transaction: the present."""
        compiled = self._for(engine.dialect)
        if engine.dialect.name != "sqlite":
            with errors_of_ours(compiled.sql, engine.dialect):
                connection = engine.raw_connection()
            try:
                return compiled.run(connection.cursor(), values)
            finally:
                connection.close()
        window = WINDOWS.of(engine)
        with window.lock, errors_of_ours(compiled.sql, engine.dialect):
            return compiled.run(window.cursor(engine), values)

    def read(self, session: Session, **values: Any) -> list[Sequence[Any]]:
        """The rows as the session would find them; on SQLite without beginning a transaction for them alone."""
        engine = session.bind
        if isinstance(engine, Engine) and engine.dialect.name == "sqlite" and not session.in_transaction():
            return self.look(engine, **values)
        return self.run(session, **values)

    def run(self, session: Session, **values: Any) -> list[Sequence[Any]]:
        """The rows, inside the session's transaction; none of an INSERT."""
        connection = session.connection()
        return self._for(connection.dialect).run(connection.connection.cursor(), values)

    def _for(self, dialect: Dialect) -> Compiled:
        known = self._compiled.get(dialect.name)
        if known is None:
            known = self._compiled[dialect.name] = Compiled(self._statement, dialect)
        return known


@contextmanager
def errors_of_ours(sql: str, dialect: Dialect) -> Iterator[None]:
    """What the driver raises becomes what a session would have raised."""
    base = dialect.loaded_dbapi.Error
    try:
        yield
    except base as error:
        raise DBAPIError.instance(sql, None, error, base, hide_parameters=True, dialect=dialect) from error
