"""Ids that come again are still ids: as many as are asked for, of the same form, and real ones afterwards."""

import re

from sqlalchemy.orm import Session

from prizes.db import new_id
from prizes.prize import Prize, PrizeKind
from server.db import Database, transaction
from tests.rig.clock import NOON
from tests.rig.same_ids import same_ids


def made() -> list[str]:
    with same_ids():
        return [new_id() for _ in range(100)]


def test_the_same_run_makes_the_same_ids() -> None:
    ids = made()
    assert ids == made()
    assert len(set(ids)) == 100
    assert all(re.fullmatch("[0-9a-f]{20}", one) for one in ids)
    assert ids != sorted(ids)


def test_afterwards_no_id_comes_again() -> None:
    known = {*made(), new_id()}
    assert new_id() not in known


def test_a_columns_default_makes_them_too(database: Database) -> None:
    def stored(session: Session) -> str:
        prize = Prize(campaign_id="c", names={"en": "Dart"}, kind=PrizeKind.PARCEL, value_cents=1, created_at=NOON)
        with same_ids(), transaction(session):
            session.add(prize)
            session.flush()
        return prize.id

    with database.sessions() as session:
        assert stored(session) == made()[0]
