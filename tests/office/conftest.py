import pytest
from flask import Flask

from server.db import Database
from tests.office.cast import Office
from tests.rig.app import alice, app, client, fresh_app, join
from tests.rig.clock import FakeClock

__all__ = ["alice", "app", "client", "fresh_app", "join"]


@pytest.fixture
def office(app: Flask, database: Database, clock: FakeClock) -> Office:
    return Office(app, database, clock)
