"""A gift on the field: opened without aiming, and what the player is told at once, which is the same for every gift."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from server.simulation.replay import Shot, replay
from server.simulation.rng import parse_seed
from server.simulation.rules import Rules
from tests.browser.heard import WAS_SAID, heard, was_heard
from tests.browser.test_coming_back import OUTCOME, come_back
from tests.browser.test_ways_to_win import WINS, offer
from tests.rig.hand import PLAY
from tests.rig.served import Served

RULES = {"version": 1, "gift_waves": [1]}
TYPE_G = """(box) => { box.dispatchEvent(new KeyboardEvent('keydown', { key: 'g', bubbles: true }));
  return new Promise((done) => requestAnimationFrame(done)); }"""


def play_to_the_gift(demo: Served, page: Page) -> list[dict[str, Any]]:
    """A round with a gift in its first wave, until it is on the field; what the page was told of the round."""
    opened = list[dict[str, Any]]()

    def promise_a_gift(route: Route) -> None:
        answer = route.fetch()
        opened.append({**answer.json(), "rules": RULES})
        route.fulfill(response=answer, json=opened[-1])

    page.route("**/campaigns/boss/rounds", promise_a_gift)
    page.add_init_script("""localStorage.setItem('popshot', '{"wish.gifts": "press"}')""")
    page.goto(f"{demo.url}/c/boss")
    for place in ("#floats", "#bubble", "#spoken"):
        heard(page, place)
    page.locator(PLAY).click()
    expect(page.locator("#gift")).to_be_visible()
    return opened


def test_a_button_opens_the_gift_without_aiming(demo: Served, page: Page) -> None:
    opened = play_to_the_gift(demo, page)
    with page.expect_request("**/waves") as submission:
        page.locator("#comment").evaluate(TYPE_G)  # a letter of a comment throws nothing
        page.get_by_role("button", name="Open the gift").click()
        expect(page.locator("#gift")).to_be_hidden()
    sent: dict[str, Any] = submission.value.post_data_json or {}
    shots = [Shot(*shot) for shot in sent["shots"]]
    seeds = [parse_seed(opened[-1]["wave"]["seed"])]
    assert len(shots) == 1
    assert len(replay(Rules.from_json(RULES), seeds, shots, until=299).gifts) == 1


def test_who_hits_a_gift_is_told_at_once_that_the_result_will_tell(demo: Served, page: Page) -> None:
    play_to_the_gift(demo, page)
    assert not was_heard(page, "#floats", "Gift opened!")
    page.keyboard.press("g")
    opened = "Gift opened!"
    for place, words in (("#floats", opened), ("#bubble", "The result will tell!"), ("#spoken", opened)):
        page.wait_for_function(WAS_SAID, arg=[place, words])


@pytest.mark.parametrize(("awards", "gifts", "told", "untold"), [
    (WINS[1:2], {"opened": 2, "won": 1}, "It was in your gift", "Nothing in"),
    ([], {"opened": 1, "won": 0}, "Nothing in this gift. The next one may have it.", "It was in your gift"),
])  # fmt: skip
def test_the_result_tells_what_the_gift_held(
        demo: Served, page: Page, awards: list[dict[str, Any]], gifts: dict[str, int], told: str, untold: str) -> None:
    offer(page)
    come_back(page, demo, {**OUTCOME, "kept_back": 0, "awards": awards, "gifts": gifts}, left="round")
    expect(page.locator("#result")).to_contain_text(told)
    expect(page.locator("#result")).not_to_contain_text(untold)
