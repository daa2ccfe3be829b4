"""A hand on a real page: it sees what the page was told of the round, and aims the mouse, a finger or keys by it."""

import math
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import FrameLocator, Page, Response

from server.simulation.rng import parse_seed
from server.simulation.rules import HEIGHT, TICK_RATE, TICKS, WAVE_TICKS, WIDTH, Rules, ready_at, wave_of
from tests.rig.bot import Bot, Skill

PLAY = "[data-drawn] #play"  # by then its scripts have run
FRAME = "() => new Promise((done) => requestAnimationFrame(done))"
PATIENCE_S = 100.0  # for a round of 45 seconds
HALTING = Skill(error=75, pause=24, reaction=20, at_boss=0.25)  # good for a prize, not for one that is kept back


@dataclass
class Hand:
    """Plays the round that the page opens; `answers` are the bodies of the API's answers, in order."""

    page: Page
    number: int = 1
    skill: Skill = HALTING
    touch: bool = False
    frame: FrameLocator | None = None  # where the game is, when the page only frames it
    answers: list[dict[str, Any]] = field(default_factory=list)
    starts: dict[int, float] = field(default_factory=dict)
    thrown: int = 0
    last_tick: int = 0
    bot: Bot | None = None
    heard: list[tuple[float, Response]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", self._hear)

    def _hear(self, response: Response) -> None:
        if response.request.method == "POST" and response.url.rsplit("/", 1)[-1] in ("rounds", "waves"):
            self.heard.append((time.monotonic(), response))

    def play(self, until_wave: int | None = None, until_tick: int = 0) -> dict[str, Any]:
        """Throw darts until the outcome has come, a wave is revealed or a tick played; the outcome, {} without."""
        latest = time.monotonic() + PATIENCE_S
        while not self._has_come(until_wave) and not self._is_past(until_tick):
            self.wait(latest)
            self._throw()
        outcome: dict[str, Any] = self.answers[-1].get("outcome", {})
        return outcome

    def _has_come(self, wave: int | None) -> bool:
        last = self.answers[-1] if self.answers else {}
        return "outcome" in last or ("wave" in last and last["wave"]["number"] == wave)

    def _is_past(self, tick: int) -> bool:
        """Whether a tick was played, also when nobody looked while it was."""
        start = self.starts.get(wave_of(tick)) if tick > 0 else None
        return start is not None and time.monotonic() - start >= (tick - (wave_of(tick) - 1) * WAVE_TICKS) / TICK_RATE

    def wait(self, latest: float = math.inf) -> None:
        """A frame's pause, in which the page's news arrive; AssertionError once it is too late for any."""
        if time.monotonic() > latest:
            raise AssertionError(f"nothing more came; the last answers: {self.answers[-2:]}, refused: {self.refused}")
        self.page.evaluate(FRAME)
        self.learn()

    def learn(self) -> None:
        """Take in what the page has been answered since the last look."""
        while self.heard:
            at, response = self.heard.pop(0)
            if response.ok:
                self._take(at, response.json())
            else:
                self.refused.append(f"{response.status} {response.url}")

    def _take(self, at: float, answer: dict[str, Any]) -> None:
        self.answers.append(answer)
        if self.bot is None:
            self.bot = Bot(Rules.from_json(answer["rules"]), self.number, self.skill)
        if "wave" in answer:
            wave = answer["wave"]["number"]
            self.starts[wave] = at + answer["wave"]["starts_in_ms"] / 1000
            self.bot.see(wave, parse_seed(answer["wave"]["seed"]))

    @property
    def tick(self) -> int:
        """The tick that the page plays, as well as it can be told from outside; -1 in a gap."""
        for wave in sorted(self.starts, reverse=True):
            since = (time.monotonic() - self.starts[wave]) * TICK_RATE
            if 0 <= since < WAVE_TICKS:
                return (wave - 1) * WAVE_TICKS + int(since)
        return -1

    def _throw(self) -> None:
        tick = self.tick
        if self.bot is None or not 0 <= tick < TICKS or tick < ready_at(self.thrown, self.last_tick) + 6:
            return
        self.bot.tick = tick
        aim = self.bot.aim()
        if aim is not None:
            self._click(*aim)
            self.thrown, self.last_tick = self.thrown + 1, tick

    def _click(self, x: int, y: int) -> None:
        box = (self.frame or self.page).locator("#field").bounding_box()
        if box is None:
            raise AssertionError("the field is not on the page")
        at = (box["x"] + (x + 0.5) * box["width"] / WIDTH, box["y"] + (y + 0.5) * box["height"] / HEIGHT)
        if self.touch:
            self.page.touchscreen.tap(*at)
        else:
            self.page.mouse.click(*at)
