"""The start page shows by itself what happens; the search box is reached, read and followed by keys alone."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, Route, expect

from server.backoffice.rights import Role
from tests.office.home.played import put_rounds
from tests.rig.axe import NOTHING, held_against
from tests.rig.databases import opened
from tests.rig.served import Served
from tests.rig.staff_visit import sign_in


@pytest.fixture
def home(demo: Served, page: Page) -> Page:
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(demo, page, Role.OWNER, "bob")
    page.goto(f"{demo.url}/backoffice/")
    return page


def test_a_round_that_somebody_plays_is_counted_without_a_reload(demo: Served, home: Page) -> None:
    plays = home.locator("section[aria-labelledby=home-plays] .home-number").first
    before = int(re.sub(r"\D", "", plays.inner_text()))
    home.locator("#home a").first.focus()
    address = home.evaluate("document.activeElement.getAttribute('href')")
    with opened(demo.database_url) as database:
        put_rounds(database, "boss", datetime.now(UTC))
    expect(plays).to_contain_text(str(before + 1))
    expect(home.locator(f"#home a[href='{address}']").first).to_be_focused()
    expect(home.locator("#home-stale")).to_be_hidden()


def test_the_search_box_is_a_matter_of_keys(home: Page) -> None:
    home.keyboard.press("/")
    home.keyboard.insert_text("boss")
    found = home.locator("#office-found")
    expect(found.get_by_role("link").first).to_be_visible()
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Escape")
    expect(found).to_be_hidden()
    expect(home.locator("#office-search")).to_be_focused()
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Enter")
    home.wait_for_url("**/backoffice/campaigns/boss**")


def test_what_is_found_is_of_what_was_typed_last(home: Page) -> None:
    home.route("**/search/box?q=bo", lambda _route: None)  # never answered
    home.keyboard.press("/")
    with home.expect_request("**/search/box?q=bo"):
        home.keyboard.type("bo")
    home.keyboard.type("ss")
    expect(home.locator("#office-found").get_by_role("link").first).to_be_visible()


def test_what_was_typed_before_the_page_was_all_there_is_looked_for_too(demo: Served, page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    sign_in(demo, page, Role.OWNER, "bob")
    page.route("**/htmx.min.js", hold)
    page.goto(f"{demo.url}/backoffice/", wait_until="commit")
    page.locator("#office-search").press_sequentially("boss")
    held[0].continue_()
    expect(page.locator("#office-found").get_by_role("link").first).to_be_visible()


def test_nothing_of_them_breaks_a_rule_of_access(demo: Served, home: Page) -> None:
    for address in ("/backoffice/", "/backoffice/search?q=boss", "/backoffice/search?q=nothing-there"):
        home.goto(f"{demo.url}{address}")
        assert held_against(home) == NOTHING, address
