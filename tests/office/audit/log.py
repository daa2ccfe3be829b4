"""Acts in the log, without doing them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from prizes.db import new_id
from server.backoffice.acts.act import Deed
from server.db import transaction
from tests.office.cast import Office

PLACE = "a" * 32


@dataclass
class Log:
    """`put` writes one act, a minute after the last one."""

    office: Office
    at: datetime
    staff_id: str
    brand_id: str

    def put(self, word: str = "stock.restock", *, typed: str = "", subject: tuple[str, str] | None = None,
            **more: Any) -> str:
        self.at += timedelta(minutes=1)
        told: Mapping[str, Any] = {"staff_id": self.staff_id, "address": PLACE, "brand_id": self.brand_id, **more}
        deed = Deed(word, subject=subject, texts={"why": typed} if typed else {}, **told)
        with self.office.database.sessions() as session, transaction(session):
            return deed.write(session, self.at)


def new_log(office: Office) -> Log:
    return Log(office, office.clock() - timedelta(days=9), new_id(), office.brand_id)
