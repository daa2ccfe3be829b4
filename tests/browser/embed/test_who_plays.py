"""Who a player is in a frame: the same over a reload, new in a new tab, and never the same on two sites."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.embed.conftest import Visitors
from tests.browser.embed.frames import SANDBOX, become_player, frame_page, game_of
from tests.rig.hand import PLAY
from tests.rig.hosts import FOE, Kept, Web
from tests.rig.wiretap import Exchange, Wiretap

FORGETS = "This page forgets you"


def notice_of(page: Page) -> str:
    """What stands below the start button, once all has come."""
    frame = page.frame_locator("iframe")
    expect(frame.locator("#live")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return " ".join(frame.locator(".fleeting:not([hidden])").all_text_contents())


def test_without_storage_a_new_tab_is_a_new_player_and_says_so_before_the_round(
        web: Web, alice: BrowserContext) -> None:
    for traits in ("", SANDBOX):
        first, second = (frame_page(web, alice, "blog", traits) for _ in range(2))
        for page in (first, second):
            expect(page.frame_locator("iframe").locator("#start .fleeting")).to_contain_text(FORGETS)
        assert become_player(first) != become_player(second)


def test_it_says_so_before_the_first_click_however_slow_the_line(web: Web, alice: BrowserContext) -> None:
    alice.route("**/dist/wings-*", lambda route: None)  # what comes after the first picture never does
    page = frame_page(web, alice, "blog")
    expect(page.frame_locator("iframe").locator("#start .fleeting")).to_be_visible()
    expect(page.frame_locator("iframe").locator("#play")).to_have_accessible_description(re.compile(FORGETS))


def test_with_storage_of_its_own_a_new_tab_is_the_same_player_and_says_nothing(web: Web, visitors: Visitors) -> None:
    context = visitors(Kept.APART)
    first = frame_page(web, context, "blog")
    assert notice_of(first) == ""
    token = become_player(first)
    second = frame_page(web, context, "blog")
    assert notice_of(second) == ""
    assert game_of(second).evaluate("JSON.parse(localStorage.popshot).token") == token


def test_on_a_page_of_its_own_without_storage_the_same_is_said(web: Web, alice: BrowserContext) -> None:
    page = alice.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })")
    page.goto(f"{web.game_url}/c/boss")
    expect(page.locator("#start .fleeting")).to_contain_text(FORGETS)
    page.locator(PLAY).click()
    expect(page.locator("#hud-time")).to_be_visible()
    page.reload()
    expect(page.locator("#hud-time")).to_be_visible()  # the round goes on


def visit(tap: Wiretap, web: Web, context: BrowserContext, host: str) -> list[Exchange]:
    """A round is begun on a host's site, and seen once more from its start; what was said to the game meanwhile."""
    tap.take()
    page = frame_page(web, context, host)
    become_player(page)
    page.reload()
    notice_of(page)
    page.close()
    return [one for one in tap.take() if one.host.startswith("play.")]


def linking(web: Web, visitors: Visitors, tap: Wiretap, kept: Kept) -> set[str]:
    """What the game hears at the shop that it said or heard at the blog, and that is not the same for everybody."""
    context, stranger = visitors(kept, proxy=tap.proxy), visitors(kept, proxy=tap.proxy)
    at_the_blog, at_the_shop = (visit(tap, web, context, host) for host in ("blog", "shop"))
    everybody = [one for host in ("blog", "shop") for one in visit(tap, web, stranger, host)]
    assert at_the_blog
    assert at_the_shop
    known = set().union(*(one.words() for one in at_the_blog))
    heard = set().union(*(one.words_sent() for one in at_the_shop))
    return (known & heard) - set().union(*(one.words() for one in everybody))


def test_nothing_that_the_game_hears_links_two_sites(web: Web, visitors: Visitors, tap: Wiretap) -> None:
    for kept in (Kept.NOTHING, Kept.APART):
        assert linking(web, visitors, tap, kept) == set(), kept
    assert tap.cookies() == []


def test_the_rig_would_see_a_link(web: Web, visitors: Visitors, tap: Wiretap) -> None:
    """In a browser that shares storage between sites, as all did once, the token is the link."""
    assert linking(web, visitors, tap, Kept.ALL) != set()


def test_a_host_cannot_read_the_name_of_its_frame_unless_it_takes_the_frame_away(
        web: Web, alice: BrowserContext) -> None:
    """Why only listed sites may frame the game: docs/decisions/0029."""
    page = frame_page(web, alice, "blog")
    token = become_player(page)
    web.sites.add("blog", "/taken", "<!doctype html><title>taken</title>")
    asked = "() => { try { return frames[0].name } catch (error) { return error.name } }"
    assert page.evaluate(asked) == "SecurityError"
    assert page.evaluate("document.querySelector('iframe').name") == ""
    page.evaluate("(url) => { document.querySelector('iframe').src = url }", web.address("blog", "/taken"))
    page.wait_for_function("() => { try { return frames[0].document.title === 'taken' } catch { return false } }")
    assert token in page.evaluate(asked)


def test_no_site_that_opens_the_game_can_give_it_a_player(web: Web, alice: BrowserContext) -> None:
    """Else whoever opens it in a window of some name would own what is won there."""
    own = web.game.call("POST", "/api/v1/players", {}).body["token"]
    page = alice.new_page()
    web.sites.add(FOE, "/", "<!doctype html><title>foe</title>")
    page.goto(web.address(FOE))
    with alice.expect_page() as opened:
        page.evaluate("([url, name]) => { window.open(url, name); }", [f"{web.game_url}/c/boss", given_name(own)])
    game = opened.value
    assert game.evaluate("window.name") == given_name(own)
    with game.expect_response("**/boss/rounds"):
        game.locator(PLAY).click()
    assert game.evaluate("JSON.parse(localStorage.popshot).token") != own


def given_name(token: str) -> str:
    return f'popshot:{{"token":"{token}"}}'
