"""A player who speaks the wire: joins, opens a round, moves the clock to the right moments, submits, finishes."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from server.simulation.replay import Shot
from server.simulation.rng import parse_seed
from server.simulation.rules import Rules, cut
from tests.rig.bot import GOOD, Bot, Skill
from tests.rig.clock import FakeClock

API = "/api/v1"
WAVES = 9
CUT_AFTER = timedelta(milliseconds=4_400)  # a wave's shots may come 264 ticks after its start
END_AFTER = timedelta(milliseconds=5_000)  # the last wave's when it is over

Shots = Sequence[Sequence[int]]


class Refused(AssertionError):
    """A call that a test relies on was refused."""


class Player:
    """Somebody with a token of their own, in the live world or in the one that begins at `root`."""

    def __init__(self, app: Flask, clock: FakeClock, root: str = "", address: str = "127.0.0.1") -> None:
        self.app, self.clock, self.root, self.address = app, clock, root, address
        self.token = ""
        joined = json_of(self.post("/players"), 201)
        self.token, self.id, self.alias = joined["token"], joined["player"]["id"], joined["player"]["alias"]

    def call(self, method: str, path: str, **sent: Any) -> TestResponse:
        """A call of the API; every one with a client of its own, so that threads may call at once."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers.update(sent.pop("headers", {}))
        return self.app.test_client().open(self.root + API + path, method=method, headers=headers,
                                           environ_base={"REMOTE_ADDR": self.address}, **sent)

    def get(self, path: str, **sent: Any) -> TestResponse:
        return self.call("GET", path, **sent)

    def post(self, path: str, body: object = None, **sent: Any) -> TestResponse:
        return self.call("POST", path, **({"json": body} if body is not None else {}), **sent)

    def open(self, slug: str = "boss", came: str = "") -> "Play":
        """A round; `came` is the query of the page's address."""
        return Play(self, json_of(self.post(f"/campaigns/{slug}/rounds", {"source": {"query": came}}), 201))

    def play(self, number: int, skill: Skill = GOOD, *, slug: str = "boss", enough: int | None = None,
             came: str = "") -> "Play":
        """A whole round of a bot; its outcome is in `outcome`."""
        play = self.open(slug, came)
        play.finish(play.bot(number, skill, enough))
        return play


class Play:
    """A round in play, as the player's browser knows it."""

    def __init__(self, player: Player, opened: dict[str, Any]) -> None:
        self.player, self.clock, self.opened = player, player.clock, opened
        self.id: str = opened["round"]["id"]
        self.rules = Rules.from_json(opened["rules"])
        self.path = f"/rounds/{self.id}"
        self.seeds: list[str] = []
        self.log: list[Shot] = []
        self.voids: list[int] = []
        self.outcome: dict[str, Any] = {}
        self._take(opened)

    def _take(self, answer: dict[str, Any]) -> None:
        """Keep what an answer tells of the wave that comes, or of the end."""
        self.outcome = answer.get("outcome", {})
        if "wave" in answer:
            self.wave: int = answer["wave"]["number"]
            self.starts_at: datetime = self.clock.now + timedelta(milliseconds=answer["wave"]["starts_in_ms"])
            self.seeds.append(answer["wave"]["seed"])

    def bot(self, number: int, skill: Skill = GOOD, enough: int | None = None) -> Bot:
        """A bot that sees what this round has revealed."""
        return Bot(self.rules, number, skill, enough)

    @property
    def due(self) -> datetime:
        """The moment from which this wave's shots may come."""
        return self.starts_at + (END_AFTER if self.wave == WAVES else CUT_AFTER)

    def wait(self, late_ms: float = 0) -> "Play":
        """Let it become the moment at which this wave's shots are due, or one that much later."""
        self.clock.now = self.due + timedelta(milliseconds=late_ms)
        return self

    def submit(self, shots: Shots = (), wave: int | None = None, **more: Any) -> TestResponse:
        """Send shots as this wave's, now; what the answer tells is kept."""
        number = self.wave if wave is None else wave
        response = self.player.post(f"{self.path}/waves", {"wave": number, "shots": list(map(list, shots)), **more})
        if response.status_code == 200 and number == self.wave:
            self._note(number, shots, response.get_json())
        return response

    def _note(self, number: int, shots: Shots, answer: dict[str, Any]) -> None:
        self.log += [Shot(*shot) for shot in shots]
        if "void" in answer:
            self.voids.append(number)
        self._take(answer)

    def pass_waves(self, count: int, late_ms: float = 0) -> "Play":
        """Play that many waves without a dart."""
        for _ in range(count):
            json_of(self.wait(late_ms).submit(), 200)
        return self

    def send(self, bot: Bot, late_ms: float = 0) -> dict[str, Any]:
        """Let a bot play this wave, and send its shots when they are due."""
        bot.see(self.wave, parse_seed(self.seeds[-1]))
        shots = bot.play_until(cut(self.wave))
        number = self.wave
        answer = json_of(self.wait(late_ms).submit(shots), 200)
        if number in self.voids:
            bot.strike(number)
        return answer

    def finish(self, bot: Bot, late: Callable[[int], float] = lambda wave: 0) -> dict[str, Any]:
        """Play on to the end; the outcome. `late` gives the milliseconds by which each wave's shots come late."""
        while not self.outcome:
            self.send(bot, late(self.wave))
        return self.outcome

    def present(self) -> dict[str, Any]:
        """GET of the round."""
        return json_of(self.player.get(self.path), 200)


def json_of(response: TestResponse, status: int) -> dict[str, Any]:
    """The body of an answer that must have a status."""
    body: dict[str, Any] | None = response.get_json(silent=True)
    if response.status_code != status or body is None:
        raise Refused(f"{response.status_code} instead of {status}: {response.get_data(as_text=True)}")
    return body


def problem_of(response: TestResponse) -> str:
    """The code of a refusal, after a look at its manners (RFC 9457)."""
    body = response.get_json()
    assert response.content_type == "application/problem+json", response.get_data(as_text=True)
    assert body["status"] == response.status_code
    assert body["type"] == "about:blank"
    assert body["title"]
    assert body["detail"].endswith((".", "!", "?"))
    code: str = body["code"]
    return code
