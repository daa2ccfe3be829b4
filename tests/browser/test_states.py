"""Why there is no round now: each state says so at once, offers what can be done, and ends by itself."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import PHONE
from tests.browser.heard import heard
from tests.rig.hand import PLAY
from tests.rig.served import Served

ADDRESS = re.compile(r"/c/boss$")
PLACES = [{"rank": rank, "alias": alias, "score": score, "round_id": alias, "provisional": False}
          for rank, alias, score in ((1, "Velvet Fox 731", 22_510), (2, "Sunny Otter 482", 18_240),
                                     (3, "Tiny Gecko 1", 9), (4, "Wild Lynx 4", 8))]  # fmt: skip


def told(**ahead: float) -> str:
    """A moment from now on, as the wire writes it."""
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shut(demo: Served, page: Page, state: str, **more: str) -> None:
    """Open the demo's page as if the campaign were in a state; every call still finds it open."""
    def change(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace('"state": "open"', f'"state": "{state}"')
        for name, value in more.items():
            body = re.sub(f'"{name}": "[^"]*"', f'"{name}": "{value}"', body)
        route.fulfill(response=response, body=body)

    page.route(ADDRESS, change)
    page.goto(f"{demo.url}/c/boss")


def refuse(demo: Served, page: Page, status: int, code: str, wait: int | None = None) -> Callable[[str], None]:
    """Press Play, and be refused; what is given waits until the card has said some words."""
    headers = {} if wait is None else {"Retry-After": str(wait)}
    page.route("**/boss/rounds", lambda route: route.fulfill(status=status, headers=headers, json={"code": code}))
    page.goto(f"{demo.url}/c/boss")
    problem = heard(page, "#problem")
    page.locator(PLAY).press("Enter")
    return problem


def assert_start(page: Page) -> None:
    expect(page.locator("#play")).to_be_visible()
    expect(page.locator("#problem")).to_be_hidden()


@pytest.mark.parametrize(("state", "sentence"), [("not_open", "Not yet!"), ("paused", "A short break"),
                                             ("closed", "The office is closed")])
def test_a_campaign_that_is_not_open_says_so_and_offers_no_play_button(
        demo: Served, page: Page, state: str, sentence: str) -> None:
    shut(demo, page, state, opens_at=told(days=2))
    expect(page.locator("#problem h1")).to_have_text(sentence)
    expect(page.locator("#play")).to_be_hidden()


def test_what_opens_soon_counts_down_and_becomes_the_start_by_itself(demo: Served, page: Page) -> None:
    shut(demo, page, "not_open", opens_at=told(seconds=4))
    assert_start(page)


def test_the_countdown_goes_by_the_server_s_clock(demo: Served, page: Page) -> None:
    page.add_init_script("const now = Date.now; Date.now = () => now() + 5 * 86_400_000")
    shut(demo, page, "not_open", opens_at=told(days=2, hours=1))
    expect(page.locator("#problem .countdown")).to_contain_text("2 days")


def test_what_is_paused_comes_back_by_itself(demo: Served, page: Page) -> None:
    shut(demo, page, "paused")
    expect(page.locator("#problem")).to_contain_text("goes on by itself")
    page.evaluate("dispatchEvent(new Event('online'))")
    assert_start(page)


def test_a_pause_that_ends_with_the_campaign_shows_the_winners(demo: Served, page: Page) -> None:
    page.route("**/api/v1/campaigns/boss", lambda route: route.fulfill(
        json={**route.fetch().json(), "state": "closed"}))
    shut(demo, page, "paused")
    page.get_by_role("button", name="Look again").click()
    expect(page.locator("#problem h1")).to_have_text("The office is closed")


def test_what_is_over_shows_its_winners_and_the_way_to_one_s_prizes(demo: Served, page: Page) -> None:
    page.route("**/standings*", lambda route: route.fulfill(json={"top": PLACES, "me": None, "players": 4}))
    shut(demo, page, "closed")
    expect(page.locator(".podium li")).to_have_text(
        ["Velvet Fox 73122,510 points1", "Sunny Otter 48218,240 points2", "Tiny Gecko 19 points3"])
    expect(page.locator("#places li")).to_have_count(4)
    assert page.locator("#problem").get_by_role("link", name="My prizes").get_attribute("href") == "/me"


def test_who_comes_when_every_prize_is_gone_is_told_before_playing(demo: Served, page: Page) -> None:
    def empty(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=re.sub(r'"left": \d+', '"left": 0', response.text()))

    page.route(ADDRESS, empty)
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#teaser")).to_have_text("Every ladder prize is gone: you play for the standings.")
    expect(page.locator("#play")).to_be_visible()


def test_who_has_no_rounds_left_is_told_before_a_click_and_let_in_when_there_are_new_ones(
        demo: Served, page: Page) -> None:
    token = demo.call("POST", "/api/v1/players", {}).body["token"]
    lefts = iter([0])
    page.add_init_script(f"localStorage.setItem('popshot', JSON.stringify({{token: '{token}'}}))")
    page.route("**/api/v1/campaigns/boss", lambda route: route.fulfill(
        json={**route.fetch().json(), "rounds_left": next(lefts, 3), "next_rounds_at": told(seconds=6)}))
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#problem h1")).to_have_text("That was all for now")
    assert_start(page)


def test_who_is_refused_for_lack_of_rounds_waits_as_long_as_the_server_says(demo: Served, page: Page) -> None:
    problem = refuse(demo, page, 429, "no_rounds_left", wait=2)
    problem("That was all for now")
    assert_start(page)


def test_a_refused_start_leaves_the_keyboard_on_the_way_on(demo: Served, page: Page) -> None:
    refuse(demo, page, 429, "slow_down", wait=7)
    expect(page.locator("#problem")).to_contain_text("in 7 seconds")
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


def test_a_fault_of_ours_says_so_and_lets_one_try_again(demo: Served, page: Page) -> None:
    refuse(demo, page, 500, "internal")
    expect(page.locator("#problem h1")).to_have_text("The boss tripped over a cable")
    page.unroute("**/boss/rounds")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#hud-time")).to_be_visible()


def test_a_lost_line_brings_the_start_back_with_the_line_and_spends_no_round(demo: Served, page: Page) -> None:
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#live")).to_be_visible()  # all scripts have come
    page.context.set_offline(True)
    page.locator(PLAY).press("Enter")
    expect(page.locator("#problem h1")).to_have_text("No connection")
    page.context.set_offline(False)
    assert_start(page)
    expect(page.locator("#play")).to_be_focused()


def test_who_has_to_wait_can_practise_meanwhile_without_a_call(demo: Served, page: Page) -> None:
    rounds: list[str] = []
    page.on("request", lambda request: rounds.append(request.url) if request.url.endswith("/rounds") else None)
    shut(demo, page, "paused")
    page.get_by_role("button", name="Practise meanwhile").click()
    expect(page.locator("#hud-time")).to_be_visible()
    expect(page.locator("#problem")).to_be_hidden()
    assert rounds == []


def test_who_presses_play_before_all_is_drawn_plays_once_it_is(demo: Served, page: Page) -> None:
    page.add_init_script("""const { decode } = HTMLImageElement.prototype;
      HTMLImageElement.prototype.decode = function () { window.awaited = true;
        return new Promise((done) => { window.go = done; }).then(() => decode.call(this)); };""")
    page.goto(f"{demo.url}/c/boss")
    page.wait_for_function("() => window.awaited")
    page.locator("#play").click()
    expect(page.locator("body")).to_have_attribute("data-state", "start")
    page.evaluate("() => { go(); }")
    expect(page.locator("body")).to_have_attribute("data-state", "playing")


def test_without_scripts_the_page_says_in_words_what_it_is_and_what_can_be_won(demo: Served, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="fr")
    page = context.new_page()
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#start h1:visible")).to_have_text("Le patron a besoin de JavaScript")
    expect(page.locator("#start .gains")).to_contain_text("Dès 1\u202f500 points")
    expect(page.locator(".cast")).to_be_visible()
    for needs_script in ("#play", "#mute", "#comment"):
        expect(page.locator(needs_script)).to_be_hidden()
    context.close()


def test_an_old_browser_is_told_where_to_go_instead_of_getting_a_dead_button(demo: Served, page: Page) -> None:
    page.add_init_script("delete window.structuredClone")
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#old")).to_contain_text("This browser is a little old")
    expect(page.locator("#old .code")).to_have_text(re.compile(r"^localhost:\d+/c/boss$"))
    expect(page.locator("#play")).to_be_hidden()
    expect(page.locator("body[data-drawn]")).to_have_count(0)


def test_a_refused_comment_gets_its_reason_in_the_reader_s_words(demo: Served, page: Page) -> None:
    refusal = {"code": "comment_refused", "detail": "English only.", "reason": "repeat"}
    page.route("**/boss/comments", lambda route: route.fulfill(status=422, json=refusal)
               if route.request.method == "POST" else route.fallback())
    page.goto(f"{demo.url}/c/boss?lang=fr")
    page.locator("#comment").fill("Encore !")
    page.locator("#comment-send").click()
    expect(page.locator("#comment-note")).to_contain_text("Vous veniez de dire la même chose.")


def test_play_pressed_before_all_is_here_and_without_a_line_waits_on_the_start_card(demo: Served, page: Page) -> None:
    for lost in ("**/wings.css", "**/words.json*", "**/api/v1/**"):
        page.route(lost, lambda route: route.abort())
    page.goto(f"{demo.url}/c/boss")
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/players")):
        page.locator(PLAY).click()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator("#start")).to_be_visible()
    page.unroute("**/wings.css")
    page.unroute("**/words.json*")
    expect(page.locator("#problem")).to_be_visible()
