"""A brand's prizes with their stock, and jobs that are done at once."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Any

from sqlalchemy import select

from prizes.db import new_id
from prizes.prize import Prize, PrizeKind
from prizes.stock import Stock, add_prize, restock
from prizes.ways.ladder import add_step
from server.backoffice.rights import Role
from server.backoffice.stock.job import Job
from server.backoffice.stock.job_routes import STARTER
from server.backoffice.stock.work import do_job
from server.campaigns.campaign import find_campaign
from server.db import transaction
from server.keys import derive_keys
from tests.office.cast import Office, StaffClient
from tests.rig.app import MASTER, add_campaign

SLUG = "autumn"


@dataclass
class Shelf:
    """Prizes of Zapp & Co's campaign `autumn`, which is open and not sealed. `begun` are jobs whose process is a matter
    of the test.
    """

    office: Office
    campaign_id: str = ""
    begun: list[tuple[str, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        database = self.office.database
        add_campaign(database, SLUG, brand_id=self.office.brand_id)
        with database.sessions() as session:
            campaign = find_campaign(session, SLUG)
            assert campaign is not None
            self.campaign_id = campaign.id
        self.office.app.extensions[STARTER] = self.do_at_once

    def add(self, units: int = 10, *, score: int | None = 100, **choices: Any) -> str:
        """A prize with stock; its id."""
        usual: dict[str, Any] = {"names": {"en": "Plush", "fr": "Peluche"}, "kind": PrizeKind.PARCEL,
                                 "value_cents": 500}
        now = self.office.clock()
        prize = Prize(id=new_id(), campaign_id=self.campaign_id, created_at=now, **{**usual, **choices})
        with self.office.database.sessions() as session, transaction(session):
            add_prize(session, prize)
            if score is not None:
                add_step(session, self.campaign_id, score, prize.id)
            if units:
                restock(session, prize.id, units, now, "delivered")
            return prize.id

    def add_voucher(self) -> str:
        return self.add(0, kind=PrizeKind.VOUCHER, names={"en": "Voucher", "fr": "Bon"})

    def stock(self, prize_id: str) -> tuple[int, int, int]:
        """What was received, is free, was withdrawn."""
        with self.office.database.sessions() as session:
            stock = session.get_one(Stock, prize_id)
            return stock.received, stock.free, stock.withdrawn

    def do_at_once(self, job_id: str, upload: IO[bytes] | None) -> None:
        do_job(self.office.database, derive_keys(MASTER), job_id, BytesIO(upload.read() if upload else b""),
               self.office.clock)

    def forget_to_start(self, job_id: str, upload: IO[bytes] | None) -> None:
        """A job whose process dies at once."""
        self.begun.append((job_id, upload.read() if upload else b""))

    def jobs(self) -> list[Job]:
        with self.office.database.sessions() as session:
            return list(session.scalars(select(Job).order_by(Job.started_at, Job.id)))

    def keeper(self, *, fresh: bool = True) -> StaffClient:
        return self.office.sign_in(Role.STOCK_KEEPER, fresh=fresh)


def once() -> str:
    """The key of a form that was just opened."""
    return new_id()
