"""A campaign that is not open says so at once, not only after a click on Play."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.rig.served import Served


@pytest.mark.parametrize("state, sentence", [("not_open", "Not yet!"), ("paused", "A short break"),
                                             ("closed", "The office is closed")])
def test_a_campaign_that_is_not_open_offers_no_play_button(demo: Served, page: Page, state: str, sentence: str) -> None:
    def shut(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace('"state": "open"', f'"state": "{state}"'))

    page.route("**/c/boss", shut)
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#problem")).to_contain_text(sentence)
    expect(page.locator("#play")).to_be_hidden()
