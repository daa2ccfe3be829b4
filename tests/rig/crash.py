"""A process that ends in the middle of a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import Session


class Crash(Exception):
    """The process ends in the middle of a transaction."""


@contextmanager
def crash_after(session: Session, statements: int) -> Iterator[None]:
    """Let so many statements pass, and raise Crash instead of the next one."""
    left = statements

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Crash

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", count)
