"""A connection that dies when the answer is ready (a restart, an administrator, the idle timeout) spoils no answer.

Of PostgreSQL alone: SQLite's connection is a file of this process.
"""

from collections.abc import Iterator

import pytest
from flask import Flask, Response
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from server.db import Database, current_session
from tests.rig.app import fresh_app
from tests.rig.clock import FakeClock
from tests.rig.databases import fresh_postgres
from tests.rig.play import json_of

PATIENCE_MS = 30_000
CAMPAIGN = "/api/v1/campaigns/boss"


@pytest.fixture
def database(prepared_postgres: str) -> Iterator[Database]:
    with fresh_postgres(prepared_postgres) as fresh:
        yield fresh


@pytest.fixture
def app(database: Database, clock: FakeClock) -> Flask:
    return fresh_app(database, clock)


def end_backend(database: Database, session: Session) -> None:
    """Return when the backend that a session talks to is gone."""
    pid = session.scalar(text("SELECT pg_backend_pid()"))
    with database.engine.connect() as other:
        ended = text("SELECT pg_terminate_backend(:pid, :patience)")
        assert other.scalar(ended, {"pid": pid, "patience": PATIENCE_MS})


def lose_it_once(app: Flask, database: Database) -> list[int]:
    """Lose the first request's connection when its answer is ready; the statuses of the answers that were."""
    ready = list[int]()

    @app.after_request
    def lose(response: Response) -> Response:
        if not ready:
            end_backend(database, current_session())
        ready.append(response.status_code)
        return response

    return ready


def test_a_session_whose_backend_is_gone_cannot_simply_be_closed(database: Database) -> None:
    """The control: this is what a request would die of."""
    session = database.sessions()
    end_backend(database, session)
    with pytest.raises(OperationalError):
        session.close()


def test_an_answer_that_was_ready_is_given_though_its_connection_died(app: Flask, database: Database) -> None:
    ready, client = lose_it_once(app, database), app.test_client()
    first = client.get(CAMPAIGN)
    assert (first.status_code, ready) == (200, [200])
    assert client.get(CAMPAIGN).json == first.json
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_what_was_written_before_is_there_and_told(app: Flask, database: Database) -> None:
    lose_it_once(app, database)
    client = app.test_client()
    token = json_of(client.post("/api/v1/players"), 201)["token"]
    opened = client.post(f"{CAMPAIGN}/rounds", json={}, headers={"Authorization": f"Bearer {token}"})
    assert opened.status_code == 201
