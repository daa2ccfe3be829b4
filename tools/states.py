"""The states that a person may meet, and how to bring a browser into each."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from server.keys import load_keys
from tests.browser.test_coming_back import OUTCOME, come_back
from tests.browser.test_me import MINE, remember
from tests.browser.test_states import PLACES, refuse, shut, told
from tests.browser.test_ways_to_win import KEEPSAKE, WINS, offer
from tests.rig.app import add_campaign, fresh_app
from tests.rig.bot import GOOD
from tests.rig.clock import FakeClock
from tests.rig.databases import opened
from tests.rig.hand import Hand
from tests.rig.play import Play, Player, json_of
from tests.rig.served import Served
from tools.states_of_codes import CODES, DARK_CODES
from tools.states_of_desk import DESK, desk
from tools.states_of_draws import OPEN, OVER, add_fairs
from tools.states_of_office import DARK_PAGES, OFFICE

PICTURED_TICK = 700  # in the third wave, its targets all there, and the boss seldom knocked out yet
SCORES = (7_000, 5_000, 3_500, 2_000, 900)
SAID = ("The desk plant is my favourite colleague.", "Third knock-out in a row, and he still smiles!")
DARK = {"color_scheme": "dark"}


@dataclass
class Demo:
    """A served demo, the rounds that bots played on it, and the browser that looks at it."""

    served: Served
    browser: Browser
    lang: str
    rounds: list[Play]
    tickets: list[str]

    @contextmanager
    def page(self, **choices: Any) -> Iterator[Page]:
        viewport = ViewportSize(width=390, height=844)
        context = self.browser.new_context(**{"viewport": viewport, "locale": self.lang, **choices})
        yield context.new_page()
        context.close()

    def open(self, page: Page, path: str = "/c/boss") -> None:
        page.goto(f"{self.served.url}{path}")
        page.wait_for_load_state("networkidle")


Reach = Callable[[Demo, Page], Iterator[str] | None]


@dataclass(frozen=True)
class State:
    """How to reach it (or several on one way, each by its name), is the whole page its picture, and by what browser."""

    reach: Reach
    whole: bool = False
    browser: dict[str, Any] = field(default_factory=dict)


@contextmanager
def opened_demo(served: Served, browser: Browser, lang: str) -> Iterator[Demo]:
    """The demo with five rounds in its standings and two comments."""
    now = datetime.now(UTC)
    clock = FakeClock(now)
    with opened(f"sqlite:///{served.folder}/data/popshot.sqlite") as database:
        app = fresh_app(database, clock)
        month = timedelta(days=30)
        add_campaign(database, "baker", brand="Bread & Sons", titles={"en": "Pop the baker!"}, opens_at=now - month,
                     closes_at=now + month)
        rounds = [Player(app, clock).play(number, GOOD, enough=enough) for number, enough in enumerate(SCORES)]
        clock.now = now  # rounds need no waiting here, and nothing is said in the future
        for played, text in zip(rounds, SAID, strict=False):
            said = json_of(played.player.post("/campaigns/boss/comments", {"text": text}), 201)
            served.popshot("comment", "publish", said["comment"]["id"])
        tickets = add_fairs(database, load_keys(served.folder / "keys"), now)
    yield Demo(served, browser, lang, rounds, tickets)


def at(path: str) -> Reach:
    return lambda demo, page: demo.open(page, path)


def start(demo: Demo, page: Page) -> None:
    demo.open(page)
    page.locator("body[data-drawn]").wait_for()


def settings(demo: Demo, page: Page) -> None:
    start(demo, page)
    page.locator("#settings-button").click()
    page.locator("#settings").wait_for()


def whole_page(demo: Demo, page: Page) -> None:
    start(demo, page)
    page.locator("#comments").scroll_into_view_if_needed()  # only then are they fetched
    page.locator("#talk li").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def ended(demo: Demo, page: Page, **more: Any) -> None:
    """The result of a round as the server may tell it."""
    come_back(page, demo.served, {**OUTCOME, "replay_url": demo.rounds[0].outcome["replay_url"], **more}, left="round")
    page.locator("#result").wait_for()
    expect(page.locator("#result .total")).to_contain_text(f"{more.get('score', OUTCOME['score']):,}"[-3:])
    page.wait_for_load_state("networkidle")


def result(demo: Demo, page: Page) -> None:
    outcome = demo.rounds[0].outcome
    ended(demo, page, **{**outcome, "kept_back": 0, "standing": {"rank": 1, "players": len(SCORES)}})


def every_way(demo: Demo, page: Page) -> None:
    offer(page)
    start(demo, page)
    page.locator("#chances li").first.wait_for(state="attached")


def several_awards(demo: Demo, page: Page) -> None:
    offer(page)
    ended(demo, page, awards=WINS, kept_back=0)


def keepsake_result(demo: Demo, page: Page) -> None:
    offer(page)
    ended(demo, page, kept_back=0, keepsake=KEEPSAKE, gifts={"opened": 1, "won": 0})


def small_result(demo: Demo, page: Page) -> None:
    ended(demo, page, score=900, shots=61, hits=12, best_combo=3, kept_back=0, standing={"rank": 5, "players": 6})


def held_result(demo: Demo, page: Page) -> None:
    ended(demo, page, verdict="held", standing=None)


def calm_result(demo: Demo, page: Page) -> None:
    page.clock.install()
    settings(demo, page)
    page.locator("#settings .calm button").click()
    expect(page.locator("#start")).to_be_hidden()
    page.clock.fast_forward("02:00")
    page.locator("#result").wait_for()


def shut_as(state: str, **ahead: float) -> Reach:
    def reach(demo: Demo, page: Page) -> None:
        page.route("**/standings*", lambda route: route.fulfill(json={"top": PLACES, "me": None, "players": 4}))
        shut(demo.served, page, state, **({"opens_at": told(**ahead)} if ahead else {}))
        page.locator("#problem h1").wait_for()
        page.wait_for_load_state("networkidle")

    return reach


def refused(status: int, code: str, wait: int | None = None) -> Reach:
    def reach(demo: Demo, page: Page) -> None:
        refuse(demo.served, page, status, code, wait)
        page.locator("#problem h1").wait_for()

    return reach


def sold_out(demo: Demo, page: Page) -> None:
    def empty(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=re.sub(r'"left": \d+', '"left": 0', response.text()))

    page.route(re.compile(r"/c/boss$"), empty)
    start(demo, page)


def offline(demo: Demo, page: Page) -> None:
    start(demo, page)
    page.context.set_offline(True)
    page.locator("#play").press("Enter")
    page.locator("#problem h1").wait_for()


def old_browser(demo: Demo, page: Page) -> None:
    page.add_init_script("delete window.structuredClone")
    demo.open(page)


def replay(demo: Demo, page: Page) -> None:
    demo.open(page, f"/r/{demo.rounds[0].id}")
    page.locator("#replay-deck").wait_for()


def replay_playing(demo: Demo, page: Page) -> None:
    replay(demo, page)
    page.locator("#replay-play").click()
    for _ in range(3):
        page.locator("#replay-seek").press("PageUp")
    page.locator("#replay-seek").blur()


def forged_replay(demo: Demo, page: Page) -> None:
    def alter(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json={**response.json(), "score": 99_999})

    page.route("**/replay", alter)
    replay(demo, page)


def mine(demo: Demo, page: Page) -> None:
    remember(demo.served, page)
    page.route("**/players/me", lambda route: route.fulfill(json=MINE))
    demo.open(page, "/me")


def mine_empty(demo: Demo, page: Page) -> None:
    remember(demo.served, page)
    demo.open(page, "/me")


def move(demo: Demo, page: Page) -> None:
    mine_empty(demo, page)
    page.locator(".move").locator("xpath=..").get_by_role("button").first.click()
    page.locator(".move .qr").wait_for()


def erase(demo: Demo, page: Page) -> None:
    mine_empty(demo, page)
    page.locator(".erase").locator("xpath=..").get_by_role("button").last.click()
    page.locator(".erase h3").wait_for()


def ticket_of_fair(demo: Demo, page: Page) -> None:
    demo.open(page, f"/claim/{demo.tickets[0]}")
    page.locator("#keepsake h1").wait_for()


def play_a_round(demo: Demo, page: Page) -> Iterator[str]:
    """One real round: taught, in play, in its pause, and its result."""
    start(demo, page)
    hand = Hand(page)
    page.locator("#play").click()
    page.locator("#tutor:not([hidden])").wait_for(timeout=15_000)
    yield "tutor"
    hand.play(until_tick=PICTURED_TICK)
    yield "playing"
    page.keyboard.press("Escape")
    page.locator("#pause").wait_for()
    yield "pause"
    page.locator("#pause-on").click()
    outcome = hand.play()
    expect(page.locator("#result .total")).to_contain_text(str(outcome["score"])[-3:])  # it counts up
    yield "result"


def wear(theme: str) -> Reach:
    def play(demo: Demo, page: Page) -> Iterator[str]:
        demo.served.popshot("campaign", "theme", "boss", theme)
        start(demo, page)
        yield f"{theme}-start"
        page.locator("#play").click()
        Hand(page).play(until_tick=PICTURED_TICK)
        yield f"{theme}-playing"

    return play


STATES: dict[str, State] = {
    "start": State(start), "start-page": State(whole_page, whole=True), "settings": State(settings),
    "ways": State(every_way), "dark-ways": State(every_way, browser=DARK), "ways-page": State(every_way, whole=True),
    "awards": State(several_awards), "dark-awards": State(several_awards, browser=DARK),
    "keepsake": State(keepsake_result), "dark-keepsake": State(keepsake_result, browser=DARK),
    "result-small": State(small_result), "result-held": State(held_result), "result-calm": State(calm_result),
    "not-open": State(shut_as("not_open", days=2, hours=3)), "paused": State(shut_as("paused")),
    "closed": State(shut_as("closed")), "sold-out": State(sold_out),
    "no-rounds-left": State(refused(429, "no_rounds_left", 7_200)), "trouble": State(refused(500, "internal")),
    "offline": State(offline), "no-script": State(at("/c/boss"), browser={"java_script_enabled": False}),
    "old-browser": State(old_browser), "replay": State(replay), "replay-playing": State(replay_playing),
    "replay-forged": State(forged_replay), "me": State(mine, whole=True), "me-empty": State(mine_empty, whole=True),
    "me-unknown": State(at("/me")), "move": State(move, whole=True), "erase": State(erase, whole=True),
    **{name: State(reach, whole=True) for name, reach in CODES.items()},
    **{f"dark-{name}": State(CODES[name], whole=True, browser=DARK) for name in DARK_CODES},
    "fair": State(at(f"/c/{OPEN}")), "fair-page": State(at(f"/c/{OPEN}"), whole=True),
    "fair-over": State(at(f"/c/{OVER}")), "ticket-of-fair": State(ticket_of_fair, whole=True),
    "draw": State(at(f"/c/{OPEN}/draw"), whole=True), "drawn": State(at(f"/c/{OVER}/draw"), whole=True),
    "dark-drawn": State(at(f"/c/{OVER}/draw"), whole=True, browser=DARK), "not-found": State(at("/nothing-here")),
    **{name: State(reach) for name, reach in (DESK | OFFICE).items()}, "dark-desk": State(desk, browser=DARK),
    **{f"dark-{name}": State(OFFICE[name], browser=DARK) for name in DARK_PAGES},
    "fairness": State(at("/fairness"), whole=True), "campaigns": State(at("/")),
    **{f"dark-{reach.__name__}": State(reach, browser=DARK) for reach in (start, result, settings)},
    "dark-me": State(mine, browser=DARK),
    "round": State(play_a_round), **{name: State(wear(name)) for name in ("toys", "bakery", "arcade")},
}  # fmt: skip
