"""A keepsake: the ticket of a round whose campaign gives prizes later, since players have no account."""

from datetime import datetime

from sqlalchemy import Select, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.codes import claim_code, code_hash
from prizes.db import Base


class Keepsake(Base):
    """Found by the hash of its ticket, which follows from the round's id and a key and is stored nowhere."""

    __tablename__ = "keepsake"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(String(32))
    round_id: Mapped[str] = mapped_column(String(32), unique=True)
    at: Mapped[datetime]


def ticket_of(key: bytes, round_id: str) -> str:
    """A round's ticket: a code like that of a claim, of another purpose."""
    return claim_code(key, f"keepsake:{round_id}")


def give_keepsake(session: Session, campaign_id: str, round_id: str, key: bytes, now: datetime) -> None:
    """Give an accepted round its ticket. Once a round."""
    session.add(Keepsake(code_hash=code_hash(ticket_of(key, round_id)), campaign_id=campaign_id, round_id=round_id,
                         at=now))


def has_keepsake(session: Session, round_id: str) -> bool:
    return session.scalar(select(Keepsake.at).where(Keepsake.round_id == round_id)) is not None


def forget_keepsakes(session: Session, round_ids: Select[str]) -> None:
    """The tickets of these rounds are nobody's any more."""
    session.execute(delete(Keepsake).where(Keepsake.round_id.in_(round_ids)))


def find_keepsake(session: Session, ticket: str) -> Keepsake | None:
    return session.get(Keepsake, code_hash(ticket))
