"""The gate before Flask gives what Flask would give, header by header, and lets go on what is not for it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.test import Client, TestResponse

from server.campaigns.campaign import Campaign, CampaignState, CommentsMode
from server.comments import page_gate
from server.comments.page_gate import MOST_WORDS, FirstPageGate
from server.db import Database, transaction
from server.plain import Plain
from server.simple_request import SimpleRequests
from tests.comments.cast import Cast, Person
from tests.rig.app import calm_config
from tests.rig.clock import FakeClock

PAGE = "/api/v1/campaigns/boss/comments"


@dataclass
class Doors:
    """One app by both its doors: through the gate, and past it. `passed` counts what the gate let go on to Flask."""

    cast: Cast
    passed: int = 0
    gate: FirstPageGate = field(init=False)

    def __post_init__(self) -> None:
        outer = self.cast.client.application.wsgi_app
        assert isinstance(outer, SimpleRequests)
        gate = outer.inner
        assert isinstance(gate, FirstPageGate)
        self.gate, self.flask = gate, gate.app
        self.gate.app = self._pass

    def _pass(self, environ: Any, start_response: Any) -> Any:
        self.passed += 1
        return self.flask(environ, start_response)

    def ask(self, method: str = "GET", path: str = PAGE, **more: Any) -> TestResponse:
        return Client(self.gate).open(path, method=method, **more)

    def ask_flask(self, method: str = "GET", path: str = PAGE, **more: Any) -> TestResponse:
        return Client(self.flask).open(path, method=method, **more)

    def ask_twice(self, **more: Any) -> int:
        """How often Flask was asked when both doors had been, twice, and gave the same."""
        self.passed = 0
        for _ in range(2):
            answers = [ask(**more) for ask in (self.ask, self.ask_flask)]
            one, other = [(answer.status, answer.headers.to_wsgi_list(), answer.data) for answer in answers]
            assert one == other
        return self.passed

    def turn(self, **values: Any) -> None:
        with self.cast.database.sessions() as session, transaction(session):
            session.execute(update(Campaign).where(Campaign.slug == "boss").values(**values))


@pytest.fixture
def doors(cast: Cast) -> Doors:
    cast.publish("Trop bien")
    cast.publish("Encore")
    return Doors(cast)


READY: dict[str, dict[str, Any]] = {
    "plain": {},
    "an order": {"query_string": "order=best"},
    "a language": {"query_string": "lang=fr"},
    "a browser's language": {"headers": {"Accept-Language": "nl;q=0.3, de"}},
    "odd words": {"query_string": "order=newest&order=best&x=%00&&lang=tlh"},
    "brotli": {"headers": {"Accept-Encoding": "gzip, deflate, br"}},
    "no brotli": {"headers": {"Accept-Encoding": "identity, br;q=0"}},
    "another site": {"headers": {"Origin": "https://elsewhere.example", "Cookie": "a=b"}},
    "conditions": {"headers": {"If-None-Match": "*", "If-Modified-Since": "Sat, 28 Nov 2026 10:00:00 GMT"}},
    "a range": {"headers": {"Range": "bytes=0-3"}},
    "another host": {"headers": {"Host": "elsewhere.example:81"}},
    "no host at all": {"headers": {"Host": "what is this"}},
}
FOR_FLASK: dict[str, dict[str, Any]] = {
    "head": {"method": "HEAD"},
    "options": {"method": "OPTIONS"},
    "post": {"method": "POST", "json": {"text": "no token"}},
    "put": {"method": "PUT"},
    "delete": {"method": "DELETE"},
    "a later page": {"query_string": "before=nothing"},
    "a round": {"query_string": "round_id=nothing"},
    "an unknown order": {"query_string": "order=oldest"},
    "an unknown campaign": {"path": "/api/v1/campaigns/nowhere/comments"},
    "a slash more": {"path": f"{PAGE}/"},
    "two slashes": {"path": "/api/v1//campaigns/boss/comments"},
    "a NUL": {"path": "/api/v1/campaigns/bo%00ss/comments"},
    "a deeper slug": {"path": "/api/v1/campaigns/boss/boss/comments"},
    "a body": {"data": b"{}"},
    "a long body": {"data": b"x", "environ_overrides": {"CONTENT_LENGTH": "9000000"}},
    "an unknown token": {"headers": {"Authorization": f"Bearer {'a' * 43}"}},
    "another world": {"path": f"/rehearsal/{'a' * 32}{PAGE}"},
}


@pytest.mark.parametrize("asked", READY.values(), ids=READY.keys())
def test_what_was_asked_once_is_given_again_as_flask_gives_it(doors: Doors, asked: dict[str, Any]) -> None:
    assert doors.ask_twice(**asked) == 1


def test_each_wording_has_an_answer_of_its_own(doors: Doors) -> None:
    assert max([doors.ask_twice(**asked) for asked in READY.values()]) == 1


@pytest.mark.parametrize("asked", FOR_FLASK.values(), ids=FOR_FLASK.keys())
def test_all_else_goes_on_to_flask(doors: Doors, asked: dict[str, Any]) -> None:
    doors.ask_twice()
    assert doors.ask_twice(**asked) == 2


def test_an_answer_that_tells_the_time_is_not_given_again(doors: Doors) -> None:
    packed = [doors.ask(headers={"Accept-Encoding": "gzip"}) for _ in range(2)]
    assert {answer.headers["Content-Encoding"] for answer in packed} == {"gzip"}
    assert (doors.passed, "Date" in packed[0].headers) == (2, True)


def test_a_player_gets_the_same_page_from_flask(doors: Doors, alice: Person) -> None:
    doors.ask_twice()
    assert doors.ask_twice(headers={"Authorization": f"Bearer {alice.token}"}) == 2


TURNS: dict[str, dict[str, Any]] = {
    "paused": {"state": CampaignState.PAUSED},
    "ended": {"state": CampaignState.ENDED},
    "a draft again": {"state": CampaignState.DRAFT},
    "in test mode": {"state": CampaignState.DRAFT, "rehearsal_token": "a" * 32},
    "closed to comments": {"comments_mode": CommentsMode.OFF},
    "under another name": {"slug": "moved"},
}


@pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS.keys())
def test_a_campaign_that_is_turned_is_turned_here_too(doors: Doors, turn: dict[str, Any]) -> None:
    doors.ask_twice()
    doors.turn(**turn)
    doors.ask_twice()


def test_a_change_of_what_is_public_sends_the_next_one_to_flask(doors: Doors) -> None:
    doors.ask_twice()
    doors.cast.publish("new")
    assert doors.ask_twice() == 1
    assert b'"new"' in doors.ask().data


def test_laurels_are_asked_for_again_after_half_a_minute(doors: Doors, clock: FakeClock) -> None:
    doors.ask_twice()
    clock.advance(seconds=29)
    assert doors.ask_twice() == 0
    clock.advance(seconds=1)
    assert doors.ask_twice() == 1


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits' second does not pass."""
    now = time.time()
    for module in ("limits.storage.memory", "server.limits.rates"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(time=lambda: now))


