"""A code scanned in a browser: the scene that it shows, the rounds that it gives; nothing is loaded without one."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from server.campaigns.campaign import find_campaign
from server.keys import load_keys
from server.play.posters.code import Mark, code_of
from server.play.posters.make_poster import Wish, make_poster
from server.play.posters.poster import PosterKind
from tests.browser.conftest import Troubles
from tests.rig.databases import opened
from tests.rig.hand import PLAY
from tests.rig.served import Served


@pytest.fixture
def codes(demo: Served) -> dict[str, str]:
    """A poster's address with a scene and a bonus round, and one of a pack."""
    wishes = {"poster": Wish("Shop window", bonus=1, scene="city/night"),
              "copy": Wish("Blaster", PosterKind.PACK, codes=5, bonus=2)}
    key, now = load_keys(demo.folder / "keys").poster, datetime.now(UTC)
    with opened(demo.database_url) as database, database.sessions() as session:
        campaign = find_campaign(session, "boss")
        assert campaign is not None
        made = {name: make_poster(session, campaign, wish, now) for name, wish in wishes.items()}
    return {name: f"{demo.url}/Q/{code_of(key, Mark(poster.number, 1 if poster.codes else 0))}"
            for name, poster in made.items()}


def test_a_stranger_sees_the_scene_plays_and_has_the_bonus_round(
        page: Page, troubles: Troubles, codes: dict[str, str]) -> None:
    page.goto(codes["poster"], wait_until="commit")
    expect(page.locator("body")).to_have_attribute("data-place", "city")
    expect(page.locator(".scan")).to_contain_text("a bonus round is yours")
    with page.expect_response("**/scans") as sent:
        page.locator(PLAY).click()
    assert sent.value.status == 201
    expect(page).not_to_have_url(re.compile("[?&]q="))  # answered: the address hands no code on
    expect(page.locator(".scan")).to_be_hidden()  # out of the way while the round runs
    page.wait_for_load_state("networkidle")
    page.goto(codes["poster"])  # whoever is known sends it at once, and gets the same answer
    expect(page.locator(".scan")).to_contain_text("Unlocked: one bonus round is yours")
    assert troubles.but_left == []


def test_what_is_unlocked_can_be_closed(page: Page, codes: dict[str, str]) -> None:
    page.goto(codes["poster"])
    page.locator(".scan-close").click()
    expect(page.locator(".scan")).to_have_count(0)


def test_a_copy_that_somebody_has_used_says_so_and_the_game_goes_on(
        demo: Served, page: Page, codes: dict[str, str]) -> None:
    token = demo.call("POST", "/api/v1/players", {}).body["token"]
    used = demo.call("POST", "/api/v1/campaigns/boss/scans", {"code": codes["copy"].rpartition("/")[2]}, token)
    assert used.status == 201
    page.goto(codes["copy"])
    expect(page.locator(".scan")).to_contain_text("2 bonus rounds")
    page.locator(PLAY).click()
    expect(page.locator(".scan")).to_contain_text("Somebody has used this code already", use_inner_text=False)
    expect(page.locator("body")).to_have_attribute("data-state", "playing")


def test_a_visit_without_a_code_loads_nothing_for_codes(demo: Served, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{demo.url}/c/boss?q=0000000000000000")
    expect(page.locator("#live")).to_be_visible()
    assert [url for url in asked if "scan" in url] == []
