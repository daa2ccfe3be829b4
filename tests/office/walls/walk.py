"""Walking the addresses under /backoffice: every route, called by everybody, in a world that is put back after each."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from server.backoffice.rights import Role
from server.backoffice.walls import AREA, READS
from tests.office.cast import OWN, Office, StaffClient
from tests.office.matrix import FormOf, Row, read_rows
from tests.office.walls.markup import Fields, read_form
from tests.office.walls.scene import Scene, build_scene

WIRE = f"{AREA}/api/"
CHARLIE, STRANGER, STALE = "charlie", "stranger", "owner, not proven"
PEOPLE = (*(str(role) for role in Role), CHARLIE, STRANGER, STALE)
OWNER = str(Role.OWNER)


@dataclass(frozen=True)
class Route:
    """One method of one address."""

    endpoint: str
    method: str
    rule: str
    arguments: frozenset[str]

    @property
    def is_writing(self) -> bool:
        return self.method not in READS

    @property
    def is_wire(self) -> bool:
        """Whether programs call it, in JSON."""
        return self.rule.startswith(WIRE)

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


@dataclass(frozen=True, eq=False)
class Answer:
    """What came back; `acts` counts the rows that it left in the log of acts, `is_stored` says that anything was."""

    route: Route
    who: str
    path: str
    status: int
    headers: Mapping[str, str]
    text: str
    acts: int
    is_stored: bool
    hard: int | None = None
    sent: str = ""

    @property
    def word(self) -> str:
        """What it says, in a word of the matrix."""
        goes_to = self.headers.get("Location", "")
        if self.status == 401 or goes_to.startswith(f"{AREA}/sign-in?next="):
            return "sign in"
        if goes_to.startswith(f"{AREA}/prove?next=") or "step_up_needed" in self.text:
            return "prove"
        is_right = self.status < 400 or self.status == self.hard
        return {403: "no", 404: "hidden"}.get(self.status, "yes" if is_right else f"refused {self.status}")


@dataclass
class World:
    """An app on a database of its own, with a scene in it; what a call stores is put back after the call."""

    office: Office
    scene: Scene
    file: Path
    rows: dict[str, Row] = field(default_factory=read_rows)
    _forms: dict[tuple[str, str], Fields] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._browsers = self._sign_in()
        self._look = sqlite3.connect(self.file, isolation_level=None)
        self._kept = sqlite3.connect(":memory:")
        self._look.backup(self._kept)
        self._version = self._read("PRAGMA data_version")

    @property
    def app(self) -> Flask:
        return self.office.app

    def routes(self) -> list[Route]:
        return routes(self.app)

    def row(self, route: Route) -> Row:
        return self.rows[route.endpoint]

    def path(self, route: Route, **instead: str) -> str:
        """The route's address, with the scene's things in it."""
        told = {**self._arguments(route), **instead}
        told = {name: told[name] for name in route.arguments}
        with self.app.test_request_context():
            return str(self.app.url_map.bind("localhost").build(route.endpoint, told, method=route.method))

    def _arguments(self, route: Route) -> dict[str, str]:
        given = {**{argument: f"${argument}" for argument in route.arguments}, **self.row(route).arguments}
        return {name: str(self.scene.fill(value)) for name, value in given.items()}

    def call(self, route: Route, who: str, *, path: str | None = None, query: Mapping[str, Any] | str | None = None,
             headers: Mapping[str, str] = OWN, **sent: Any) -> Answer:
        """Call a route as it should be, or with what is told instead (`data`, `json`, `content_type`)."""
        self.scene.who = who
        path = path or self.path(route)
        if not sent and route.is_writing:
            sent = self.body(route)
        query = self.scene.fill(self.row(route).query) if query is None else query
        client = self.browser(who)
        acts = self._acts()
        with closing(client.open(path, method=route.method, query_string=query, headers=dict(headers), **sent)) as came:
            return replace(self._answer(route, who, path, came, acts), sent=f"{path}?{query} {sent}")

    def body(self, route: Route) -> dict[str, Any]:
        """The right body of a route, as the test client takes it."""
        body = self.body_of(route)
        if route.is_wire and not any(isinstance(value, tuple) for value in body.values()):
            return {"json": body}
        has_file = any(isinstance(value, tuple) for value in body.values())
        form = "multipart/form-data" if has_file else "application/x-www-form-urlencoded"
        return {"data": body, "content_type": form}

    def body_of(self, route: Route) -> dict[str, Any]:
        """The members of the right body of a route."""
        told = self.row(route).body or {}
        if not isinstance(told, FormOf):
            return dict(self.scene.fill(told))
        key = (route.endpoint, self.path(route))
        if key not in self._forms:
            page = next(one for one in self.routes() if one.endpoint == told.page and not one.is_writing)
            here = self.path(page, **self._arguments(route))
            shown = self.browser(OWNER).get(here, query_string=self.row(page).query)
            self._forms[key] = read_form(shown.get_data(as_text=True), key[1], here)
        return {**self._forms[key], **self.scene.fill(told.typed)}

    def names_things(self, route: Route) -> bool:
        """Whether a call of it names something that belongs to the brand."""
        row = self.row(route)
        told = json.dumps([row.body, row.query, row.arguments], default=lambda one: getattr(one, "__dict__", None))
        return bool(route.arguments - set(row.neutral)) or '"$' in told

    def _answer(self, route: Route, who: str, path: str, came: TestResponse, acts: int) -> Answer:
        text = came.get_data().decode("utf-8", "replace")
        acts, is_stored = self._acts() - acts, self._read("PRAGMA data_version") != self._version
        if is_stored:
            self._kept.backup(self._look)
            self._version = self._read("PRAGMA data_version")
        return Answer(route, who, path, came.status_code, dict(came.headers), text, acts, is_stored,
                      self.row(route).hard)

    def _acts(self) -> int:
        return self._read("SELECT count(*) FROM staff_act")

    def _read(self, query: str) -> int:
        found: int = self._look.execute(query).fetchone()[0]
        return found

    def _sign_in(self) -> dict[str, StaffClient | None]:
        people: dict[str, StaffClient | None] = {
            str(role): self.office.sign_in(role, name="bob" if role == Role.OWNER else f"bobs_{role}") for role in Role}
        stale = self.office.visit(self.office.hire(name="bob"), fresh=False)
        return {**people, CHARLIE: self.office.charlie(), STRANGER: None, STALE: stale}

    def browser(self, who: str) -> Any:
        """A browser of its own for each call: what one call does to the visit is not there in the next."""
        browser, signed_in = self.app.test_client(), self._browsers[who]
        if signed_in is not None:
            browser._cookies = dict(signed_in.client._cookies or {})  # noqa: SLF001  (the library has no copy of a jar)
        return browser


def routes(app: Flask) -> list[Route]:
    """Every method of every address under /backoffice, in the order of the addresses."""
    found = [Route(rule.endpoint, method, rule.rule, frozenset(rule.arguments)) for rule in app.url_map.iter_rules()
             if rule.rule == AREA or rule.rule.startswith(f"{AREA}/")
             for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]
    return sorted(found, key=lambda route: (route.rule, route.method))


@contextmanager
def opened_world(office: Office, file: Path) -> Iterator[World]:
    world = World(office, build_scene(office), file)
    try:
        yield world
    finally:
        world._look.close()  # noqa: SLF001
        world._kept.close()  # noqa: SLF001
