"""A campaign with prizes, and what players win of them, in few words."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from prizes.award import Award, Way
from prizes.db import Base, new_id
from prizes.ledger import StockEntry
from prizes.prize import Prize, PrizeKind
from prizes.stock import Stock, add_prize, restock
from prizes.way import AwardTerms, Win
from prizes.ways.ladder import add_step, climb
from server.db import Database, transaction
from tests.rig.clock import NOON

CAMPAIGN = "campaign"
TERMS = AwardTerms(claim_key=b"k" * 32, claim_days=30, value_limit_cents=None, keep_back=False)


@dataclass
class Scene:
    """Each deed is a transaction of its own."""

    database: Database
    campaign_id: str = field(default=CAMPAIGN, kw_only=True)
    now: datetime = NOON
    terms: AwardTerms = field(default=TERMS)

    def add_prize(self, *, units: int = 1, score: int = 100, value_cents: int = 500,
                  per_player: int = 1) -> str:
        """A prize with stock, on a step of the ladder; its id."""
        prize = Prize(id=new_id(), campaign_id=self.campaign_id, names={"en": "Dart", "fr": "Fléchette"},
                      kind=PrizeKind.PARCEL, value_cents=value_cents, per_player=per_player,
                      created_at=self.now)
        with self.database.sessions() as session, transaction(session):
            add_prize(session, prize)
            add_step(session, self.campaign_id, score, prize.id)
            if units:
                restock(session, prize.id, units, self.now, "delivered")
            return prize.id

    def win(self, *, score: int = 100, player: str = "alice", round_id: str | None = None,
            terms: AwardTerms | None = None) -> Award | None:
        with self.database.sessions() as session:
            return win(session, score=score, player=player, round_id=round_id, now=self.now,
                       terms=terms or self.terms)

    def stock(self, prize_id: str) -> Stock:
        with self.database.sessions() as session:
            return session.get_one(Stock, prize_id)

    def ledger(self) -> list[StockEntry]:
        with self.database.sessions() as session:
            return list(session.scalars(select(StockEntry).order_by(StockEntry.at, StockEntry.id)))

    def count(self, table: type[Base]) -> int:
        with self.database.sessions() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def awards(self) -> list[Award]:
        with self.database.sessions() as session:
            return list(session.scalars(select(Award)))


def win(session: Session, *, score: int = 100, player: str | None = None, round_id: str | None = None,
        now: datetime = NOON, terms: AwardTerms = TERMS) -> Award | None:
    """A round that reaches a score; of a player and with an id of its own unless they are named."""
    with transaction(session):
        cause = round_id or new_id()
        return climb(session, Win(CAMPAIGN, Way.LADDER, cause, player or new_id(), cause), score, now, terms)
