"""The rig itself: a frame that does need a cookie fails in it, and works where browsers let it."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.embed.conftest import Visitors
from tests.rig.hosts import Kept, Web


def rival_tells(web: Web, context: BrowserContext, host: str) -> str:
    """What an embed that needs a cookie finds when it is met in a page for the second time."""
    page = context.new_page()
    for _ in range(2):
        page.goto(web.address(host, "/rival"))
        told = page.frame_locator("iframe").locator("#told")
        expect(told).to_contain_text("storage")
    said = told.text_content() or ""
    page.close()
    return said


@pytest.mark.parametrize(("kept", "at_the_blog", "at_the_shop"), [
    (Kept.NOTHING, "cookie: none; storage: SecurityError", "cookie: none; storage: SecurityError"),
    (Kept.APART, "cookie: none; storage: new++", "cookie: none; storage: new++"),  # the shop knows nothing of the blog
    (Kept.ALL, "cookie: id=7; storage: new++", "cookie: id=7; storage: new++++"),
])
def test_a_frame_keeps_what_the_browser_lets_it(
        web: Web, visitors: Visitors, kept: Kept, at_the_blog: str, at_the_shop: str) -> None:
    context = visitors(kept)
    assert rival_tells(web, context, "blog") == at_the_blog
    assert rival_tells(web, context, "shop") == at_the_shop


@pytest.mark.parametrize("name", ["blog", "shop", "town"])
def test_each_host_shows_the_game(web: Web, alice: BrowserContext, name: str) -> None:
    page = alice.new_page()
    page.goto(web.address(name))
    page.locator("iframe").scroll_into_view_if_needed()
    expect(page.frame_locator("iframe").locator("#play")).to_be_visible()


def is_secure(page: Page, address: str) -> bool:
    page.goto(address)
    return bool(page.evaluate("() => window.isSecureContext"))


def test_a_name_under_localhost_is_secure_and_a_foreign_one_over_http_is_not(
        web: Web, insecure_web: Web, alice: BrowserContext) -> None:
    page = alice.new_page()
    assert is_secure(page, web.address("blog"))
    assert not is_secure(page, insecure_web.address("blog"))
    page.locator("iframe").scroll_into_view_if_needed()
    expect(page.frame_locator("iframe").locator("#play")).to_be_visible()
