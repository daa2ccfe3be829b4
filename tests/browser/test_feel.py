"""What a round feels like: sounds from the first touch, less motion for those who ask, the score told aloud, badges."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Troubles
from tests.rig.chromium import draw_rarely
from tests.rig.hand import PLAY, Hand
from tests.rig.served import Served

SYNTHESISER = "/static/vendor/zzfx/ZzFX.js"
LISTEN = """() => {
  window.told = [];
  const spoken = document.getElementById('spoken');
  new MutationObserver(() => window.told.push(spoken.textContent)).observe(spoken, {childList: true});
}"""
MOVED_LAYERS = "() => [...document.querySelectorAll('.layer')].filter((layer) => layer.style.transform).length"


def test_sound_is_fetched_at_the_first_touch_and_silence_is_remembered(
        demo: Served, page: Page, troubles: Troubles) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#live")).to_be_visible()  # the last thing that loads by itself
    assert not [url for url in asked if SYNTHESISER in url]
    with page.expect_request_finished(lambda one: SYNTHESISER in one.url), \
            page.expect_request_finished(lambda one: "/sounds" in one.url):
        page.locator("#mute").click()
    page.reload()
    expect(page.locator("#mute")).to_have_attribute("aria-pressed", "true")
    assert troubles.but_left == []


def test_a_round_with_less_motion_ends_with_its_badge_and_is_told_aloud(
        demo: Served, browser: Browser, troubles: Troubles) -> None:
    with browser.new_context(viewport=PHONE, reduced_motion="reduce", locale="en-GB") as context:
        draw_rarely(context)
        page = context.new_page()
        troubles.watch(page)
        hand = Hand(page)
        page.goto(f"{demo.url}/c/boss")
        page.evaluate(LISTEN)
        page.locator(PLAY).click()
        outcome = hand.play()
        expect(page.locator("#result .total span")).to_have_text(f"{outcome['score']:,}")
        assert page.locator("#result .badges .on").count() == sum(outcome["score"] >= step for step in
                                                                  (1500, 4000, 10000, 20000))
        assert page.evaluate(MOVED_LAYERS) == 0
        told = page.evaluate("window.told")
    assert [text for text in told if text.endswith("points so far")][7:]  # at the end of each wave but the last
    assert told[-1].startswith(f"Your round is over: {outcome['score']:,} points.")
    assert troubles.seen == []
