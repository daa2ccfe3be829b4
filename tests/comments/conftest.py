import pytest

from server.db import Database
from tests.comments.cast import Cast, Person
from tests.rig.clock import FakeClock


@pytest.fixture
def cast(database: Database, clock: FakeClock) -> Cast:
    return Cast(database, clock)


@pytest.fixture
def alice(cast: Cast) -> Person:
    return cast.player()
