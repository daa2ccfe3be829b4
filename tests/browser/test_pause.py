"""A pause costs the wave, once a round; wishes are remembered; a calm round is played on this device alone."""

from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.browser.conftest import Troubles
from tests.browser.heard import heard
from tests.rig.hand import PLAY, Hand
from tests.rig.served import Served


def test_escape_pauses_once_and_costs_one_wave(demo: Served, page: Page, troubles: Troubles) -> None:
    hand = Hand(page)
    page.goto(f"{demo.url}/c/boss")
    banner, left = heard(page, "#banner"), heard(page, "#pause-left")
    page.locator(PLAY).click()
    hand.play(until_wave=3)
    page.keyboard.press("Escape")
    card = page.get_by_role("dialog", name="Pause")
    expect(card).to_contain_text("This wave is lost")
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    page.keyboard.press("Enter")
    left("Next wave in")
    expect(card).to_be_hidden()
    banner("the price of the pause")

    hand.play(until_wave=6)
    expect(page.locator("#banner")).to_contain_text("Wave 6")  # the next one is seconds away: no name of a wave cuts in
    page.locator("#pause-button").click()
    banner("One pause a round")
    expect(card).to_be_hidden()
    outcome = hand.play()
    assert [answer.get("void", False) for answer in hand.answers].count(True) == 1
    assert outcome["verdict"] == "accepted"
    assert troubles.seen == []


def test_a_round_that_the_server_ends_early_says_why(demo: Served, page: Page) -> None:
    outcome = {"verdict": "accepted", "score": 350, "shots": 4, "hits": 3, "best_combo": 3, "awards": [],
               "kept_back": 0, "secret": "0" * 64, "replay_url": "http://localhost/r/x", "standing": None}
    page.route("**/waves", lambda route: route.fulfill(json={"outcome": outcome}))
    page.goto(f"{demo.url}/c/boss")
    page.locator(PLAY).click()
    expect(page.locator("#result")).to_contain_text("while you were away")


def test_who_leaves_in_a_pause_is_back_at_the_start(demo: Served, page: Page, troubles: Troubles) -> None:
    page.goto(f"{demo.url}/c/boss")
    page.locator(PLAY).click()
    page.locator("#pause-button").click()
    page.get_by_role("button", name="Settings").click()
    expect(page.locator("#settings")).to_be_visible()
    page.keyboard.press("Escape")  # closes the settings, not the pause
    expect(page.locator("#settings")).to_be_hidden()
    page.get_by_role("button", name="Leave").click()
    expect(page.locator("#play")).to_be_focused()
    assert troubles.seen == []


def test_a_held_escape_pauses_and_does_not_go_on(demo: Served, page: Page, troubles: Troubles) -> None:
    page.goto(f"{demo.url}/c/boss")
    page.locator(PLAY).click()
    expect(page.locator("#banner")).to_contain_text("Ready?")
    for _ in range(4):  # the second and later ones are repeats
        page.keyboard.down("Escape")
    page.keyboard.up("Escape")
    expect(page.locator("#pause-left")).to_contain_text("by itself")
    expect(page.get_by_role("button", name="Go on")).to_be_enabled()
    assert troubles.seen == []


def test_settings_that_come_late_do_not_cover_a_round(demo: Served, page: Page, troubles: Troubles) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/wings.css", hold)
    page.goto(f"{demo.url}/c/boss", wait_until="commit")  # its load may wait for what is held
    expect(page.locator("body")).to_have_attribute("data-drawn", "")
    page.locator("#settings-button").click()
    page.locator(PLAY).click()
    expect(page.locator("#banner")).to_contain_text("Ready?")
    with page.expect_response("**/standings**"):  # what is asked for once all has come
        held[0].continue_()
    expect(page.locator("#settings")).to_be_hidden()
    assert troubles.seen == []


PADS = """window.pads = [];
navigator.getGamepads = () => pads;
window.press = (n) => { pads = [{ axes: [0, 0], buttons: [] }]; pads[0].buttons[n] = { value: 1, pressed: true }; };"""


def test_a_pad_takes_a_wish_in_the_settings_and_starts_no_round_behind_them(demo: Served, page: Page) -> None:
    page.add_init_script(PADS)
    page.goto(f"{demo.url}/c/boss")
    page.wait_for_selector("[data-drawn]")
    page.evaluate("dispatchEvent(new Event('gamepadconnected'))")
    page.locator("#settings-button").click()
    page.get_by_role("radio", name="One button").focus()
    page.evaluate("press(0)")
    expect(page.get_by_role("radio", name="One button")).to_be_checked()
    expect(page.locator("#play")).to_be_enabled()
    expect(page.locator("#play")).to_have_text("Play")


def test_wishes_and_the_language_are_remembered(demo: Served, page: Page, troubles: Troubles) -> None:
    page.goto(f"{demo.url}/c/boss")
    page.locator("#settings-button").click()
    for wish in ("Less", "Dark", "One button"):
        page.get_by_role("radio", name=wish).check()
    page.get_by_label("Language").select_option("fr")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.goto(f"{demo.url}/c/boss")  # without ?lang=, by a browser that asks for English
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("html")).to_have_attribute("data-motion", "less")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    page.locator("#settings-button").click()
    expect(page.get_by_role("radio", name="À un bouton")).to_be_checked()
    page.goto(f"{demo.url}/c/boss?lang=en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert troubles.but_left == []


def test_a_calm_round_asks_the_server_for_nothing(demo: Served, page: Page, troubles: Troubles) -> None:
    asked: list[str] = []
    page.clock.install()
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#live")).to_be_visible()  # else a clock that jumps gives the socket up
    page.on("request", lambda request: asked.append(request.url) if "/rounds" in request.url else None)
    page.locator("#settings-button").click()
    page.get_by_role("button", name="Play calmly").click()
    expect(page.locator("#start")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Pause")).to_contain_text("all the time you like")
    page.clock.fast_forward("10:00")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#pause")).to_be_hidden()
    page.clock.fast_forward("01:40")
    expect(page.locator("#result")).to_contain_text("not ranked and wins nothing")
    assert asked == []
    with page.expect_request("**/boss/rounds"):
        page.get_by_role("button", name="Play for real").click()
    assert troubles.seen == []


TINY = """<!doctype html><title>Another page</title><body style="margin:0">
<iframe sandbox="allow-scripts" src="/e/boss" width="280" height="400" style="border:0" title="game"></iframe>"""


def test_too_small_a_frame_offers_more_room(demo: Served, browser: Browser, page: Page) -> None:
    small = browser.new_page(viewport=ViewportSize(width=300, height=420))
    small.goto(f"{demo.url}/c/boss")
    expect(small.get_by_role("button", name="Full screen")).to_be_visible()
    expect(small.locator("#play")).to_be_hidden()
    small.get_by_role("button", name="Play here anyway").click()
    expect(small.locator("#play")).to_be_visible()
    small.close()

    page.route("**/tiny.html", lambda route: route.fulfill(body=TINY, content_type="text/html"))
    page.goto(f"{demo.url}/tiny.html")
    inside = page.frame_locator("iframe")
    expect(inside.locator("#small-ways")).to_contain_text("localhost")
    assert inside.locator("#small-ways a").count() == 0
