"""A draft in the books of a live world that has the demo too."""

from collections.abc import Iterator

import pytest
from flask import Flask

from server.campaigns.seed_demo import seed_demo
from server.db import Database
from tests.rehearsal.scene import Scene, add_draft
from tests.rig.app import terms_of
from tests.rig.clock import NOON, FakeClock
from tests.rig.play import Player


@pytest.fixture
def scene(database: Database, clock: FakeClock) -> Iterator[Scene]:
    scene = Scene(database, clock)
    scene.tidy()
    with database.sessions() as session:
        seed_demo(session, terms_of, NOON)
    add_draft(database)
    yield scene
    scene.tidy()


@pytest.fixture
def app(scene: Scene) -> Flask:
    return scene.app()


@pytest.fixture
def token(scene: Scene, app: Flask) -> str:
    """The draft's rehearsal, begun at noon."""
    return scene.start()


@pytest.fixture
def alice(scene: Scene, app: Flask, token: str) -> Player:
    """She plays in the rehearsal."""
    return scene.player(app, token)
