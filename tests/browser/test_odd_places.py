"""The same round where things are missing: storage, cookies, an own origin, a pointer, motion."""

import time

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Troubles
from tests.rig.chromium import draw_rarely
from tests.rig.hand import PATIENCE_S, PLAY, Hand
from tests.rig.served import Served

HOST = """<!doctype html><title>Another page</title><body style="margin:0">
<iframe sandbox="allow-scripts" src="/e/boss" width="390" height="780" style="border:0" title="game"></iframe>"""


def test_a_round_in_a_sandboxed_frame_survives_a_reload_without_storage(
        demo: Served, page: Page, troubles: Troubles) -> None:
    page.route("**/host.html", lambda route: route.fulfill(body=HOST, content_type="text/html"))
    page.goto(f"{demo.url}/host.html")
    frame, hand = page.frame_locator("iframe"), Hand(page)
    hand.frame = frame
    inside = page.frames[1]
    assert inside.evaluate("origin") == "null"
    assert inside.evaluate("() => { try { localStorage; return 'here' } catch { return 'blocked' } }") == "blocked"

    frame.locator(PLAY).click()
    hand.play(until_wave=3)
    thrown = hand.thrown
    inside.evaluate("() => { location.reload() }")
    outcome = hand.play()

    assert outcome["shots"] >= thrown - 4 > 0  # the wave that the reload interrupted may be lost, no earlier one
    assert outcome["verdict"] == "accepted"
    result = frame.locator("#result")
    expect(result).to_contain_text(outcome["awards"][0]["claim_code"])
    assert result.locator("a[target=_blank], a[target=_top], form").count() == 0  # nothing could be opened from here
    assert troubles.seen == []


def test_a_round_by_keyboard_alone_with_reduced_motion(demo: Served, browser: Browser, troubles: Troubles) -> None:
    context = browser.new_context(viewport=ViewportSize(width=1440, height=900), reduced_motion="reduce", locale="fr")
    draw_rarely(context)
    page = context.new_page()
    troubles.watch(page)
    hand = Hand(page)
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    while not page.locator("#play").evaluate("(button) => button === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    aim_at_the_boss(page)
    latest = time.monotonic() + PATIENCE_S
    while not hand.answers or "outcome" not in hand.answers[-1]:
        hand.wait(latest)
        page.keyboard.press("Space")
    outcome = hand.answers[-1]["outcome"]
    assert outcome["shots"] > 20
    assert outcome["hits"] > 0
    expect(page.locator("#result")).to_be_visible()
    expect(page.locator("#result")).to_be_focused()
    assert troubles.seen == []
    context.close()


# By the game's own time, which counts 100 ms a picture at most.
HOLD = """(ms) => new Promise((done) => {
  let last = performance.now(), held = 0;
  const look = (now) => {
    held += Math.min(now - last, 100);
    last = now;
    if (held >= ms) done(); else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def aim_at_the_boss(page: Page) -> None:
    """Hold the arrow up until the sight is at the top of the world, then let it down to the boss's face."""
    expect(page.locator("#start")).to_be_hidden()
    for key, milliseconds in (("ArrowUp", 1500), ("ArrowDown", 380)):
        page.keyboard.down(key)
        page.evaluate(HOLD, milliseconds)
        page.keyboard.up(key)
