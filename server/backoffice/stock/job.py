"""Work that takes longer than a page may: started here, done by a process of its own, told in a row.

A job that says nothing for `SILENT` has lost its process: it is told as such, and another may begin. One that was
only slow finds its row closed then, and keeps nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, delete, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base
from server.backoffice.stock.pulse import Beat, Stage, last_beat
from server.db import transaction

SILENT = timedelta(seconds=30)
KEPT = timedelta(days=90)
GOES_ON = text("ended_at IS NULL")


class JobKind(StrEnum):
    CODES = "codes"  # voucher codes of a prize; its subject is that
    PRIZES = "prizes"  # a list of prizes; of a campaign
    COUNTS = "counts"  # every count compared; of a brand


class JobState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # what it was given cannot be used, and nothing of it was kept
    FAILED = "failed"  # something of ours broke, and nothing was kept
    DIED = "died"  # its process ended in the midst of it, and nothing was kept


class Job(Base):
    """One piece of work for a subject, at most one at a time. `report` is what came of it: numbers, the sentences of
    a file's faults by line, never a code.
    """

    __tablename__ = "stock_job"
    __table_args__ = (
        Index("uq_stock_job_subject_id", "subject_id", unique=True, sqlite_where=GOES_ON, postgresql_where=GOES_ON),
        Index("ix_stock_job_brand_id_started_at", "brand_id", "started_at"),
        Index("ix_stock_job_subject_id_started_at", "subject_id", "started_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[JobKind]
    brand_id: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(32))
    state: Mapped[JobState] = mapped_column(default=JobState.RUNNING)
    stage: Mapped[Stage] = mapped_column(default=Stage.STARTING)
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)
    seen_at: Mapped[datetime]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class JobGoesOn(Exception):
    """Another one for the same subject is at work; it carries that one's id."""

    def __init__(self, job_id: str) -> None:
        super().__init__(job_id)
        self.job_id = job_id


class JobLost(Exception):
    """A job's row was closed while it worked: whatever it did must not be kept."""


def begin_job(session: Session, job: Job, now: datetime) -> bool:
    """Store a new job; False when this very one was begun before. Its process is started by the caller.

    Raises JobGoesOn.
    """
    if session.get(Job, job.id) is not None:
        return False
    job.seen_at = job.started_at = now
    try:
        with transaction(session):
            _bury(session, job.subject_id, now)
            session.execute(delete(Job).where(Job.brand_id == job.brand_id, Job.started_at < now - KEPT,
                                              Job.ended_at.is_not(None)))
            session.add(job)
    except IntegrityError:
        going_on = session.scalar(select(Job.id).where(Job.subject_id == job.subject_id, Job.ended_at.is_(None)))
        if going_on == job.id or session.get(Job, job.id) is not None:
            return False
        if going_on is None:
            raise
        raise JobGoesOn(going_on) from None
    return True


def _bury(session: Session, subject_id: str, now: datetime) -> None:
    """Close a job of a subject whose process is gone."""
    for other in session.scalars(select(Job).where(Job.subject_id == subject_id, Job.ended_at.is_(None))):
        if state_of(session, other, now) == JobState.DIED:
            end_job(session, other.id, JobState.DIED, {}, now)


def end_job(session: Session, job_id: str, state: JobState, report: Mapping[str, Any], now: datetime) -> None:
    """Close a job, inside the transaction of whatever it did last.

    Raises JobLost when it was closed before.
    """
    still_open = update(Job).where(Job.id == job_id, Job.ended_at.is_(None))
    closed = still_open.values(state=state, ended_at=now, report=dict(report)).returning(Job.id)
    if session.scalar(closed.execution_options(synchronize_session=False)) is None:
        raise JobLost(job_id)


def beat_of(session: Session, job: Job) -> Beat:
    """What a job last said of itself."""
    return last_beat(session, job.id) or Beat(job.stage, job.done, job.total, job.seen_at)


def state_of(session: Session, job: Job, now: datetime) -> JobState:
    """Its state, when it is still at work; DIED when its process has been silent for too long."""
    if job.ended_at is None and now - beat_of(session, job).at > SILENT:
        return JobState.DIED
    return job.state


def jobs_of(session: Session, subject_id: str, most: int = 10) -> Sequence[Job]:
    """A subject's jobs, the newest first."""
    own = select(Job).where(Job.subject_id == subject_id).order_by(Job.started_at.desc(), Job.id)
    return session.scalars(own.limit(most)).all()
