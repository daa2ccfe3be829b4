"""A brand: whose a campaign is. Staff of one brand see nothing of another's."""

from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into, new_id


class Brand(Base):
    """`name` is what players read beside the game; two brands never share one."""

    __tablename__ = "brand"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]


def find_brand(session: Session, name: str) -> Brand | None:
    return session.scalar(select(Brand).where(Brand.name == name))


def brand_named(session: Session, name: str, now: datetime) -> str:
    """The id of the brand of a name, which is made when there is none; inside the caller's transaction."""
    made = insert_into(session, Brand).values(id=new_id(), name=name, created_at=now)
    session.execute(made.on_conflict_do_nothing(index_elements=["name"]))
    return session.scalars(select(Brand.id).where(Brand.name == name)).one()
