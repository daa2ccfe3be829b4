"""What every test may ask for: a fresh database of each kind, a session, a clock, a race."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy.orm import Session

from server.db import Database
from tests.rig.clock import FakeClock
from tests.rig.databases import create_postgres, fresh_postgres, fresh_sqlite, prepare
from tests.rig.once import remember
from tests.rig.postgres import running_postgres
from tests.rig.race import Race

Kind = Literal["sqlite", "postgres"]

remember()


def pytest_collection_finish() -> None:
    """What was imported stays to the end: the collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "prepared.sqlite"
    prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL of this test process's own."""
    with running_postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(scope="session")
def prepared_postgres(postgres_server: str) -> str:
    url = create_postgres(postgres_server, "popshot")
    prepare(url)
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh migrated database; a test that asks for it runs once on each kind."""
    kind: Kind = request.param
    prepared = request.getfixturevalue(f"prepared_{kind}")
    with fresh_sqlite(prepared, tmp_path) if kind == "sqlite" else fresh_postgres(prepared) as fresh:
        yield fresh


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.sessions() as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def race(database: Database) -> Race:
    return Race(database)
