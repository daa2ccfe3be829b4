import pytest

from server.db import Database
from tests.prizes.command import Command, command_on
from tests.prizes.scene import Scene
from tests.rig.app import add_campaign


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


@pytest.fixture
def command(database: Database) -> Command:
    """Run a command line on a database with the campaigns boss and other."""
    add_campaign(database, "boss")
    add_campaign(database, "other")
    return command_on(database)
