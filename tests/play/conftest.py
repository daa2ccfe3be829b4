"""Play is tested over the wire, on the whole app."""

import pytest
from sqlalchemy import update

from server.campaigns.campaign import Campaign
from server.db import Database, transaction
from tests.rig.app import alice, app, charlie, client, join
from tests.rig.bot import GOOD
from tests.rig.play import Play, Player

__all__ = ["alice", "app", "charlie", "client", "join"]


@pytest.fixture
def held(alice: Player, database: Database) -> Play:
    """A round above the review line, which is drawn low here so that a good player passes it."""
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(review_line=2_000))
    play = alice.play(1, GOOD)
    assert play.outcome["verdict"] == "held"
    return play
