"""Nothing that a member of staff can send breaks the server: every argument of every address, with what nobody means.

Which arguments there are is not listed anywhere: a right call tells which it reads. Seen to fail: with
`int(request.args["page"])` in a desk, with a `slug` put into a query as it came, and with a date out of the year 10^30.
"""

import json
import os
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from tests.office.walls.walk import OWNER, Answer, Route, World

DESKS = ("audit", "home", "moderation", "moderation_marks", "moderation_mutes", "pictures", "posters", "preview",
         "rehearsals", "rounds", "search", "sources", "staff", "stock", "studio", "winners")
MOST_NAMES = 24  # of one form that are tried one by one
FORM = "application/x-www-form-urlencoded"
LONG = "x" * 5_000
HOSTILE = ("a\x00b", "1" + "0" * 30, "-" + "9" * 30, "NaN", LONG, "../../../etc/passwd", "\u202eﷺ🏳️‍🌈\u0301" * 9,
           "\ud800", "9999-12-31T23:59", "0000-00-00", "' OR 1=1 --{{7*7}}%s%n{0}{a}", " ")
ODD_JSON = (None, True, 10**30, -1, 1.5, [[1]], {"a": 1}, *HOSTILE)
ODD_BODIES = (b"\xff\xfe\xfa", b"{", b"[]", b"null", b'"a"', b"a=%ff%fe&b=%00", b"\x00" * 99, b"[" * 5_000,
              b'{"a": 1e999}', b"--x\r\nContent-Disposition: form-data; name=\"a\"")


class Noticed(ImmutableMultiDict[str, str]):
    """Arguments that tell which of them are asked for."""

    asked: set[str] = set()  # noqa: RUF012  (one for all, as the library makes these objects)

    def get(self, key: str, *more: Any, **told: Any) -> Any:
        Noticed.asked.add(key)
        return super().get(key, *more, **told)

    def getlist(self, key: str, *more: Any, **told: Any) -> Any:
        Noticed.asked.add(key)
        return super().getlist(key, *more, **told)

    def __getitem__(self, key: str) -> Any:
        Noticed.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        Noticed.asked.add(str(key))
        return super().__contains__(key)


def read_by(world: World, route: Route) -> set[str]:
    """The names that a route reads out of its query or form, or that its desk's file sends."""
    Noticed.asked = set()
    world.call(route, OWNER)
    shared = set() if route.endpoint == "audit.overview" else {"lang"}  # read alike by every page: one will do
    return {*Noticed.asked, *world.row(route).query, *world.body_of(route)} - shared


@pytest.fixture
def noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(world.app.request_class, "parameter_storage_class", Noticed)
    return world


def known(world: World, desk: str) -> list[Route]:
    return [route for route in world.routes() if route.endpoint.partition(".")[0] == desk]


def some(values: Sequence[Any], turn: int, count: int = 3) -> list[Any]:
    """A few of the values, other ones at each turn; all of them at length (POPSHOT_LONG=1, as `make chaos` does)."""
    if "POPSHOT_LONG" in os.environ:
        return list(values)
    return [values[(turn * count + step) % len(values)] for step in range(count)]


def addresses(world: World, route: Route) -> Iterator[Answer]:
    """The route with each argument of its address replaced."""
    right = world.path(route)
    for turn, name in enumerate(sorted(route.arguments), start=len(route.rule)):
        mark = "987654321"  # which an address of numbers takes too
        there = world.path(route, **{name: mark})
        for value in some(HOSTILE, turn, 4):
            yield world.call(route, OWNER, path=there.replace(mark, _escaped(value) or "%20"))
    yield world.call(route, OWNER, path=f"{right}/")


def queries(world: World, route: Route, names: set[str]) -> Iterator[Answer]:
    for value in HOSTILE if names else ():
        yield world.call(route, OWNER, query="&".join(f"{quote(name)}={_escaped(value)}" for name in sorted(names)))
    for turn, name in enumerate(sorted(names)):
        for value in some(HOSTILE, turn):
            yield world.call(route, OWNER, query=f"{quote(name)}={_escaped(value)}")
        yield world.call(route, OWNER, query=f"{quote(name)}=a&{quote(name)}=b&{quote(name)}[]=c")


def bodies(world: World, route: Route, names: set[str]) -> Iterator[Answer]:
    """The route with each member of its right body replaced, and with bodies that are none."""
    right, odd = world.body_of(route), ODD_JSON if route.is_wire else HOSTILE
    for value in odd:
        yield _sent(world, route, {**right, **dict.fromkeys(names, value)})
    for turn, name in enumerate(sorted(names)[:MOST_NAMES]):
        for value in [*some(odd, turn, 2), ["a", "b"]]:
            yield _sent(world, route, {**right, name: value})
    for raw in some(ODD_BODIES, len(route.rule)):
        for media_type in (("application/json",) if route.is_wire else (FORM, "multipart/form-data; boundary=x")):
            yield world.call(route, OWNER, data=raw, content_type=media_type)
    yield world.call(route, OWNER, data=b"{}", content_type=FORM if route.is_wire else "application/json")


def _sent(world: World, route: Route, body: dict[str, Any]) -> Answer:
    has_file = any(isinstance(value, tuple) for value in body.values())
    if route.is_wire and not has_file:
        return world.call(route, OWNER, data=json.dumps(body), content_type="application/json")
    if has_file:
        fresh = world.body_of(route)
        sent = {key: fresh[key] if isinstance(value, tuple) else value for key, value in body.items()}
        return world.call(route, OWNER, data=_encodable(sent), content_type="multipart/form-data")
    pairs = [(key, one) for key, value in body.items() for one in (value if isinstance(value, list) else [value])]
    raw = "&".join(f"{quote(key)}={_escaped(str(value))}" for key, value in pairs)
    return world.call(route, OWNER, data=raw.encode(), content_type=FORM)


def _escaped(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


def _encodable(sent: dict[str, Any]) -> dict[str, Any]:
    return {key: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
            for key, value in sent.items()}


def broken(answers: Iterator[Answer]) -> list[str]:
    return [f"{answer.route}: {answer.sent[:120]}" for answer in answers if answer.status >= 500]


@pytest.mark.parametrize("desk", DESKS)
def test_no_address_breaks(world: World, desk: str) -> None:
    assert [told for route in known(world, desk) for told in broken(addresses(world, route))] == []


@pytest.mark.parametrize("desk", DESKS)
def test_no_query_breaks(noticed: World, desk: str) -> None:
    looks = [route for route in known(noticed, desk) if not route.is_writing]
    assert [told for route in looks for told in broken(queries(noticed, route, read_by(noticed, route)))] == []


@pytest.mark.parametrize("desk", DESKS)
def test_no_body_breaks(noticed: World, desk: str) -> None:
    deeds = [route for route in known(noticed, desk) if route.is_writing]
    assert [told for route in deeds for told in broken(bodies(noticed, route, read_by(noticed, route)))] == []


def test_no_desk_is_left_out(world: World) -> None:
    assert {route.endpoint.partition(".")[0] for route in world.routes()} == set(DESKS)
