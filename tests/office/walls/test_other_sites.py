"""Another site's page can make a browser call us with its cookie: nothing of it is done.

Seen to fail: with `refuse_other_sites` not registered every deed here was done; with it asking for JSON alone and not
for the site, the fetch with JSON was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from server.live import socketio
from tests.office.cast import OWN
from tests.office.matrix import BY_HAND
from tests.office.walls.walk import OWNER, Route, World

EVIL = "https://evil.example"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Attempt:
    """How a page elsewhere calls: `content_type` None sends the right body as it should be sent."""

    headers: Mapping[str, str]
    content_type: str | None = None


ATTEMPTS = {
    "a form": Attempt({"Sec-Fetch-Site": "cross-site", "Origin": EVIL, "Sec-Fetch-Mode": "navigate"}, FORM),
    "a form of a sister site": Attempt({"Sec-Fetch-Site": "same-site", "Origin": "http://other.localhost:8000"}, FORM),
    "a form in an old browser": Attempt({"Origin": EVIL}, FORM),
    "a form of a sandboxed frame": Attempt({"Origin": "null"}, FORM),
    "a form without a word of where from": Attempt({"Referer": f"{EVIL}/"}, FORM),
    "a simple fetch": Attempt({"Sec-Fetch-Site": "cross-site", "Origin": EVIL}, "text/plain"),
    "a fetch of the right body": Attempt({"Sec-Fetch-Site": "cross-site", "Origin": EVIL}),
    "a link typed by nobody": Attempt({"Sec-Fetch-Site": "none"}),
}


def writing(world: World) -> list[Route]:
    return [route for route in world.routes() if route.is_writing and world.row(route).needs != BY_HAND]


def sent(world: World, route: Route, content_type: str | None) -> dict[str, Any]:
    right = world.body(route)
    return right if content_type is None or content_type == right.get("content_type") else {
        "data": "a=b", "content_type": content_type}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_no_deed_is_done_for_another_site(world: World, name: str) -> None:
    attempt, done = ATTEMPTS[name], {}
    for route in writing(world):
        answer = world.call(route, OWNER, headers=attempt.headers, **sent(world, route, attempt.content_type))
        if answer.status != 403 or answer.is_stored:
            done[str(route)] = answer.status
    assert done == {}


def test_the_same_calls_from_our_own_pages_are_done(world: World) -> None:
    met = {str(route): world.call(route, OWNER, headers=OWN).word for route in writing(world)}
    assert {route: word for route, word in met.items() if word != "yes"} == {}


def test_nothing_lets_another_site_read_or_ask_first(world: World) -> None:
    for route in world.routes():
        if route.endpoint in world.rows:
            asked = world.app.test_client().options(world.path(route), headers={
                "Origin": EVIL, "Access-Control-Request-Method": route.method})
            assert "Access-Control-Allow-Origin" not in asked.headers, str(route)


def namespaces() -> list[str]:
    """The staff's sockets; the players' own is `/`."""
    there = {name for name in (socketio.server.handlers if socketio.server else {}) if name not in ("/", "*")}
    return sorted(there | {name for name in socketio.namespace_handlers if name != "/"})


def test_a_staff_socket_opens_for_staff_on_our_own_pages_alone(world: World) -> None:
    for name in namespaces():
        def opens(client: Any, origin: str, namespace: str = name) -> bool:
            return bool(socketio.test_client(world.app, namespace=namespace, flask_test_client=client,
                                             headers={"Origin": origin}).is_connected(namespace))

        own = "http://localhost:8000"
        assert opens(world.browser(OWNER), own), name
        assert not opens(world.browser(OWNER), EVIL), name
        assert not opens(world.app.test_client(), own), name
