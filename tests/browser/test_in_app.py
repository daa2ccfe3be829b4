"""The browsers inside apps: by their user agents, on what their bars leave of a screen, and without what they lack."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Troubles
from tests.browser.test_coming_back import AWARD, OUTCOME, come_back
from tests.rig.chromium import draw_rarely
from tests.rig.hand import Hand
from tests.rig.served import Served

AGENTS = json.loads((Path(__file__).parents[1] / "vectors" / "user_agents.json").read_text())
APPS = [(app, agent) for app, agents in AGENTS["apps"].items() for agent in agents[-1:]]  # Android's, where it has one
# An iPhone SE between an app's two bars; the smallest that any of them leaves.
BETWEEN_BARS = ViewportSize(width=375, height=520)
# All that any of them lacks, at once: storage, opening, copying, sharing, vibrating, full screen, gamepads, workers.
BARE = """
const lose = (object, name, get) => Object.defineProperty(object, name, {configurable: true, get});
const refuse = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };
for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) lose(window, name, refuse);
for (const name of ['clipboard', 'share', 'vibrate', 'serviceWorker', 'connection', 'wakeLock'])
  lose(Navigator.prototype, name, () => undefined);
lose(Navigator.prototype, 'getGamepads', () => refuse);
lose(Document.prototype, 'fullscreenEnabled', () => false);
lose(Element.prototype, 'requestFullscreen', () => undefined);
window.open = () => null;
window.heard = 0;
window.AudioContext = class { constructor() { heard += 1; throw new DOMException('none', 'NotSupportedError'); } };
"""


@pytest.fixture
def view(browser: Browser, troubles: Troubles, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A view inside an app; `request.param` is its user agent."""
    context = browser.new_context(viewport=BETWEEN_BARS, device_scale_factor=2, has_touch=True, is_mobile=True,
                                  locale="en-GB", user_agent=request.param)
    draw_rarely(context)
    page = context.new_page()
    troubles.watch(page)
    yield page
    context.close()


SOME = ["Instagram", "TikTok", "Facebook", "app"]
every_app = pytest.mark.parametrize("view", [agent for _, agent in APPS], ids=[app for app, _ in APPS], indirect=True)
some_apps = pytest.mark.parametrize("view", [AGENTS["apps"][app][0] for app in SOME], ids=SOME, indirect=True)
safari = pytest.mark.parametrize("view", [AGENTS["browsers"][0]], ids=["Safari"], indirect=True)


@every_app
def test_a_wave_is_played_with_all_that_any_app_lacks(demo: Served, view: Page, troubles: Troubles) -> None:
    view.add_init_script(BARE)
    hand = Hand(view, touch=True)
    view.goto(f"{demo.url}/c/boss")
    play = view.locator("#play")
    expect(play).to_be_in_viewport(ratio=1)
    assert view.evaluate("heard") == 0  # silent until a touch
    assert view.evaluate("document.documentElement.scrollWidth") <= BETWEEN_BARS["width"]
    play.tap()
    hand.play(until_wave=2)
    assert hand.thrown > 0
    expect(view.locator("body")).to_have_attribute("data-state", "playing")
    assert view.context.cookies() == []
    assert troubles.seen == []


@some_apps
def test_a_prize_won_inside_an_app_says_that_the_app_forgets(demo: Served, view: Page) -> None:
    come_back(view, demo, {**OUTCOME, "kept_back": 0, "awards": [AWARD]}, left="round")
    expect(view.locator("#result")).to_contain_text("You are inside an app")
    expect(view.locator("#result .coupon")).to_be_visible()
    view.wait_for_load_state("networkidle")
    assert view.locator("link[rel=manifest]").count() == 0  # nothing is kept there for later


@some_apps
def test_the_claim_page_inside_an_app_leads_out_of_it(demo: Served, view: Page, troubles: Troubles) -> None:
    view.add_init_script(BARE)
    view.goto(f"{demo.url}/claim")
    expect(view.locator("#claim-app")).to_contain_text("Open it in your own browser")
    view.locator("#claim-code").fill("7K3QF-9TZ2M")
    view.locator("#claim-app-copy").tap()
    address = f"{demo.url}/claim/7K3QF-9TZ2M"
    expect(view.locator("#claim-app-address")).to_have_text(address)
    assert view.evaluate("String(getSelection())").strip() == address  # what cannot be copied is selected
    assert troubles.seen == []


@safari
def test_a_browser_of_its_own_is_told_nothing_of_it(demo: Served, view: Page) -> None:
    come_back(view, demo, {**OUTCOME, "kept_back": 0, "awards": [AWARD]}, left="round")
    expect(view.locator("#result .coupon")).to_be_visible()
    expect(view.locator("link[rel=manifest]")).to_have_count(1)
    expect(view.locator("#result")).not_to_contain_text("inside an app")
    view.goto(f"{demo.url}/claim")
    expect(view.locator("#claim-send")).to_be_visible()
    expect(view.locator("#claim-app")).to_be_hidden()


@every_app
def test_the_page_keeps_its_token_over_a_reload_without_storage(demo: Served, view: Page) -> None:
    view.add_init_script(BARE)
    view.goto(f"{demo.url}/c/boss")
    view.locator("#mute").tap()
    view.reload()
    expect(view.locator("#mute")).to_have_attribute("aria-pressed", "true")  # `window.name` has kept the wish
