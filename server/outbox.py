"""The outbox: what changed, written in the same transaction as the change, told after the commit.

A line carries ids only. Whoever reads one looks up the present, so that a line read twice does no
harm and nothing that a person typed can leave by this door.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Integer, String, bindparam, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base
from server.plain import Plain

WINDOW = timedelta(seconds=10)  # twice the longest wait for a lock: no transaction of ours is open longer


class OutboxLine(Base):
    """AUTOINCREMENT: SQLite would else give the number of a purged line to a new one, unseen by any tail."""

    __tablename__ = "outbox"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    topic: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)


_ABOVE = Plain(select(OutboxLine.id, OutboxLine.campaign_id, OutboxLine.topic, OutboxLine.subject_id)
               .where(OutboxLine.id > bindparam("floor")).order_by(OutboxLine.id))


@dataclass(frozen=True)
class Line:
    """One change: `topic` says of which sort, `subject_id` of what."""

    id: int
    campaign_id: str
    topic: str
    subject_id: str


def tell(session: Session, campaign_id: str, topic: str, subject_id: str, now: datetime) -> None:
    """Write a line inside the caller's transaction: it is told if and only if the change is committed."""
    session.add(OutboxLine(campaign_id=campaign_id, topic=topic, subject_id=subject_id, at=now))


def purge(session: Session, before: datetime) -> int:
    """Forget the lines older than a moment, inside the caller's transaction; how many there were."""
    gone = delete(OutboxLine).where(OutboxLine.at < before).returning(OutboxLine.id)
    return len(session.scalars(gone).all())


@dataclass
class Tail:
    """One reader's place in the outbox.

    On PostgreSQL a line numbered 7 may be committed after line 8 was read. So the last `WINDOW` is
    read again each time and the numbers already told are remembered; `floor` is below all of it.
    """

    floor: int | None = None
    seen: dict[int, datetime] = field(default_factory=dict)

    def read(self, session: Session, now: datetime) -> list[Line]:
        """The lines not told yet, by number. The first reading begins `WINDOW` ago.

        The session must hold no older snapshot: give it a fresh one, or roll it back before.
        """
        if self.floor is None:
            self.floor = _last_before(session, now - WINDOW)
        found = [Line(*row) for row in _ABOVE.read(session, floor=self.floor)]
        fresh = [line for line in found if line.id not in self.seen]
        self.seen.update((line.id, now) for line in fresh)
        self._raise_floor(now - WINDOW)
        return fresh

    def _raise_floor(self, before: datetime) -> None:
        """Give up on numbers below what was read longer ago than the window: nobody will commit them."""
        settled = max((number for number, read_at in self.seen.items() if read_at < before), default=0)
        floor = self.floor = max(self.floor or 0, settled)
        self.seen = {number: read_at for number, read_at in self.seen.items() if number > floor}


def _last_before(session: Session, moment: datetime) -> int:
    return session.scalar(select(func.max(OutboxLine.id)).where(OutboxLine.at < moment)) or 0
