import pytest

from server.db import Database
from tests.prizes.scene import Scene


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)
