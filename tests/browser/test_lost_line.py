"""Whole rounds where something is cut off: the line for twenty seconds, or storage, cookies and sockets for good."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from server.simulation.rules import WAVE_TICKS
from tests.browser.conftest import Troubles
from tests.browser.heard import heard
from tests.rig.chromium import draw_rarely, find_chromium, launch_flags
from tests.rig.hand import PLAY, Hand
from tests.rig.served import Served

PASS = "(ms) => new Promise((done) => setTimeout(done, ms))"
GAP_S = 20.0
INTO_WAVE_3 = 2 * WAVE_TICKS + 20  # the line is back 15.9 s after the shots were due, and the server waits 20 s
OF_THE_LINE = re.compile("ERR_INTERNET_DISCONNECTED")  # Chromium's own words, for each call that found no way


def lose_the_line(hand: Hand) -> None:
    """Be without a line for the gap, throwing darts until the wave stands still; the player is told."""
    context, began = hand.page.context, time.monotonic()
    context.set_offline(True)
    hand.play(until_tick=3 * WAVE_TICKS - 30)
    expect(hand.page.locator("#banner")).to_contain_text("The line is slow")
    hand.page.evaluate(PASS, (began + GAP_S - time.monotonic()) * 1000)
    context.set_offline(False)


def test_a_line_that_is_away_for_twenty_seconds_costs_one_wave(demo: Served, page: Page, troubles: Troubles) -> None:
    hand = Hand(page)
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#live")).to_be_visible()
    banner = heard(page, "#banner")
    page.locator(PLAY).click()
    hand.play(until_wave=3)
    hand.play(until_tick=INTO_WAVE_3)
    lose_the_line(hand)
    banner("does not count")
    outcome = hand.play()
    voids = [number for number, answer in enumerate(hand.answers) if answer.get("void")]
    assert voids == [3]  # the opening's answer is the first one, then one for each wave
    assert outcome["verdict"] == "accepted"
    assert outcome["awards"]
    expect(page.locator("#result")).to_contain_text(outcome["awards"][0]["claim_code"])
    assert [trouble for trouble in troubles.seen if not OF_THE_LINE.search(trouble)] == []


@pytest.fixture
def shut_in(browser: Browser, tmp_path: Path) -> Iterator[BrowserContext]:
    """A profile whose owner blocks cookies, and with them every kind of storage, where no socket gets through."""
    preferences = tmp_path / "Default" / "Preferences"
    preferences.parent.mkdir()
    preferences.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=find_chromium(), args=launch_flags, locale="en-GB",
        viewport=ViewportSize(width=1440, height=900))
    draw_rarely(context)
    context.route_web_socket("**", lambda socket: socket.close())
    yield context
    context.close()


BLOCKED = """() => ['localStorage', 'sessionStorage'].map((name) => {
  try { window[name].getItem('x'); return 'here'; } catch { return 'blocked'; }
})"""


def test_without_storage_cookies_and_sockets_a_round_is_played_and_won(
        demo: Served, shut_in: BrowserContext, troubles: Troubles) -> None:
    page = shut_in.new_page()
    troubles.watch(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("/api/v1")[2]))
    hand = Hand(page)
    page.goto(f"{demo.url}/c/boss")
    assert page.evaluate(BLOCKED) == ["blocked", "blocked"]
    page.locator(PLAY).click()
    outcome = hand.play()
    assert outcome["verdict"] == "accepted"
    expect(page.locator("#result")).to_contain_text(outcome["awards"][0]["claim_code"])
    expect(page.locator("#live")).to_be_hidden()
    expect(page.locator("#places .me")).to_contain_text(f"{outcome['score']:,}")
    assert [path for path in asked if path.startswith("/campaigns/boss")][-2:] == [
        "/campaigns/boss/standings?limit=20", "/campaigns/boss"]  # after the round, by HTTP
    assert shut_in.cookies() == []
    assert troubles.seen == []
