import pytest

from server.db import Database
from tests.office.winners.scene import Winners
from tests.rig.clock import FakeClock


@pytest.fixture
def winners(database: Database, clock: FakeClock) -> Winners:
    return Winners(database, clock)
