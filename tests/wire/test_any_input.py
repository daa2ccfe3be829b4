"""No input that a client can send breaks the server, and every answer is one that the document describes.

schemathesis makes the calls out of the document, right ones and wrong ones. Half of them come from a joined
player, half name things that are there (an open round, a published comment), so that they reach far inside.
"""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from server.clock import Clock
from server.comments.comment import Comment
from server.comments.rule_on_comment import rule_on_comment
from server.comments.ruling import Decision, Reason, Ruling
from server.db import Database
from server.openapi import description
from tests.rig.clock import FakeClock
from tests.rig.play import Play, Player, json_of

CHECKS: list[CheckFunction] = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, unsupported_method,
]  # fmt: skip
Case = schemathesis.Case[Any]
CONFIG: dict[str, Any] = {"generation": {"with-security-parameters": False}}  # the stage brings the tokens
SCHEMA = schemathesis.openapi.from_dict(description(), config=SchemathesisConfig.from_dict(CONFIG))


class Stage:
    """An app with a player who has won and claimed a prize, a round in play and a comment to report."""

    def __init__(self, app: Flask, database: Database, clock: FakeClock, join: Callable[[], Player]) -> None:
        self.app, self.clock, self.join = app, clock, join
        self.player = join()
        self.finished = win_and_claim(self.player)
        self.play: Play | None = None
        self.comment_id = publish_comment(database, self.player, clock)
        self.calls = 0

    def reach(self, case: Case) -> dict[str, str]:
        """Prepare one case; the headers to send with it."""
        self.calls += 1
        if self.calls % 4 < 2:
            self._name_what_is_there(case)
        known = {"Authorization": f"Bearer {self.player.token}"} if self.calls % 2 else {}
        return {"Accept-Encoding": "identity", **known}

    def _name_what_is_there(self, case: Case) -> None:
        play = self.finished if case.path.endswith("/replay") else self._open_round()
        there = {"slug": "boss", "round_id": play.id, "comment_id": self.comment_id}
        for name in case.path_parameters.keys() & there.keys():
            case.path_parameters[name] = there[name]
        if isinstance(case.body, dict) and "wave" in case.body:
            case.body["wave"] = self._open_round().wave

    def _open_round(self) -> Play:
        """The round in play, its shots just due; the same player's, as long as there is one."""
        if self.play is None or self.play.player is not self.player:
            self.play = self.player.open()
        present = self.play.present()
        if present["state"] != "open":
            self.play = self.player.open()
        self.play.wave = present.get("wave", self.play.opened["wave"])["number"]
        self.play.wait()
        return self.play

    def settle(self, case: Case) -> None:
        """Join again after a case that may have erased the player."""
        if case.method == "DELETE":
            self.player = self.join()


def win_and_claim(player: Player) -> Play:
    """A round that won a prize, which is claimed."""
    play = player.play(1, enough=300)
    code = play.outcome["awards"][0]["claim_code"]
    json_of(player.post("/claims", {"claim_code": code, "email": "alice@example.org", "name": "Alice",
                                     "address": "1 rue du Tir"}), 201)
    return play


def publish_comment(database: Database, author: Player, clock: Clock) -> str:
    """A comment that a moderator has let through; its id."""
    posted = json_of(author.post("/campaigns/boss/comments", {"text": "What a boss!"}), 201)
    comment_id: str = posted["comment"]["id"]
    with database.sessions() as session:
        seen = session.get_one(Comment, comment_id)
        assert rule_on_comment(session, seen, Ruling(Decision.PUBLISH, Reason.FINE), "mona", clock())
    return comment_id


@pytest.fixture
def stage(app: Flask, database: Database, clock: FakeClock, join: Callable[[], Player]) -> Stage:
    return Stage(app, database, clock, join)


same_every_time = settings(
    max_examples=8, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


@SCHEMA.parametrize()
@same_every_time
def test_the_server_answers_as_described_whatever_is_sent(case: Case, stage: Stage) -> None:
    headers = stage.reach(case)
    case.call_and_validate(app=stage.app, headers=headers, checks=CHECKS)
    stage.settle(case)


BREAKS = {
    "a server error": lambda: ("", 500),
    "a status that is not described": lambda: ({"half": 1}, 418),
    "an answer of another form": lambda: {"half": "one"},
    "an answer of another type": lambda: "1",
}
HALVES = {
    "openapi": "3.1.0",
    "info": {"title": "Halves", "version": "1"},
    "paths": {"/half": {"get": {"responses": {"200": {"description": "Half.", "content": {"application/json": {
        "schema": {"type": "object", "properties": {"half": {"type": "integer"}}},
    }}}}}}},
}  # fmt: skip


def answers_like(app: Flask) -> None:
    """Raises FailureGroup when the small app does not keep to its document."""

    @given(case=schemathesis.openapi.from_dict(HALVES)["/half"]["GET"].as_strategy())
    @same_every_time
    def ask(case: Case) -> None:
        case.call_and_validate(app=app, checks=CHECKS)

    ask()


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_the_rig_catches_a_call_that_breaks(broken: Callable[[], Any]) -> None:
    app = Flask("halves")
    app.add_url_rule("/half", view_func=broken, endpoint="half")
    with pytest.raises(FailureGroup):
        answers_like(app)


def test_the_rig_is_content_with_a_call_that_does_not() -> None:
    app = Flask("halves")
    app.add_url_rule("/half", view_func=lambda: {"half": 1}, endpoint="half")
    answers_like(app)
