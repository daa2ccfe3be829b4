"""A campaign that is not open says so at once, not only after a click on Play."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.rig.served import Served


@pytest.mark.parametrize(("state", "sentence"), [("not_open", "Not yet!"), ("paused", "A short break"),
                                             ("closed", "The office is closed")])
def test_a_campaign_that_is_not_open_offers_no_play_button(demo: Served, page: Page, state: str, sentence: str) -> None:
    def shut(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace('"state": "open"', f'"state": "{state}"'))

    page.route("**/c/boss", shut)
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#problem")).to_contain_text(sentence)
    expect(page.locator("#play")).to_be_hidden()


def test_a_refused_start_leaves_the_keyboard_on_the_way_on(demo: Served, page: Page) -> None:
    page.route("**/boss/rounds", lambda route: route.fulfill(status=429, headers={"Retry-After": "7"},
                                                             json={"code": "slow_down"}))
    page.goto(f"{demo.url}/c/boss")
    page.locator("#play").press("Enter")
    expect(page.locator("#problem")).to_contain_text("in 7 seconds")
    expect(page.locator("#problem button")).to_be_focused()
