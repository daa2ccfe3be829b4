"""The rehearsals that a process has open: one engine each however many come at once, and only so many."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from server.db import Database
from server.rehearsal import serve
from server.rehearsal.places import open_place
from server.rehearsal.serve import World, Worlds
from server.rehearsal.world import root_of
from tests.rehearsal.scene import Scene, add_draft

PLAYERS = 8


@pytest.fixture
def opens(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The token of every rehearsal that is opened, each time."""
    counted = list[str]()
    def count(engine: Engine, token: str) -> Database | None:
        counted.append(token)
        return open_place(engine, token)

    monkeypatch.setattr(serve, "open_place", count)
    return counted


def at_once(ask: Callable[[], object]) -> list[object]:
    barrier, answers = threading.Barrier(PLAYERS), list[object]()

    def run() -> None:
        barrier.wait()
        answers.append(ask())

    threads = [threading.Thread(target=run) for _ in range(PLAYERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def first_requests(app: Flask, token: str) -> list[object]:
    return at_once(lambda: app.test_client().get(f"{root_of(token)}/c/spring").status_code)


def test_without_the_lock_first_requests_at_once_open_an_engine_each(
        scene: Scene, app: Flask, token: str, opens: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the rig can show the race."""
    everybody = threading.Barrier(PLAYERS)

    def find(worlds: Worlds, token: str) -> World | None:
        known = worlds.opened.get(token)
        everybody.wait()
        return known or worlds._open(token)  # noqa: SLF001

    monkeypatch.setattr(Worlds, "find", find)
    assert first_requests(app, token) == [200] * PLAYERS
    assert len(opens) == PLAYERS


def test_first_requests_at_once_open_one_engine(app: Flask, token: str, opens: list[str]) -> None:
    assert first_requests(app, token) == [200] * PLAYERS
    assert opens == [token]


def test_a_process_keeps_only_so_many_open_and_the_others_open_again(
        scene: Scene, app: Flask, token: str, opens: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "MOST_OPEN", 1)
    add_draft(scene.database, "summer")
    other = scene.start("summer")
    for one, slug in ((token, "spring"), (other, "summer"), (other, "summer"), (token, "spring")):
        assert app.test_client().get(f"{root_of(one)}/c/{slug}").status_code == 200
    assert opens == [token, other, token]


def test_a_live_database_that_is_away_is_told_as_busy(
        scene: Scene, app: Flask, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bool:
        raise OperationalError("SELECT", None, Exception("away"))

    monkeypatch.setattr(Worlds, "_is_going_on", fail)
    assert app.test_client().get(f"{root_of(token)}/c/spring").status_code == 503
    assert app.test_client().get("/c/boss").status_code == 200
