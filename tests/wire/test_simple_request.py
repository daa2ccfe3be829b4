"""A frame without an origin calls by simple requests: the same calls, the same refusals, and no door that was shut."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.db import Database
from server.wire import MAX_BODY_BYTES
from tests.limits.test_proof import solve
from tests.rig.app import calm_config, fresh_app
from tests.rig.clock import FakeClock
from tests.rig.play import API, Player, json_of, problem_of

SENT_BY = {"Origin": "null", "Content-Type": "text/plain;charset=UTF-8"}


def send(app: Flask, path: str, body: Any, **headers: str) -> TestResponse:
    """As a browser sends a text: no header in it that it would have to ask for."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return app.test_client().post(path, data=raw, headers={**SENT_BY, **headers})


def as_alice(app: Flask, alice: Player, path: str, method: str = "POST", **body: Any) -> TestResponse:
    return send(app, API + path, {**body, "method": method, "bearer": alice.token})


def test_a_whole_round_goes_by_simple_requests(app: Flask, alice: Player) -> None:
    opened = json_of(as_alice(app, alice, "/campaigns/boss/rounds"), 201)
    path = f"/rounds/{opened['round']['id']}"
    assert json_of(as_alice(app, alice, path, "GET"), 200)["submitted"] == 0
    assert problem_of(as_alice(app, alice, f"{path}/waves", wave=1, shots=[])) == "too_early"
    alice.clock.now += timedelta(seconds=8)
    assert json_of(as_alice(app, alice, f"{path}/waves", wave=1, shots=[]), 200)["wave"]["number"] == 2


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/players/me", 200), ("PATCH", "/comments/none", 404), ("PUT", "/comments/none/reaction", 404),
    ("DELETE", "/players/me", 204),
])
def test_every_method_may_be_meant(app: Flask, alice: Player, method: str, path: str, status: int) -> None:
    answered = as_alice(app, alice, path, method, text="Hello", revision=1, kind="clap")
    assert answered.status_code == status
    assert answered.headers["Access-Control-Allow-Origin"] == "*"


def test_a_proof_goes_along_in_the_body(database: Database, clock: FakeClock) -> None:
    calm = calm_config()
    strict = fresh_app(database, clock, replace(calm, limits=replace(calm.limits, address_players_per_second=0)))
    asked = send(strict, f"{API}/players", {})
    assert problem_of(asked) == "proof_required"
    answer = solve(asked.get_json()["challenge"])
    assert send(strict, f"{API}/players", {"altcha": answer}).status_code == 201
    assert problem_of(send(strict, f"{API}/players", {"altcha": answer})) == "proof_required"  # once


@pytest.mark.parametrize("body", [
    {}, {"bearer": ""}, {"bearer": None}, {"bearer": 7}, {"bearer": ["a"]}, {"bearer": "x" * 43},
    {"bearer": "a\r\nX-Evil: 1"}, {"bearer": "a b"}, {"bearer": "\x00"}, {"bearer": "é" * 43}, {"bearer": "x" * 9_000},
])
def test_without_a_player_s_token_nothing_of_a_player_is_told_or_changed(app: Flask, body: dict[str, Any]) -> None:
    for method in ("GET", "DELETE"):
        assert problem_of(send(app, f"{API}/players/me", {"method": method, **body})) == "unknown_player"


@pytest.mark.parametrize("method", ["get", "HEAD", "OPTIONS", "CONNECT", "", 7, None, ["GET"], "GET\r\n", "X" * 9_000])
def test_no_other_method_can_be_meant(app: Flask, alice: Player, method: object) -> None:
    refused = send(app, f"{API}/players/me", {"method": method, "bearer": alice.token})
    assert (refused.status_code, problem_of(refused)) == (405, "method_not_allowed")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"null", b"\xff\xfe", b'{"bearer"', b"method=DELETE"])
def test_a_body_that_is_no_call_is_what_it_was(app: Flask, body: bytes) -> None:
    simple, plain = (send(app, f"{API}/claims/look", body, **{"Content-Type": kind})
                     for kind in ("text/plain", "application/json"))
    assert (simple.status_code, problem_of(simple)) == (plain.status_code, problem_of(plain)) == (400, "malformed")


def test_a_body_that_is_too_long_is_refused_as_ever(app: Flask) -> None:
    assert problem_of(send(app, f"{API}/claims/look", b" " * (MAX_BODY_BYTES + 1))) == "too_large"


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "text/html", ""])
def test_only_a_text_is_read_so(app: Flask, alice: Player, kind: str) -> None:
    body = {"method": "GET", "bearer": alice.token}
    assert send(app, f"{API}/players/me", body, **{"Content-Type": kind}).status_code == 405


def test_a_call_of_the_back_office_cannot_be_meant(app: Flask, client: FlaskClient) -> None:
    """Its staff come with a cookie, which a browser would send along."""
    for path in ("/backoffice/sign-in", "/backoffice/api/moderation/queue", "/c/boss", f"/backoffice{API}/players/me"):
        plain = client.post(path, data=b"{}", content_type="text/plain")
        for method in ("GET", "DELETE"):
            assert send(app, path, {"method": method}).status_code == plain.status_code


def test_a_token_never_counts_in_an_address(app: Flask, alice: Player) -> None:
    for name in ("bearer", "token", "Authorization", "access_token"):
        asked = app.test_client().get(f"{API}/players/me?{name}={alice.token}")
        assert problem_of(asked) == "unknown_player"
