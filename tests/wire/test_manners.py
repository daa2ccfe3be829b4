"""Manners of every call: who may read it, no cookies, no crash on odd addresses and texts, one kind of refusal."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.db import Database
from tests.rig.dump import dump
from tests.rig.play import API, Player, json_of, problem_of
from tests.rig.staff_visit import PLACES

ARGUMENTS = {**dict.fromkeys(PLACES, "none"), "ticket": "NOBODY", "slug": "boss", "round_id": "none",
             "comment_id": "none", "appeal_id": "none", "code": "none", "picture_id": "none", "name": "game.css",
             "receipt_id": "none"}
ODD_NAMES = ["%00", "boss%00", "%ED%A0%80", "%FF", "%F0%9F%8E%AF", "..%00", "a" * 2_000, "%25", "' OR 1=1 --", "%0D%0A"]
SENT = {"wave": 1, "shots": [], "text": "Hello", "reason": "spam", "revision": 1, "kind": "clap"}
PREFLIGHT = {
    "Origin": "null",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,idempotency-key,altcha",
}


def addresses(app: Flask, **arguments: str) -> Iterator[tuple[str, str]]:
    """(method, path) of every route, its arguments filled in."""
    filled = {**ARGUMENTS, **arguments}
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("path:", "")
        for name in rule.arguments:
            path = path.replace(f"<{name}>", filled[name])
        yield from ((method, path) for method in (rule.methods or set()) - {"OPTIONS"})


def api_addresses(app: Flask, **arguments: str) -> list[tuple[str, str]]:
    return [(method, path) for method, path in addresses(app, **arguments) if path.startswith(API)]


def test_no_player_path_sets_a_cookie(app: Flask, alice: Player) -> None:
    known = {"Authorization": f"Bearer {alice.token}"}
    round_id = alice.play(1, enough=200).id
    for method, path in sorted(addresses(app, round_id=round_id), reverse=True):  # GET before DELETE
        for headers in ({}, known):
            response = app.test_client().open(path, method=method, headers=headers)
            cookies = response.headers.getlist("Set-Cookie")
            if path.startswith("/backoffice/"):  # staff have visits, whose cookie no player's path is ever sent
                assert all("; Path=/backoffice" in cookie for cookie in cookies), (method, path)
            else:
                assert cookies == [], (method, path)


def test_any_origin_may_ask_first_and_is_told_for_an_hour(app: Flask, client: FlaskClient) -> None:
    for _, path in [*api_addresses(app), ("GET", "/static/game.css")]:
        headers = client.options(path, headers=PREFLIGHT).headers
        assert headers["Access-Control-Allow-Origin"] == "*", path
        assert headers["Access-Control-Max-Age"] == "3600"
        allowed = headers["Access-Control-Allow-Headers"].split(", ")
        assert allowed == ["Authorization", "Content-Type", "Idempotency-Key", "Altcha"]
        assert {"GET", "POST", "PUT", "PATCH", "DELETE"} <= set(headers["Access-Control-Allow-Methods"].split(", "))
        assert "Access-Control-Allow-Credentials" not in headers


def test_any_origin_may_read_answers_and_refusals_without_credentials(app: Flask, client: FlaskClient) -> None:
    unknown = [("GET", f"{API}/nothing"), ("PUT", f"{API}/players")]
    for method, path in [*api_addresses(app), *unknown, ("GET", "/static/nothing")]:
        headers = client.open(path, method=method, headers={"Origin": "null"}).headers
        assert headers["Access-Control-Allow-Origin"] == "*", path
        assert headers["Access-Control-Expose-Headers"] == "Retry-After"
        assert "Access-Control-Allow-Credentials" not in headers


def test_pages_of_other_origins_may_not_read_our_pages(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/healthz", headers={"Origin": "null"}).headers


@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_odd_name_in_an_address_is_not_found(alice: Player, app: Flask, database: Database, name: str) -> None:
    before = dump(database)
    odd = [(method, path) for method, path in api_addresses(app, slug=name, round_id=name, comment_id=name)
           if name in path]  # fmt: skip
    assert len(odd) >= 8
    for method, path in odd:
        body = None if method in ("GET", "DELETE") else SENT
        response = alice.call(method, path.removeprefix(API), json=body)
        assert response.status_code == 404, (method, path, response.get_data(as_text=True))
    assert dump(database) == before


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "-1", "9" * 400, "NaN", "1e9", "%F0%9F%8E%AF", "1%00"])
def test_odd_arguments_are_malformed_or_do_no_harm(alice: Player, value: str) -> None:
    for path in ("standings?limit=", "comments?before=", "comments?order=", "comments?round_id=", "?lang="):
        response = alice.get(f"/campaigns/boss{'' if path[0] == '?' else '/'}{path}{value}")
        assert response.status_code in (200, 400)
        assert response.status_code == 200 or problem_of(response) == "malformed"


def test_a_limit_is_held_within_its_bounds(alice: Player) -> None:
    alice.play(1, enough=200)
    for limit in (-5, 0, 1, 100, 10_000):
        assert len(json_of(alice.get(f"/campaigns/boss/standings?limit={limit}"), 200)["top"]) == 1


@pytest.mark.parametrize("odd", ["a\x00b", "\x00"])
def test_a_nul_in_a_text_is_refused_and_nothing_is_stored(alice: Player, database: Database, odd: str) -> None:
    before = dump(database)
    bodies: list[tuple[str, dict[str, str]]] = [
        ("/campaigns/boss/comments", {"text": odd}),
        ("/campaigns/boss/comments", {"text": "Hello", "round_id": odd}),
        ("/campaigns/boss/comments", {"text": "Hello", "reply_to": odd}),
        ("/comments/none/reports", {"reason": "spam", "text": odd}),
        ("/comments/none/reports", {"reason": odd}),
        ("/claims", {"claim_code": odd, "email": "alice@example.org"}),
        ("/claims", {"claim_code": "A", "email": f"{odd}@example.org"}),
        ("/claims", {"claim_code": "A", "email": "alice@example.org", "name": odd}),
    ]
    assert [problem_of(alice.post(path, body)) for path, body in bodies] == ["malformed"] * len(bodies)
    assert dump(database) == before


def test_a_huge_body_is_refused_on_every_call(alice: Player, app: Flask, database: Database) -> None:
    before = dump(database)
    posts = [path for method, path in api_addresses(app) if method == "POST"]
    for path in posts:
        response = alice.post(path.removeprefix(API), data=b" " * 2**20, content_type="application/json")
        assert (response.status_code, problem_of(response)) == (413, "too_large"), path
    assert dump(database) == before


def test_an_unknown_address_and_an_unknown_method_are_told_as_problems(client: FlaskClient) -> None:
    missing, wrong = client.get(f"{API}/nothing"), client.put(f"{API}/players")
    assert (missing.status_code, problem_of(missing)) == (404, "not_found")
    assert (wrong.status_code, problem_of(wrong)) == (405, "method_not_allowed")
    assert set(wrong.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


@pytest.mark.parametrize("path", [f"{API}//players", f"{API}/players/", "//api/v1/players", "/c//boss"])
def test_no_answer_repeats_the_host_that_was_asked_for(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Host": "evil.example"})
    assert "evil.example" not in f"{response.headers}{response.get_data(as_text=True)}"
