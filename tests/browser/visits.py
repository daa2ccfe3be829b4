"""Every state that a page for players can be in, and how a visit comes to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.test_coming_back import AWARD, OUTCOME, come_back
from tests.browser.test_me import MINE, remember
from tests.browser.test_replay import watch
from tests.browser.test_states import PLACES, refuse, shut, told
from tests.rig.hand import PLAY
from tests.rig.play import Play
from tests.rig.served import Served

SAID: dict[str, Any] = {"id": "c1", "alias": "Tiny Gecko 1", "text": "He ducked, and I still had him!",
                        "posted_at": "2026-11-22T10:00:00.000Z", "round_id": None, "at_ms": None, "badge": None,
                        "score": None, "edited": False, "reply_to": None, "reactions": {}, "replies": [],
                        "replies_next": None}


@dataclass
class Visit:
    """Somebody who opens a page of the demo, and a round that was played there before."""

    demo: Served
    page: Page
    played: Play

    def go(self, path: str) -> None:
        self.page.goto(self.demo.url + path)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def sees(self, what: str, text: str = "") -> None:
        expect(self.page.locator(what)).to_be_visible()
        expect(self.page.locator(what)).to_contain_text(text)


State = Callable[[Visit], None]
STATES: list[State] = []


def state(bring_about: State) -> State:
    """One more state of a page that is looked at."""
    STATES.append(bring_about)
    return bring_about


@state
def start(visit: Visit) -> None:
    visit.go("/c/boss")
    visit.sees("#live")


@state
def start_on_a_desk(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1440, "height": 900})
    start(visit)
    expect(visit.page.locator("#places a").first).to_be_visible()


@state
def start_in_a_frame_with_a_dare(visit: Visit) -> None:
    visit.go(f"/e/boss?beat={visit.played.id}")
    visit.sees("#start .dare")


@state
def sold_out(visit: Visit) -> None:
    start(visit)
    visit.page.evaluate("document.getElementById('teaser').classList.add('sold-out')")


@state
def settings_with_a_wish_for_the_dark(visit: Visit) -> None:
    start(visit)
    visit.page.locator("#start-settings").click()
    visit.page.get_by_role("radio", name="Dark").check()
    visit.sees("#settings", "Language")


@state
def playing(visit: Visit) -> None:
    start(visit)
    visit.page.locator(PLAY).click()
    visit.sees("#pause-button")


@state
def paused(visit: Visit) -> None:
    playing(visit)
    visit.page.keyboard.press("Escape")
    visit.sees("#pause", "This wave is lost")


@state
def won(visit: Visit) -> None:
    come_back(visit.page, visit.demo, {**OUTCOME, "awards": [AWARD]}, left="round")
    visit.sees("#result", AWARD["claim_code"])


@state
def won_on_a_phone_held_sideways(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 844, "height": 390})
    won(visit)


@state
def held(visit: Visit) -> None:
    come_back(visit.page, visit.demo, {**OUTCOME, "verdict": "held"}, left="round")
    visit.sees("#result .verdict")


@state
def rejected(visit: Visit) -> None:
    come_back(visit.page, visit.demo, {**OUTCOME, "verdict": "rejected", "standing": None}, left="round")
    visit.sees("#result .verdict")


@state
def calm_result(visit: Visit) -> None:
    visit.page.clock.install()
    start(visit)
    visit.page.locator("#settings-button").click()
    visit.press("Play calmly")
    expect(visit.page.locator("#start")).to_be_hidden()
    visit.page.clock.fast_forward("01:40")
    visit.sees("#result", "not ranked")


@state
def replay(visit: Visit) -> None:
    watch(visit.demo, visit.page, visit.played)
    visit.sees("#replay-note", "every dart")


@state
def replay_in_play(visit: Visit) -> None:
    watch(visit.demo, visit.page, visit.played)
    visit.page.locator("#replay-play").click()
    expect(visit.page.locator("#replay-time")).to_contain_text(re.compile(r"0:(0[1-9]|[1-4]\d) "))


@state
def replay_forged(visit: Visit) -> None:
    watch(visit.demo, visit.page, visit.played, score=99_999)
    visit.sees("#replay-forged")


@state
def replay_missing(visit: Visit) -> None:
    visit.go("/r/none")
    visit.sees("#replay-note")


@state
def comments(visit: Visit) -> None:
    """Published ones, one's own that waits, one that was refused, and why to report."""
    def answer(route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(json={"comments": [SAID, {**SAID, "id": "c2"}], "next": "later"})
        elif "call" in (route.request.post_data or ""):
            route.fulfill(status=422, json={"code": "comment_refused", "reason": "contact"})
        else:
            route.fulfill(status=201, json={"comment": {"id": "c3", "state": "held", "reason": "awaits_review",
                                                        "revision": 1, "editable_until": None}})

    remember(visit.demo, visit.page)
    visit.page.route("**/boss/comments*", answer)
    start(visit)
    for text, seen in (("What a boss!", "#talk .waiting"), ("call me", "#comment-note.bad")):
        visit.page.locator("#comment").fill(text)
        visit.page.locator("#comment-send").click()
        visit.sees(seen)
    visit.page.get_by_role("button", name="Report").first.click()
    visit.sees("#talk .ask")


@state
def not_open(visit: Visit) -> None:
    shut(visit.demo, visit.page, "not_open", opens_at=told(days=2))
    visit.sees("#problem .countdown")


@state
def on_a_break(visit: Visit) -> None:
    shut(visit.demo, visit.page, "paused")
    visit.sees("#problem", "A short break")


@state
def closed(visit: Visit) -> None:
    visit.page.route("**/standings*", lambda route: route.fulfill(json={"top": PLACES, "me": None, "players": 4}))
    shut(visit.demo, visit.page, "closed")
    visit.sees("#problem .podium", "Velvet Fox")


@state
def no_rounds_left(visit: Visit) -> None:
    refuse(visit.demo, visit.page, 429, "no_rounds_left", wait=9000)
    visit.sees("#problem .countdown")


@state
def slow_down(visit: Visit) -> None:
    refuse(visit.demo, visit.page, 429, "slow_down", wait=7)
    visit.sees("#problem", "in 7 seconds")


@state
def a_fault_of_ours(visit: Visit) -> None:
    refuse(visit.demo, visit.page, 500, "internal")
    visit.sees("#problem", "tripped over a cable")


@state
def offline(visit: Visit) -> None:
    start(visit)
    visit.page.context.set_offline(True)
    visit.page.locator(PLAY).click()
    visit.sees("#problem", "No connection")


@state
def old_browser(visit: Visit) -> None:
    visit.page.add_init_script("delete window.structuredClone")
    visit.go("/c/boss")
    visit.sees("#old")


@state
def too_small_a_frame(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 300, "height": 420})
    visit.go("/c/boss")
    visit.sees("#small", "Play here anyway")


