"""Several calls' writes in one transaction: whoever waits for a turn is served by the one who has it.

On SQLite a commit costs more than what it commits, and only one call writes at a time. So a call leaves its deed and
queues; the first of the queue does all the deeds that lie there and commits once. Each caller is told what came of the
own one, after the commit. A lone call waits for nobody. On PostgreSQL, where calls write side by side, each deed has a
transaction to itself.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from server.db import Queue, transaction
from server.errors import Problem

MOST = 32      # deeds of one transaction, so that nobody waits long
REST_S = 0.001  # a third of a commit: who has just been told comes again (PostgreSQL's commit_delay is the same)

Value = TypeVar("Value")


@dataclass(eq=False)
class Deed:
    """What a call wants to be done inside a transaction, on the session that it is given; later, what came of it."""

    work: Callable[[Session], Any]
    is_settled: bool = False
    value: Any = None
    refused: Exception | None = None

    def settle(self, value: Any = None, refused: Exception | None = None) -> None:
        self.is_settled, self.value, self.refused = True, value, refused

    def do_alone(self, session: Session) -> None:
        try:
            with transaction(session):
                value = self.work(session)
        except Exception as refused:  # noqa: BLE001  its caller raises it
            self.settle(refused=refused)
        else:
            self.settle(value)


def write_together(session: Session, work: Callable[[Session], Value]) -> Value:
    """Do this inside a transaction, perhaps with other calls' work in the same one; what it gives, once that is
    committed. Raises what the work raises, and then nothing of it is written.

    The work must use the session that it is given, and be ready to be done again from the beginning.
    """
    deed = Deed(work)
    queue: Queue | None = session.info["queue"]
    if queue is None:
        deed.do_alone(session)
    else:
        _wait_or_lead(session, queue, deed)
    if deed.refused is not None:
        raise deed.refused
    value: Value = deed.value
    return value


def _wait_or_lead(session: Session, queue: Queue, deed: Deed) -> None:
    """Come back when the deed is settled, by this caller or by another."""
    queue.waiting.append(deed)
    with queue.turn:
        while not deed.is_settled:
            _let_others_come(queue)
            deeds = [queue.waiting.popleft() for _ in range(min(MOST, len(queue.waiting)))]
            queue.is_busy = len(deeds) > 1
            try:
                _settle(session, deeds)
            except BaseException:  # this caller is killed: the others do without
                queue.waiting.extendleft(left for left in reversed(deeds) if not (left.is_settled or left is deed))
                raise


def _let_others_come(queue: Queue) -> None:
    """Give way for as long as that brings new deeds: a greenlet would never meet another one else. While there are
    many, begin with a moment's rest.
    """
    seen, rest_s = 0, REST_S if queue.is_busy else 0
    while seen < len(queue.waiting) < MOST:
        seen = len(queue.waiting)
        time.sleep(rest_s)
        rest_s = 0


def _settle(session: Session, deeds: list[Deed]) -> None:
    """Each is done or refused: all in one transaction, and if that fails each in its own."""
    try:
        outcomes = _do_at_once(session, deeds) if len(deeds) > 1 else []
    except Exception:  # noqa: BLE001  each will be told in its own
        outcomes = []
    for deed, outcome in zip(deeds, outcomes, strict=False):
        deed.settle(**outcome)
    for deed in deeds[len(outcomes):]:
        deed.do_alone(session)


def _do_at_once(session: Session, deeds: list[Deed]) -> list[dict[str, Any]]:
    with transaction(session):
        return [_do(session, deed) for deed in deeds]


def _do(session: Session, deed: Deed) -> dict[str, Any]:
    """One of several. What is refused before anything of it was written need not trouble the others."""
    raw: Any = session.connection().connection.dbapi_connection
    before = raw.total_changes
    try:
        return {"value": deed.work(session)}
    except Problem as refused:
        if raw.total_changes != before or session.new or session.dirty or session.deleted:
            raise
        return {"refused": refused}
