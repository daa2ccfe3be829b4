"""Whole rounds in other people's pages, where a frame has no cookie and no storage, each with a reload and a claim."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from server.play.qr import qr_of
from tests.browser.conftest import Troubles
from tests.browser.embed.frames import SANDBOX, frame_page, game_of
from tests.browser.heard import COPIES, HAS_COME
from tests.rig.hand import PLAY, Hand
from tests.rig.hosts import Web
from tests.rig.wiretap import Wiretap

STORAGE = "() => { try { return String(localStorage.length); } catch (error) { return error.name; } }"


def play_a_round(page: Page) -> dict[str, object]:
    """With a reload of the frame in the middle; the outcome. The player is the same before and after."""
    frame, hand = page.frame_locator("iframe"), Hand(page)
    hand.frame = frame
    expect(frame.locator("#live")).to_be_visible()  # the socket is heard
    frame.locator(PLAY).click()
    hand.play(until_wave=3)
    known = game_of(page).evaluate("window.name")
    game_of(page).evaluate("() => { location.reload() }")
    outcome = hand.play()
    assert game_of(page).evaluate("JSON.parse(window.name.slice(8)).token") in known
    assert outcome["verdict"] == "accepted"
    assert outcome["awards"]
    return outcome


def code_of(outcome: dict[str, object]) -> str:
    awards = outcome["awards"]
    assert isinstance(awards, list)
    code: str = awards[0]["claim_code"]
    return code


def claim(page: Page, street: str) -> None:
    """What the claim page asks for, and that it hands the prize over; a street of its own is a household of its own."""
    expect(page.locator("#claim-prize")).to_be_visible()
    for field, text in (("name", f"Alice {street}"), ("address", f"1 {street}"), ("email", f"{street}@example.org")):
        if page.locator(f"#claim-{field}").is_visible():
            page.locator(f"#claim-{field}").fill(text)
    page.locator("#claim-send").click()
    expect(page.locator("#claimed")).to_be_visible()


def nothing_was_kept(context: BrowserContext, tap: Wiretap) -> None:
    assert context.cookies() == []
    assert tap.cookies() == []


@pytest.mark.parametrize("host", ["blog", "shop"])
def test_a_round_on_another_site_wins_and_is_claimed_on_the_top_level(
        web: Web, watched: BrowserContext, tap: Wiretap, troubles: Troubles, host: str) -> None:
    page = frame_page(web, watched, host)
    troubles.watch(page)
    assert game_of(page).evaluate(STORAGE) == "SecurityError"
    outcome = play_a_round(page)
    ticket = page.frame_locator("iframe").locator(".won").first
    with watched.expect_page() as opened:
        ticket.get_by_role("link").click()
    top = opened.value
    assert top.url == f"{web.game_url}/claim/{code_of(outcome)}"
    assert top.evaluate("[window.top === window, window.opener, window.name]") == [True, None, ""]
    claim(top, host)
    nothing_was_kept(watched, tap)
    assert tap.preflights() == []
    assert troubles.seen == []


def test_a_round_in_a_sandbox_asks_nothing_first_opens_nothing_and_shows_how_to_claim_elsewhere(
        web: Web, watched: BrowserContext, tap: Wiretap, troubles: Troubles) -> None:
    page = frame_page(web, watched, "town", SANDBOX)
    troubles.watch(page)
    assert game_of(page).evaluate("origin") == "null"
    assert game_of(page).evaluate(STORAGE) == "SecurityError"
    outcome = play_a_round(page)
    result = page.frame_locator("iframe").locator("#result")
    address = f"{web.game_url}/claim/{code_of(outcome)}"
    show_code(result)
    expect(result.locator(".keep-code img").first).to_have_attribute("src", qr_of(address))
    expect(result).to_contain_text(code_of(outcome))
    expect(result).to_contain_text(f"{web.game_url.removeprefix('http://')}/claim")
    assert result.locator("a, form").count() == 0
    assert watched.pages[-1] == page  # nothing was opened
    assert tap.preflights() == []
    nothing_was_kept(watched, tap)
    assert {one.headers.get("origin") for one in tap.heard if one.url.startswith("ws:")} == {"null"}
    assert troubles.seen == []
    page.goto(address)  # as a phone that has scanned it
    claim(page, "town")


def show_code(result: Locator) -> None:
    """Of one prize it shows by itself, of several when it is asked for."""
    keep = result.get_by_role("button", name="Keep my code").first
    expect(keep.or_(result.locator(".keep-code").first)).to_be_visible()
    if keep.is_visible():
        keep.click()


def test_the_rig_would_see_a_preflight_and_a_cookie(web: Web, watched: BrowserContext, tap: Wiretap) -> None:
    page = frame_page(web, watched, "town", SANDBOX)
    url = f"{web.game_url}/api/v1/players/me"
    game_of(page).evaluate("(url) => fetch(url, { headers: { Authorization: 'Bearer x' } })", url)
    assert tap.preflights() == [url]
    top = watched.new_page()
    top.goto(web.address("rival", "/frame"))
    top.reload()
    assert f"GET {web.address('rival', '/frame')}" in tap.cookies()


def test_over_plain_http_a_round_is_played_its_code_copied_and_its_prize_claimed(
        insecure_web: Web, alice: BrowserContext, troubles: Troubles) -> None:
    page = frame_page(insecure_web, alice, "shop")
    troubles.watch(page)
    missing = "[isSecureContext, crypto.subtle === undefined, navigator.clipboard === undefined]"
    assert game_of(page).evaluate(missing) == [False, True, True]
    play_a_round(page)
    ticket = page.frame_locator("iframe").locator(".won").first
    game_of(page).wait_for_function(HAS_COME, arg=COPIES)
    ticket.get_by_role("button", name="Copy").click()
    expect(ticket.get_by_role("button", name="Copied!")).to_be_visible()
    with alice.expect_page() as opened:
        ticket.get_by_role("link").click()
    claim(opened.value, "http")
    assert alice.cookies() == []
    assert troubles.seen == []