@state
def mine(visit: Visit) -> None:
    """With every card, the code for another device shown, and the question before all is erased."""
    remember(visit.demo, visit.page)
    visit.page.route("**/players/me", lambda route: route.fulfill(json=MINE))
    visit.go("/me")
    visit.press("Older rounds")
    visit.press("Show the code")
    visit.sees("#me .move", "Still good for")
    visit.page.get_by_text("See everything").click()
    visit.press("Erase me…")
    visit.press("Erase me for good")
    visit.sees("#me .erase", "ERASE")


@state
def mine_and_empty(visit: Visit) -> None:
    remember(visit.demo, visit.page)
    visit.go("/me")
    visit.sees("#me", "No prize yet")


@state
def nobody_s(visit: Visit) -> None:
    visit.go("/me")
    visit.sees("#me", "Nobody here yet")


@state
def taking_over(visit: Visit) -> None:
    remember(visit.demo, visit.page)
    other = visit.demo.call("POST", "/api/v1/players", {}).body["token"]
    address = visit.demo.call("POST", "/api/v1/players/me/moves", {}, other).body["address"]
    visit.page.goto(address)
    visit.sees("#me", "This browser plays as")


@state
def fairness(visit: Visit) -> None:
    visit.go("/fairness")


@state
def comments_in_numbers(visit: Visit) -> None:
    visit.go("/c/boss/moderation")
    visit.sees(".tiles", "received")


@state
def nothing_here(visit: Visit) -> None:
    visit.go("/nothing-here")
