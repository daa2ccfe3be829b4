"""The rig itself: what one test leaves behind, the next one does not find."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from server import outbox
from server.db import Database, transaction
from tests.prizes.scene import Scene
from tests.rig.clock import NOON


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_starts_from_an_empty_migrated_database(database: Database, session: Session, turn: str) -> None:
    assert session.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
    assert session.execute(text("SELECT count(*) FROM stock_entry")).scalar_one() == 0
    Scene(database).add_prize(units=3)
    with transaction(session):
        outbox.tell(session, "campaign", "prizes", "prize", NOON)
    assert session.execute(text("SELECT id FROM outbox")).scalar_one() == 1
