"""The pages around the game keep the rules for people who cannot see, hear or point, by day and by night."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.rig.axe import violations
from tests.rig.served import Served


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/claim/ABCD", "/fairness", "/nothing-here"])
def test_a_plain_page_has_one_heading_and_breaks_no_rule(demo: Served, page: Page, path: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{demo.url}{path}")
    expect(page.locator("h1:visible")).to_have_count(1)
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    assert violations(page) == []


def test_a_plain_page_wears_the_scheme_that_the_player_wished_for(demo: Served, page: Page) -> None:
    page.add_init_script("localStorage.setItem('popshot', '{\"wish.scheme\": \"dark\"}')")
    page.emulate_media(color_scheme="light")
    page.goto(f"{demo.url}/fairness")
    expect(page.locator(".card")).to_have_css("background-color", "rgb(24, 37, 67)")
    expect(page.locator("html")).to_have_css("color-scheme", "dark")


def test_the_rig_finds_a_picture_without_words(page: Page) -> None:
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    assert violations(page) == ["image-alt: img"]
