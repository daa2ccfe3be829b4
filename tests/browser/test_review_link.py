"""The link that `popshot round review` prints opens a round that is not public."""

from playwright.sync_api import Page

from tests.rig.served import Served


def test_the_replay_page_hands_the_reviewers_key_on(demo: Served, page: Page) -> None:
    with page.expect_request("**/api/v1/rounds/held/replay*") as asked:
        page.goto(f"{demo.url}/r/held?look=0123abc")
    assert "look=0123abc" in asked.value.url
