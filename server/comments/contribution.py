"""The contribution log that the law asks of a host: who wrote what from where, sealed, for a year."""

from datetime import datetime, timedelta

from sqlalchemy import LargeBinary, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id

KEPT_FOR = timedelta(days=365)


class Contribution(Base):
    """`sealed` can be opened by the legal role alone; `at` says when to purge it."""

    __tablename__ = "contribution"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(index=True)


def purge_contributions(session: Session, now: datetime) -> None:
    """Forget what is a year old, inside the caller's transaction."""
    session.execute(delete(Contribution).where(Contribution.at < now - KEPT_FOR))
