"""A player whose round had to wait for a person comes back and finds what that person said."""

import json
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.rig.hand import PLAY
from tests.rig.served import Served

AWARD: dict[str, Any] = {"id": "a1", "way": "ladder", "prize": {"id": "p1", "name": "The Mighty Blaster"},
         "claim_code": "7K3QF-9TZ2M-WX4NB-H8D1C", "claim_before": "2027-01-31T12:00:00.000Z"}
OUTCOME: dict[str, Any] = {"verdict": "accepted", "score": 25_870, "shots": 116, "hits": 85, "best_combo": 19,
                           "awards": [], "kept_back": 1, "secret": "0" * 64,
                           "replay_url": "http://localhost/r/waited", "standing": {"rank": 1, "players": 4}}


def come_back(page: Page, demo: Served, outcome: dict[str, Any], left: str = "waiting") -> None:
    """Open the page as somebody who left a round waiting (or in mid-`round`), and whose server says this of it now."""
    def answer(route: Route) -> None:
        route.fulfill(json={"state": "closed", "outcome": outcome})

    page.route("**/api/v1/rounds/waited*", answer)
    kept = json.dumps({left: "waited", "token": "x"})
    page.add_init_script(f"localStorage.getItem('popshot') ?? localStorage.setItem('popshot', '{kept}')")
    page.goto(f"{demo.url}/c/boss")


def test_a_prize_that_was_set_aside_shows_its_code_once_a_person_has_looked(demo: Served, page: Page) -> None:
    come_back(page, demo, {**OUTCOME, "kept_back": 0, "awards": [AWARD]})
    expect(page.locator("#result")).to_contain_text(AWARD["claim_code"])
    page.reload()
    expect(page.locator("#start")).to_be_visible()  # it was told once; the start is for playing


def test_a_round_that_still_waits_leaves_the_start_free_for_the_next_one(demo: Served, page: Page) -> None:
    come_back(page, demo, OUTCOME)
    expect(page.locator("#play")).to_be_visible()
    expect(page.locator("#result")).to_be_hidden()
    assert "waiting" in page.evaluate("localStorage.getItem('popshot')")


def test_a_reload_between_the_last_dart_and_the_result_still_shows_the_code(demo: Served, page: Page) -> None:
    come_back(page, demo, {**OUTCOME, "kept_back": 0, "awards": [AWARD]}, left="round")
    expect(page.locator("#result")).to_contain_text(AWARD["claim_code"])


EARS = """window.heard = [];
window.AudioContext = class extends AudioContext { constructor() { super(); heard.push(this); } };"""


def test_a_round_that_goes_on_after_a_reload_is_heard_from_the_first_dart_on(demo: Served, page: Page) -> None:
    page.add_init_script(EARS)
    page.goto(f"{demo.url}/c/boss")
    page.locator(PLAY).click()
    expect(page.locator("#banner")).to_contain_text("Go!")
    page.reload()
    expect(page.locator("#hud-time")).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-state", "playing")
    assert page.evaluate("heard.length") == 0  # no browser allows it before a touch
    page.mouse.click(200, 400)
    page.wait_for_function("() => heard[0]?.state === 'running'")


def test_a_double_click_on_play_again_opens_one_round(demo: Served, page: Page) -> None:
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if answer.url.endswith("/boss/rounds") else None)
    come_back(page, demo, {**OUTCOME, "kept_back": 0}, left="round")
    page.get_by_role("button", name="Play again").dblclick()
    expect(page.locator("#hud-time")).to_be_visible()
    expect(page.locator("#banner")).to_contain_text("Ready?")
    assert answers == [401, 201]  # the token of old is not known here; then one round, not a second try at one
