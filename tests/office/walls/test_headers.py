"""Every answer under /backoffice says who may run scripts in it, frame it, keep it or learn its address: nobody else.

Seen to fail: with `keep_to_ourselves` not registered; with a nonce made once for the app; with `onclick`, `style` and a
script without nonce put into the shell.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from server.errors import Problem
from tests.office.cast import OWN
from tests.office.walls.markup import faults
from tests.office.walls.walk import OWNER, STRANGER, Answer, World

NONCE = re.compile(r"'nonce-([A-Za-z0-9_-]{16,})'")
ALSO = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
STRICT = ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")


def nonce_of(headers: Mapping[str, str]) -> str:
    found = NONCE.search(headers.get("Content-Security-Policy", ""))
    return found[1] if found else ""


def lacking(headers: Mapping[str, str]) -> list[str]:
    """What an answer's headers should say and do not."""
    policy = headers.get("Content-Security-Policy", "")
    parts = [part.strip() for part in policy.split(";")]
    missing = [part for part in STRICT if part not in parts]
    missing += [f"{name}: {value}" for name, value in ALSO.items() if value not in headers.get(name, "")]
    scripts = next((part for part in parts if part.startswith("script-src ")), "")
    if not nonce_of(headers) or nonce_of(headers) not in scripts or "unsafe" in policy:
        missing.append(f"a policy of nonces: {policy}")
    return missing + [name for name in dict(headers) if name.lower().startswith("access-control-allow")]


def test_every_answer_keeps_to_itself(walked: list[Answer]) -> None:
    assert {f"{answer.route} as {answer.who}": found for answer in walked if (found := lacking(answer.headers))} == {}
    assert {answer.status for answer in walked} >= {200, 303, 403, 404}


def test_no_two_answers_have_one_nonce(walked: list[Answer]) -> None:
    nonces = [nonce_of(answer.headers) for answer in walked]
    assert len(set(nonces)) == len(nonces)


def test_no_page_holds_a_handler_a_style_or_a_script_of_unknown_origin(walked: list[Answer]) -> None:
    pages = [answer for answer in walked if answer.headers.get("Content-Type", "").startswith("text/html")
             and not answer.headers.get("Content-Disposition", "").startswith("attachment")]  # a file to take along
    assert len(pages) > 20
    assert {f"{page.route} as {page.who}": found for page in pages
            if (found := faults(page.text, nonce_of(page.headers)))} == {}


@pytest.mark.parametrize("fault", [
    '<p onclick="go()">', '<p style="color: red">', "<script>go()</script>", '<script src="//evil.example/x.js">',
    '<style nonce="old">', '<a href="javascript:go()">', '<p hx-on:click="go()">', '<base href="/">',
    '<form action="https://evil.example/">',
])  # fmt: skip
def test_what_a_page_may_not_hold_is_seen(fault: str) -> None:
    assert faults(f"<!doctype html><p>Fine</p>{fault}", "fresh")


def test_what_a_page_may_hold_is_not() -> None:
    assert faults('<script nonce="n">go()</script><script type="module" src="/static/x.js"></script><a href="/b">b</a>'
                  '<script type="application/json">{}</script><img src="data:image/png;base64,">', "n") == []


def refusals(world: World) -> dict[str, Callable[[], Any]]:
    """Refusals that no right call meets, each by name."""
    client, owner = world.app.test_client, world.browser(OWNER)
    form = "application/x-www-form-urlencoded"
    posts = [route for route in world.routes() if route.is_writing and not route.is_wire]
    path = world.path(posts[0]) if posts else "/backoffice/api/enter"
    return {
        "404 of a page": lambda: owner.get("/backoffice/no-such-desk"),
        "404 of a call": lambda: owner.get("/backoffice/api/no-such-call"),
        "404 to a stranger": lambda: client().get("/backoffice/no-such-desk"),
        "404 of a file": lambda: client().get("/backoffice/static/../../etc/passwd"),
        "405": lambda: owner.post("/backoffice/audit", data="a=b", content_type=form, headers=OWN),
        "413": lambda: owner.post(path, data="a=" + "x" * 60_000_000, content_type=form, headers=OWN),
        "403 for another site": lambda: owner.post(path, data="a=b", content_type=form,
                                                   headers={"Sec-Fetch-Site": "cross-site"}),
        "403 for another type": lambda: owner.post(path, data="a=b", content_type="text/plain", headers=OWN),
        "a NUL in the address": lambda: owner.get("/backoffice/audit%00"),
        "HEAD": lambda: owner.head("/backoffice/audit"),
        "OPTIONS": lambda: owner.options("/backoffice/audit"),
        "the bare area": lambda: owner.get("/backoffice"),
        "401 of a call": lambda: client().get("/backoffice/api/moderation/queue"),
    }


def test_no_refusal_forgets_them(world: World) -> None:
    asked = refusals(world)
    answers = {name: ask() for name, ask in asked.items()}
    assert {name: found for name, answer in answers.items() if (found := lacking(answer.headers))} == {}
    told = {name: answers[name].status_code for name in asked if name[:3].isdigit()}
    assert told == {name: int(name[:3]) for name in told}


def test_an_empty_form_is_told_what_it_lacks_with_them(world: World) -> None:
    forms = [route for route in world.routes() if route.is_writing and not route.is_wire]
    answers = [world.call(route, OWNER, data={"nothing": "x"}, content_type="application/x-www-form-urlencoded")
               for route in forms]
    assert {str(answer.route): found for answer in answers if (found := lacking(answer.headers))} == {}
    assert [str(answer.route) for answer in answers if answer.status == 500] == []


@pytest.mark.parametrize("error", [RuntimeError("broken"), Problem("slow_down", "Wait.", retry_after=3)],
                         ids=["500", "429"])
def test_what_breaks_keeps_them(world: World, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(**_arguments: str) -> None:
        raise error

    monkeypatch.setitem(world.app.view_functions, "audit.overview", broken)
    route = next(route for route in world.routes() if route.endpoint == "audit.overview")
    for who in (OWNER, STRANGER):
        answer = world.call(route, who)
        assert answer.status in (500, 429)
        assert lacking(answer.headers) == []
        assert faults(answer.text, nonce_of(answer.headers)) == []
        assert "broken" not in answer.text
