"""What a job says of itself while it works: once a second, how far it is.

SQLite has one writer, and while the codes are stored that is the job's own transaction; there the pulse stands in a
file beside the database. On PostgreSQL it goes into the job's row by a session of its own.
"""

import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, TypeVar

from sqlalchemy import Engine, bindparam, text
from sqlalchemy.orm import Session

from prizes.db import UtcDateTime
from server.clock import Clock
from server.db import Database, transaction

EVERY_S = 1.0
STEP = 2_000  # items between two looks at how far it is

Item = TypeVar("Item")

log = logging.getLogger(__name__)


class Stage(StrEnum):
    STARTING = "starting"
    READING = "reading"  # counted in bytes
    CHECKING = "checking"
    STORING = "storing"  # counted in codes


@dataclass(frozen=True)
class Beat:
    """`total` is 0 where nobody knows it."""

    stage: Stage
    done: int
    total: int
    at: datetime

    @property
    def percent(self) -> int | None:
        return min(100, 100 * self.done // self.total) if self.total else None


_BEAT = text("UPDATE stock_job SET stage = :stage, done = :done, total = :total, seen_at = :at "
             "WHERE id = :id AND ended_at IS NULL").bindparams(bindparam("at", type_=UtcDateTime()))


class Pulse:
    """A context manager: beats from its beginning to its end, on a thread of its own."""

    def __init__(self, database: Database, job_id: str, clock: Clock) -> None:
        self._database, self._job_id, self._clock = database, job_id, clock
        self._file = _file_of(database.engine, job_id)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, daemon=True)
        self._stage, self.done, self._total = Stage.STARTING, 0, 0

    def __enter__(self) -> "Pulse":
        self.beat()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()
        if self._file is not None:
            self._file.unlink(missing_ok=True)

    def begin(self, stage: Stage, total: int = 0) -> None:
        self._stage, self.done, self._total = stage, 0, total
        self.beat()

    def watched(self, items: Iterable[Item], file: BinaryIO | None = None) -> Iterator[Item]:
        """The same items; meanwhile `done` is their number, or how many bytes of a file were read for them."""
        for number, item in enumerate(items, start=1):
            if number % STEP == 0:
                self.done = number if file is None else file.tell()
            yield item

    def beat(self) -> None:
        beat = Beat(self._stage, self.done, self._total, self._clock())
        if self._file is not None:
            _write(self._file, beat)
            return
        with self._database.sessions() as session, transaction(session):
            session.execute(_BEAT, {"id": self._job_id, **vars(beat)})

    def _beat_on(self) -> None:
        while not self._over.wait(EVERY_S):
            try:
                self.beat()
            except Exception:  # the work goes on; only when no beat arrives for long is it taken for dead
                log.exception("job %s could not say how far it is", self._job_id)


def last_beat(session: Session, job_id: str) -> Beat | None:
    """What a job wrote last into its file; None where it writes into its row, or has not begun."""
    bind = session.get_bind()
    file = _file_of(bind if isinstance(bind, Engine) else bind.engine, job_id)
    try:
        if file is None:
            return None
        stage, done, total, at = file.read_text("ascii").split()
        return Beat(Stage(stage), int(done), int(total), datetime.fromisoformat(at))
    except (OSError, ValueError):
        return None


def _file_of(engine: Engine, job_id: str) -> Path | None:
    """Beside a SQLite database; its name is of our own making, never a client's."""
    if engine.dialect.name != "sqlite" or not job_id.isalnum():
        return None
    return Path(f"{engine.url.database}-job-{job_id}")


def _write(file: Path, beat: Beat) -> None:
    """At once, so that no reader meets half of it."""
    draft = file.with_name(f"{file.name}.draft")
    draft.write_text(f"{beat.stage} {beat.done} {beat.total} {beat.at.isoformat()}", "ascii")
    draft.replace(file)
