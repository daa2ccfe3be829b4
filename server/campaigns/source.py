"""A campaign's sources: one row for all who came one way. Rounds point to it, and figures are counted from them."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into
from server.campaigns.came_from import MOST_NAME, MOST_WORD, CameFrom, SourceKind
from server.campaigns.campaign import Campaign
from server.db import transaction
from server.plain import Plain

MOST_A_DAY = 30  # links that strangers bring up; what staff made, and what is named here, needs no number
TRIES = 3  # where two bring up different links at once
NUMBERED = (SourceKind.LINK, SourceKind.QR)


class Source(Base):
    """`number` counts the links that strangers brought up on a `day`: the database lets no more of them in. What staff
    made (`is_ours`), and kinds whose names are ours, have none.
    """

    __tablename__ = "source"
    __table_args__ = (
        UniqueConstraint("campaign_id", "kind", "name", "medium", "tag"),
        UniqueConstraint("campaign_id", "day", "number"),
        CheckConstraint(f"number BETWEEN 1 AND {MOST_A_DAY}", name="number"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[SourceKind]
    name: Mapped[str] = mapped_column(String(MOST_NAME))
    medium: Mapped[str] = mapped_column(String(MOST_WORD))
    tag: Mapped[str] = mapped_column(String(MOST_WORD))
    is_ours: Mapped[bool] = mapped_column(Boolean)
    day: Mapped[str | None] = mapped_column(String(10))
    number: Mapped[int | None] = mapped_column(Integer)

    @property
    def came_from(self) -> CameFrom:
        return CameFrom(self.kind, self.name, self.medium, self.tag)


_NAMED = (Source.campaign_id, Source.kind, Source.name, Source.medium, Source.tag)
_ID = Plain(select(Source.id).where(*(column == bindparam(column.key) for column in _NAMED)))


def source_id_of(session: Session, campaign: Campaign, came_from: CameFrom, now: datetime) -> int:
    """The id of a source, which is made where nobody has come from there; "other" where a day has brought too many.
    A transaction of its own, seldom.
    """
    known = _find(session, campaign.id, came_from)
    if known is not None:
        return known
    with transaction(session):
        return _add(session, campaign, came_from, now)


def keep_source(session: Session, campaign: Campaign, came_from: CameFrom) -> None:
    """Make a source that staff announce, inside the caller's transaction: no crowd of others can displace it."""
    own = {"campaign_id": campaign.id, **came_from._asdict()}
    made = insert_into(session, Source).values(**own, is_ours=True)
    session.execute(made.on_conflict_do_update(index_elements=list(own), set_={"is_ours": True}))


def _add(session: Session, campaign: Campaign, came_from: CameFrom, now: datetime) -> int:
    day = campaign.day(now) if came_from.kind in NUMBERED else None
    for _ in range(TRIES):
        number = None if day is None else _count(session, campaign.id, day) + 1
        if number is not None and number > MOST_A_DAY:
            break
        made = insert_into(session, Source).values(campaign_id=campaign.id, **came_from._asdict(), is_ours=False,
                                                   day=day, number=number)
        session.execute(made.on_conflict_do_nothing())
        found = _find(session, campaign.id, came_from)
        if found is not None:
            return found
    return _add(session, campaign, CameFrom(SourceKind.OTHER), now)


def _count(session: Session, campaign_id: str, day: str) -> int:
    own = (Source.campaign_id == campaign_id, Source.day == day)
    return session.scalar(select(func.count()).select_from(Source).where(*own)) or 0


def _find(session: Session, campaign_id: str, came_from: CameFrom) -> int | None:
    found = _ID.read(session, campaign_id=campaign_id, **came_from._asdict())
    return found[0][0] if found else None
