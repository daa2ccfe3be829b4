"""What a job does, in a process of its own: import codes, import a list of prizes, compare every count."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award
from prizes.import_codes import CODE_COLUMNS, SealedCodes, StoredMeanwhile, store_codes
from prizes.planned import is_planned
from prizes.prize import Prize
from prizes.sheets.faults import BadSheet, Faults, Stop
from prizes.sheets.read import read_sheet
from prizes.sheets.read_csv import read_csv
from server.backoffice.stock.job import Job, JobKind, JobLost, JobState, end_job
from server.backoffice.stock.pulse import Pulse, Stage
from server.campaigns.campaign import Campaign, Phase
from server.campaigns.prize_sheet import READ, PrizeLine, import_prizes, read_prizes
from server.campaigns.publish import SealedCampaign, require_movable
from server.clock import Clock
from server.db import Database, transaction
from server.keys import Keys

MOST_AT_PLAY = 50_000  # codes that SQLite, which has one writer, stores in a second or two
WORKBOOK = b"PK\x03\x04"  # how every packed file begins, whatever its name is

Report = dict[str, Any]

log = logging.getLogger(__name__)


class Refused(Exception):
    """What was asked for cannot be done: the key of the sentence that says why, and its places."""

    def __init__(self, key: str, **places: int | str) -> None:
        super().__init__(key)
        self.report: Report = {"refusal": key, "places": places}


@dataclass
class Task:
    """A job under way. `file` is what was uploaded, at its beginning."""

    session: Session
    job: Job
    file: BinaryIO
    pulse: Pulse
    keys: Keys
    clock: Clock

    def finish(self, report: Report) -> None:
        """Close the job as done, inside the transaction of what it did."""
        end_job(self.session, self.job.id, JobState.DONE, report, self.clock())


def do_job(database: Database, keys: Keys, job_id: str, file: BinaryIO, clock: Clock) -> None:
    """Do a job that was begun, to its end; whatever happens, its row says what."""
    with database.sessions() as session, Pulse(database, job_id, clock) as pulse:
        job = session.get(Job, job_id)
        if job is None or job.ended_at is not None:
            return
        _let_go(session)
        state, report = _attempt(Task(session, job, file, pulse, keys, clock))
        _let_go(session)
        if state is not None:
            _close(session, job_id, state, report, clock())


def _attempt(task: Task) -> tuple[JobState | None, Report]:
    """Do it; the state and report with which it is still to be closed, None when that is done."""
    try:
        WORK[task.job.kind](task)
    except BadSheet as bad:
        faults = [[fault.line, fault.sentence] for fault in bad.faults]
        return JobState.REFUSED, {"faults": faults, "count": bad.count}
    except Refused as refusal:
        return JobState.REFUSED, refusal.report
    except JobLost:
        log.warning("job %s was given up before it ended; nothing of it was kept", task.job.id)
    except Exception:  # its row must say so, whatever it was
        log.exception("job %s failed", task.job.id)
        return JobState.FAILED, {}
    return None, {}


def _let_go(session: Session) -> None:
    """End what was read, and keep the objects as they are: no transaction is held while a file is read."""
    session.expunge_all()
    session.rollback()


def _close(session: Session, job_id: str, state: JobState, report: Report, now: datetime) -> None:
    try:
        with transaction(session):
            end_job(session, job_id, state, report, now)
    except JobLost:
        log.warning("job %s was given up before it ended", job_id)


def _import_codes(task: Task) -> None:
    prize_id = task.job.subject_id
    with SealedCodes(task.keys.vouchers, prize_id) as codes:
        faults = Faults()
        encoding = _read_codes(task, codes, faults)
        task.pulse.begin(Stage.CHECKING)
        codes.tell_doubles(task.session, faults)
        _let_go(task.session)
        faults.raise_any()
        _refuse_at_play(task.session, len(codes), task.clock())
        task.pulse.begin(Stage.STORING, len(codes))
        try:
            with transaction(task.session):
                _require_movable(task.session, prize_id, len(codes))
                store_codes(task.session, codes, task.pulse.watched(codes), task.clock(), task.job.by, task.job.id)
                task.finish({"imported": len(codes), "read_as": encoding})
        except StoredMeanwhile:
            raise Refused("stock.stored_meanwhile") from None


def _read_codes(task: Task, codes: SealedCodes, faults: Faults) -> str:
    """Seal the codes of the file; what is wrong with it is among the faults."""
    task.pulse.begin(Stage.READING, task.file.seek(0, 2))
    task.file.seek(0)
    encoding = ""
    try:
        sheet = read_csv(task.file, CODE_COLUMNS, faults)
        encoding = sheet.encoding
        codes.read(task.pulse.watched(sheet.rows, task.file), faults)
    except Stop:
        return encoding
    if not codes and not faults.count:
        faults.add(2, "there is no code under the header")
    return encoding


def _require_movable(session: Session, prize_id: str, units: int) -> None:
    try:
        require_movable(session, prize_id, units)
    except SealedCampaign:
        key = "stock.plan_is_sealed" if is_planned(session, prize_id) else "stock.above_limit"
        raise Refused(key, units=units) from None


def _refuse_at_play(session: Session, codes: int, now: datetime) -> None:
    """While a million codes are stored SQLite lets nobody else write, and a wave is late after 20 seconds."""
    if codes <= MOST_AT_PLAY or session.get_bind().dialect.name != "sqlite":
        return
    playing = [campaign.slug for campaign in session.scalars(select(Campaign)) if campaign.phase(now) == Phase.OPEN]
    session.rollback()
    if playing:
        raise Refused("stock.people_play", codes=codes, most=MOST_AT_PLAY)


def _import_prizes(task: Task) -> None:
    campaign = task.session.get_one(Campaign, task.job.subject_id)
    _let_go(task.session)
    read_as, lines = _read_prizes(task, ZoneInfo(campaign.timezone))
    task.pulse.begin(Stage.STORING, len(lines))
    try:
        with transaction(task.session):
            import_prizes(task.session, campaign, lines, task.clock(), task.job.by)
            task.finish({"imported": len(lines), "read_as": read_as})
    except SealedCampaign:
        raise Refused("stock.prizes_are_sealed") from None


def _read_prizes(task: Task, zone: ZoneInfo) -> tuple[str, list[PrizeLine]]:
    """Raises BadSheet."""
    faults, lines, read_as = Faults(), list[PrizeLine](), ""
    task.pulse.begin(Stage.READING, task.file.seek(0, 2))
    task.file.seek(0)
    kind = "xlsx" if task.file.read(len(WORKBOOK)) == WORKBOOK else "csv"
    task.file.seek(0)
    try:
        read_as, rows = read_sheet(Path(f"sheet.{kind}"), task.file, READ, faults)
        lines = read_prizes(task.pulse.watched(rows), zone, faults)
        if not lines and not faults.count:
            faults.add(2, "there is no prize under the header")
    except Stop:
        pass
    faults.raise_any()
    return read_as, lines


def _compare_counts(task: Task) -> None:
    """The audit sees all brands; told is what is this one's. Differences only: they say what is wrong with the books,
    while numbers could say what of a winning plan is still to be had.
    """
    task.pulse.begin(Stage.CHECKING)
    own = dict(task.session.execute(select(Prize.id, Prize.campaign_id).join(Campaign, Campaign.id == Prize.campaign_id)
                                    .where(Campaign.brand_id == task.job.brand_id)).all())
    found = audit(task.session)
    awards = set(task.session.scalars(select(Award.id).where(
        Award.id.in_([odd.subject_id for odd in found]), Award.prize_id.in_(own))))
    theirs = awards | own.keys() | set(own.values())
    odd = [[odd.subject_id, odd.what, odd.found - odd.expected] for odd in found
           if odd.subject_id.split("/")[0] in theirs]
    with transaction(task.session):
        task.finish({"checked": len(own), "odd": odd[:200], "count": len(odd)})


WORK: Mapping[JobKind, Callable[[Task], None]] = {
    JobKind.CODES: _import_codes, JobKind.PRIZES: _import_prizes, JobKind.COUNTS: _compare_counts,
}  # fmt: skip
