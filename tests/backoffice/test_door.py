"""Who may come in: the bearer of a fresh link, from our own pages, and nobody else."""

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from server.backoffice.door import COOKIE
from server.backoffice.staff_pass import make_pass, read_pass
from tests.backoffice.desk import OWN, Moderator
from tests.comments.cast import KEYS, Cast, Person
from tests.rig.clock import NOON

DAY = timedelta(days=1)
GOOD = make_pass(KEYS.desk, "mona", NOON + timedelta(hours=12))


def enter(cast: Cast, shown: str, **headers: str) -> TestResponse:
    return cast.client.post("/backoffice/api/enter", json={"pass": shown}, headers={**OWN, **headers})


def test_without_a_pass_there_is_a_page_that_says_how_to_get_in(cast: Cast) -> None:
    answer = cast.client.get("/backoffice/moderation")
    assert answer.status_code == 401
    assert "popshot desk link" in answer.get_data(as_text=True)


def test_a_link_becomes_a_cookie_that_no_script_and_no_other_site_can_use(cast: Cast) -> None:
    answer = enter(cast, GOOD)
    assert answer.get_json() == {"name": "mona"}
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/backoffice", "Expires=Wed, 02 Dec 2026 00:00:00 GMT"):
        assert part in cookie


@pytest.mark.parametrize("shown", [
    "", "mona", GOOD[:-1], GOOD.replace("mona", "bob"), GOOD.replace(".1", ".2"), f"{GOOD}\n",
    make_pass(KEYS.look, "mona", NOON + DAY), make_pass(KEYS.desk, "mona", NOON),
    "mona.999999999999." + "A" * 43,
])  # fmt: skip
def test_what_is_no_pass_of_ours_or_is_over_lets_nobody_in(cast: Cast, shown: str) -> None:
    if shown.strip() == GOOD:
        assert read_pass(KEYS.desk, shown, NOON) is None  # the wire strips what a mail program adds
        return
    answer = enter(cast, shown)
    assert answer.status_code == 401
    assert answer.get_json()["code"] == "unknown_moderator"
    assert "Set-Cookie" not in answer.headers


def test_a_visit_ends_with_its_pass(mona: Moderator) -> None:
    assert mona.call("GET", "/figures").status_code == 200
    mona.cast.clock.advance(hours=12)
    assert mona.call("GET", "/figures").status_code == 401
    assert mona.client.get("/backoffice/moderation").status_code == 401


@pytest.mark.parametrize("headers", [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}, {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "", "Origin": "null"}, {"Content-Type": "text/plain"},
])  # fmt: skip
def test_no_other_site_may_write_with_a_moderators_cookie(mona: Moderator, alice: Person,
                                                          headers: dict[str, str]) -> None:
    comment_id = mona.cast.posted(alice, "Trop bien")
    line = mona.line(comment_id)
    body = {"revision": 1, "rulings": 1, "decision": "publish"}
    answer = mona.call("POST", f"/comments/{line['id']}/rulings", body, **headers)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
    assert mona.cast.texts() == []


def test_a_browser_without_fetch_metadata_is_known_by_its_origin(cast: Cast) -> None:
    headers = {"Sec-Fetch-Site": "", "Origin": "http://localhost:8000"}
    assert enter(cast, GOOD, **headers).status_code == 200


def test_a_player_with_a_bearer_token_is_no_moderator(mona: Moderator, alice: Person) -> None:
    client = mona.cast.client.application.test_client()
    client.set_cookie(COOKIE, alice.token, path="/backoffice")
    answer = client.get("/backoffice/api/moderation/queue", headers={"Authorization": f"Bearer {alice.token}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/backoffice/enter", "/backoffice/moderation", "/backoffice/api/moderation/queue"])
def test_nobody_frames_the_desk_or_learns_its_address(mona: Moderator, path: str) -> None:
    headers = mona.client.get(path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
    assert "Access-Control-Allow-Origin" not in headers


def test_every_call_of_the_desk_asks_who_comes(cast: Cast) -> None:
    app = cast.client.application
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/backoffice/api/moderation")]
    assert len(rules) > 10
    for rule in rules:
        path = rule.rule.replace("<comment_id>", "0" * 20)
        for method in rule.methods or set():
            if method in ("GET", "POST", "PUT", "DELETE"):
                body: dict[str, str] | None = None if method == "GET" else {}
                answer = cast.client.open(path, method=method, json=body, headers=OWN)
                assert answer.status_code == 401, f"{method} {path}"


def test_leaving_takes_the_cookie_away(mona: Moderator) -> None:
    mona.client.post("/backoffice/api/leave", json={}, headers=OWN)
    assert mona.client.get("/backoffice/moderation").status_code == 401