def test_every_call_counts_once_and_one_too_many_is_refused_as_ever(
        database: Database, clock: FakeClock, stopped: None) -> None:
    config = calm_config()
    doors = Doors(Cast(database, clock, replace(config, limits=replace(config.limits, address_calls_per_second=4))))
    statuses = [doors.ask().status_code for _ in range(4)]
    refused = [ask() for ask in (doors.ask, doors.ask_flask)]
    assert (statuses, doors.passed) == ([200] * 4, 2)
    assert [(one.status_code, one.headers["Retry-After"], one.data) for one in refused] == [
        (429, "1", refused[0].data)] * 2
    assert doors.ask(environ_overrides={"REMOTE_ADDR": "203.0.113.9"}).status_code == 200


def failing(error: Exception) -> Callable[..., None]:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    return fail


def test_a_look_that_fails_is_left_to_flask(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    doors.ask_twice()
    for error in (PoolTimeout("all in use"), OperationalError("SELECT", None, Exception("away"))):
        monkeypatch.setattr(Plain, "look", failing(error))
        assert doors.ask_twice() == 2


def test_words_beyond_measure_are_not_kept_and_the_oldest_answers_go(
        doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_gate, "MOST_KEPT", 3)
    for number in range(5):
        doors.ask(query_string=f"x={number}")
    doors.ask(query_string="x" * MOST_WORDS)
    assert [words[1] for words in doors.gate.ready] == ["x=2", "x=3", "x=4"]


def test_the_answers_of_one_page_share_its_bytes(doors: Doors) -> None:
    for number in range(3):
        doors.ask(query_string=f"x={number}", headers={"Accept-Encoding": "br"})
    assert len({id(ready.body) for ready in doors.gate.ready.values()}) == 1
