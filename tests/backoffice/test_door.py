"""Who may come in: who has the right to moderate, from our own pages, and nobody else."""

import pytest

from server.backoffice.rights import RIGHTS, Right, Role
from tests.backoffice.desk import Moderator
from tests.comments.cast import Cast, Person
from tests.office.cast import OWN


def test_a_stranger_is_led_to_the_sign_in(cast: Cast) -> None:
    answer = cast.client.get("/backoffice/moderation")
    assert (answer.status_code, answer.headers["Location"]) == (
        303, "/backoffice/sign-in?next=/backoffice/moderation")


@pytest.mark.parametrize("role", Role)
def test_it_is_the_role_that_lets_somebody_in(cast: Cast, role: Role) -> None:
    somebody = Moderator(cast, "second", role=role)
    status = 200 if Right.MODERATE in RIGHTS[role] else 403
    assert somebody.client.get("/backoffice/moderation").status_code == status
    assert somebody.call("GET", "/figures").status_code == status


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


def test_a_browser_without_fetch_metadata_is_known_by_its_origin(mona: Moderator, alice: Person) -> None:
    comment_id = mona.cast.posted(alice, "Trop bien")
    headers = {"Sec-Fetch-Site": "", "Origin": "http://localhost:8000"}
    assert mona.call("POST", f"/comments/{comment_id}/pass", {}, **headers).status_code == 201


def test_a_player_with_a_bearer_token_is_no_moderator(mona: Moderator, alice: Person) -> None:
    client = mona.cast.client.application.test_client()
    client.set_cookie("popshot_staff", alice.token, path="/backoffice")
    answer = client.get("/backoffice/api/moderation/queue", headers={"Authorization": f"Bearer {alice.token}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/backoffice/moderation", "/backoffice/api/moderation/queue"])
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
