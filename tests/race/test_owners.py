"""Two owners who demote each other at the same moment: one of them stays."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session

from server.backoffice.rights import Role
from server.backoffice.staff.members import take_away
from server.backoffice.staff.person import Membership, Staff
from server.campaigns.brand import brand_named
from server.db import Database, transaction
from server.errors import Problem
from tests.rig.clock import NOON
from tests.rig.race import Race

OWNERS = ("bob", "second")


@pytest.fixture
def brand_id(database: Database) -> str:
    """A brand with two owners."""
    with database.sessions() as session, transaction(session):
        brand_id = brand_named(session, "Zapp & Co", NOON)
        session.add_all(Staff(id=name, email=name, name=name, fs_uniquifier=name, created_at=NOON) for name in OWNERS)
        session.flush()
        session.add_all(Membership(staff_id=name, brand_id=brand_id, role=Role.OWNER, created_at=NOON)
                        for name in OWNERS)
        return brand_id


def owners(database: Database, brand_id: str) -> int:
    with database.sessions() as session:
        return len(session.scalars(select(Membership.staff_id).where(Membership.brand_id == brand_id)).all())


@pytest.mark.parametrize("database", ["postgres"], indirect=True)  # on SQLite one transaction at a time writes
def test_without_a_lock_both_could_go(database: Database, race: Race, brand_id: str) -> None:
    names, meet = iter(OWNERS), Barrier(2, timeout=5)

    def naive(session: Session) -> None:
        gone = delete(Membership).where(Membership.brand_id == brand_id, Membership.staff_id == next(names))
        with transaction(session):
            session.execute(gone)
            left = session.scalars(select(Membership.staff_id).where(Membership.brand_id == brand_id)).all()
            assert left
            try:
                meet.wait()
            except BrokenBarrierError:
                raise RuntimeError("the two did not meet") from None

    race(naive, players=2)
    assert owners(database, brand_id) == 0


def test_of_two_who_demote_each_other_one_stays(database: Database, race: Race, brand_id: str) -> None:
    names, meet = iter(OWNERS), Barrier(2, timeout=1)

    def wait(_session: Session) -> None:
        with suppress(BrokenBarrierError):  # the other one waits for the lock, and never comes
            meet.wait()

    def demote(session: Session) -> bool:
        event.listen(session, "before_commit", wait)
        try:
            take_away(session, next(names), brand_id, Role.OWNER)
        except Problem:
            return False
        return True

    assert sum(race(demote, players=2)) == 1
    assert owners(database, brand_id) == 1
