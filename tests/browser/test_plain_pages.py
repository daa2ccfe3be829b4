"""The pages around the game are laid out for people who cannot see them, and wear the scheme that is wished for."""

import pytest
from playwright.sync_api import Page, expect

from tests.rig.served import Served


@pytest.mark.parametrize("path", ["/claim/ABCD", "/fairness", "/c/boss/moderation", "/nothing-here"])
def test_a_plain_page_has_one_heading_and_its_landmarks(demo: Served, page: Page, path: str) -> None:
    page.goto(f"{demo.url}{path}")
    expect(page.locator("h1:visible")).to_have_count(1)
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)


def test_a_plain_page_wears_the_scheme_that_the_player_wished_for(demo: Served, page: Page) -> None:
    page.add_init_script("localStorage.setItem('popshot', '{\"wish.scheme\": \"dark\"}')")
    page.emulate_media(color_scheme="light")
    page.goto(f"{demo.url}/fairness")
    expect(page.locator(".card")).to_have_css("background-color", "rgb(24, 37, 67)")
    expect(page.locator("html")).to_have_css("color-scheme", "dark")
