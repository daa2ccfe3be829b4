"""Caps: how many awards a player, a person, a household, a network, a day or an hour may have.

Every cap is a row that one conditional statement raises, so that it holds however many come at once. What an award
raised is noted beside it: who gives the award up lowers the same rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    delete,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into


class Cap(StrEnum):
    """Whose count it is. The order is that in which rows are locked: those of a campaign before those of a prize."""

    NETWORK = "network"  # awards of a campaign to one network in a day
    HOUSEHOLD = "household"  # awards of a campaign to one name and address
    PERSON = "person"  # awards of a campaign to one e-mail address
    ENTRIES = "entries"  # entries of a player into a campaign's draw
    PERSON_PRIZE = "person_prize"  # units of a prize to one e-mail address
    PLAYER = "player"  # units of a prize that one player holds
    DAY = "day"  # units of a prize in one of the campaign's days
    HOUR = "hour"


OF_NETWORKS = text("cap = 'network'")  # the indexes' own words, or SQLite would not use them


class Tally(Base):
    """How many awards that were not given up one key has; `subject_id` is a campaign or a prize. Of its `units`,
    `unlinked` are awards of which nobody knows any more that they raised it.
    """

    __tablename__ = "tally"
    __table_args__ = (
        CheckConstraint("units >= 0", name="no_debt"),
        Index("ix_tally_network", "key", sqlite_where=OF_NETWORKS, postgresql_where=OF_NETWORKS),
    )

    subject_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    cap: Mapped[Cap] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    units: Mapped[int] = mapped_column(Integer)
    unlinked: Mapped[int] = mapped_column(Integer, default=0, server_default="0")


class AwardTally(Base):
    """That an award raised a tally."""

    __tablename__ = "award_tally"
    __table_args__ = (Index("ix_award_tally_network", "key", sqlite_where=OF_NETWORKS, postgresql_where=OF_NETWORKS),)

    award_id: Mapped[str] = mapped_column(ForeignKey("award.id"), primary_key=True)
    cap: Mapped[Cap] = mapped_column(primary_key=True)
    subject_id: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class Limit:
    """At most `most` awards of a subject to a key; None is counted without an end."""

    cap: Cap
    subject_id: str
    key: str
    most: int | None


OF_PEOPLE = (Cap.NETWORK, Cap.HOUSEHOLD, Cap.PERSON, Cap.PERSON_PRIZE)  # their keys are hashes of who somebody is
ORDER = {cap: place for place, cap in enumerate(Cap)}


def count_in(session: Session, award_id: str, limits: Iterable[Limit]) -> Limit | None:
    """Count an award under each limit; the first that it would pass, None when it keeps to all.

    The caller takes back what was counted, by the savepoint around it, when a limit says no.
    """
    for limit in sorted(limits, key=lambda limit: (ORDER[limit.cap], limit.key)):
        if not _raise(session, limit):
            return limit
        session.add(AwardTally(award_id=award_id, cap=limit.cap, subject_id=limit.subject_id, key=limit.key))
    session.flush()
    return None


def count_out(session: Session, award_ids: Sequence[str]) -> None:
    """Lower every tally that these awards, which are given up, had raised; each row in the order of `count_in`."""
    raised = session.scalars(select(AwardTally).where(AwardTally.award_id.in_(award_ids))).all()
    for tally in _in_order(raised):
        session.execute(update(Tally).where(*_own(tally)).values(units=Tally.units - 1))


def _in_order(raised: Iterable[AwardTally]) -> list[AwardTally]:
    """The order in which everybody locks tallies."""
    return sorted(raised, key=lambda tally: (ORDER[tally.cap], tally.key, tally.subject_id))


def _own(counted: AwardTally | Limit) -> tuple[ColumnElement[bool], ...]:
    """The one tally of an award's or a limit's key."""
    return Tally.subject_id == counted.subject_id, Tally.cap == counted.cap, Tally.key == counted.key


def count_one(session: Session, limit: Limit) -> bool:
    """Count something that is no award; False when it would pass the limit."""
    return _raise(session, limit)


def is_full(session: Session, limit: Limit) -> bool:
    """Whether the limit lets nothing more in. Reads."""
    counted = session.scalar(select(Tally.units).where(*_own(limit))) or 0
    return limit.most is not None and counted >= limit.most


def uncount_one(session: Session, limit: Limit) -> None:
    """Lower what `count_one` raised."""
    session.execute(update(Tally).where(*_own(limit)).values(units=Tally.units - 1))


def unlink(session: Session, held: Sequence[str], given_up: Sequence[str]) -> None:
    """Forget which people, households and networks had these awards. Tallies stay as high as they are: who is erased
    and claims again has claimed before.
    """
    of_people = AwardTally.cap.in_(OF_PEOPLE)
    raised = session.scalars(select(AwardTally).where(AwardTally.award_id.in_(held), of_people)).all()
    for tally in _in_order(raised):
        session.execute(update(Tally).where(*_own(tally)).values(unlinked=Tally.unlinked + 1))
    session.execute(delete(AwardTally).where(AwardTally.award_id.in_([*held, *given_up]), of_people))


def forget_networks(session: Session, before_day: str, most: int) -> int:
    """Forget what at most `most` networks had in the days before one ("2026-12-01"), with which awards it was; how many
    tallies. Who gives such an award up later finds nothing to lower: its day is over.
    """
    oldest = select(Tally.key).where(OF_NETWORKS, Tally.key < before_day).distinct().order_by(Tally.key)
    keys = session.scalars(oldest.limit(most)).all()
    own = (OF_NETWORKS, Tally.key.in_(keys))
    in_order = select(Tally.key).where(*own).order_by(Tally.key, Tally.subject_id)  # as `count_out` locks them
    tallies = session.scalars(in_order.with_for_update()).all()
    session.execute(delete(AwardTally).where(OF_NETWORKS, AwardTally.key.in_(keys)))
    session.execute(delete(Tally).where(*own))
    return len(tallies)


def _raise(session: Session, limit: Limit) -> bool:
    first = insert_into(session, Tally).values(subject_id=limit.subject_id, cap=limit.cap, key=limit.key, units=1)
    room = None if limit.most is None else Tally.units < limit.most
    one_more = first.on_conflict_do_update(index_elements=["subject_id", "cap", "key"],
                                           set_={"units": Tally.units + 1}, where=room)
    return session.scalar(one_more.returning(Tally.units)) is not None
