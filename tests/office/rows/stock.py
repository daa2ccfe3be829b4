"""What each address of this desk asks for."""

from typing import Any

from sqlalchemy import select

from prizes.db import new_id
from prizes.ledger import StockEntry
from server.backoffice.rights import Right
from server.backoffice.stock.job import Job, JobKind, JobState
from server.backoffice.stock.job_routes import STARTER
from server.backoffice.stock.move_stock import StockNote
from server.db import transaction
from tests.office.matrix import Upload

ROWS = {
    "stock.overview": Right.SEE,
    "stock.prize": Right.SEE,
    "stock.set_level": Right.STOCK,
    "stock.restock": Right.STOCK,
    "stock.correct": Right.STOCK,
    "stock.withdraw": Right.STOCK,
    "stock.erase_reason": Right.STOCK,
    "stock.codes": Right.SEE,
    "stock.import_codes": Right.STOCK,
    "stock.prize_list": Right.SEE,
    "stock.import_prizes": Right.STOCK,
    "stock.check_counts": Right.SEE,
    "stock.job": Right.SEE,
    "stock.progress": Right.SEE,
    "stock.export_page": Right.EXPORT,
    "stock.export_ledger": Right.EXPORT,
    "stock.export_list_page": Right.EXPORT,
    "stock.export_list": Right.EXPORT,
}
CODES = Upload(b"code\nZAPP-6\nZAPP-7\n", "codes.csv", "text/csv")
PRIZES = Upload(b"name,kind,value,units\n", "prizes.csv", "text/csv")
BODIES: dict[str, Any] = {
    "stock.set_level": {"percent": "20"},
    "stock.restock": {"once": "0" * 20, "units": "5", "why": "delivered"},
    "stock.correct": {"once": "0" * 20, "units": "-1", "why": "counted"},
    "stock.withdraw": {"once": "0" * 20, "units": "1", "why": "broken", "confirmation": "withdraw"},
    "stock.erase_reason": {},
    "stock.import_codes": {"once": "0" * 20, "file": CODES},
    "stock.import_prizes": {"once": "0" * 20, "file": PRIZES},
    "stock.check_counts": {"once": "0" * 20, "brand_id": "$brand_id"},
    "stock.export_ledger": {"kind": "csv"},
    "stock.export_list": {"kind": "xlsx"},
}
ARGUMENTS = {name: {"prize_id": "$voucher_id"} for name in ("stock.codes", "stock.import_codes")}
FRESH = {"stock.correct", "stock.export_page", "stock.export_ledger", "stock.export_list_page", "stock.export_list"}


def prepare(scene: Any) -> None:
    """A check that goes on, and a line of the ledger with a reason; no process is started for what is begun."""
    office = scene.office
    office.app.extensions[STARTER] = lambda job_id, upload: None
    with office.database.sessions() as session, transaction(session):
        entry = session.scalars(select(StockEntry.id).where(StockEntry.prize_id == scene.names["prize_id"])).first()
        session.add(StockNote(entry_id=entry, text="Zounds, a box"))
        brand_id, now = scene.names["brand_id"], office.clock()
        session.add(Job(id=new_id(), kind=JobKind.COUNTS, brand_id=brand_id, subject_id=brand_id, state=JobState.DONE,
                        by=scene.names["staff_id"], seen_at=now, started_at=now, ended_at=now,
                        report={"count": 0, "checked": 3}))
        session.flush()
        scene.name(entry_id=entry, job_id=session.scalars(select(Job.id)).one())
