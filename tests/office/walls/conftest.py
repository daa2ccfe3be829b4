"""One world for all walls: it is put back after each call, so that the next meets it as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office.cast import Office
from tests.office.matrix import BY_HAND
from tests.office.walls.walk import PEOPLE, Answer, World, opened_world
from tests.rig.app import fresh_app
from tests.rig.clock import FakeClock
from tests.rig.databases import fresh_sqlite


@pytest.fixture(scope="session")
def world(prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder, clock = tmp_path_factory.mktemp("walls"), FakeClock()
    with (fresh_sqlite(prepared_sqlite, folder) as database,
          opened_world(Office(fresh_app(database, clock), database, clock), folder / "popshot.sqlite") as opened):
        yield opened


@pytest.fixture(scope="session")
def walked(world: World) -> list[Answer]:
    """What everybody met at every address that a desk's file knows, called rightly."""
    known = [route for route in world.routes()
             if route.endpoint in world.rows and world.row(route).needs != BY_HAND]
    return [world.call(route, who) for route in known for who in PEOPLE]
