"""A campaign on a device: once somebody has played, it can be practised offline, and what is kept names nobody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_coming_back import OUTCOME, come_back
from tests.rig.served import Served, served_demo

WORKER = "async () => (await navigator.serviceWorker.getRegistrations()).map((one) => [one.scope, one.active?.state])"
KEPT = """async () => { const kept = []; for (const name of await caches.keys())
  for (const request of await (await caches.open(name)).keys()) kept.push([name.split(' ').slice(0, -1).join(' '),
    new URL(request.url).pathname, [...request.headers].filter(([key]) => key === 'authorization').length]);
  return kept; }"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo of its own, which is stopped and started again."""
    with served_demo(tmp_path_factory.mktemp("installed")) as served:
        yield served


def play_once(page: Page, served: Served) -> None:
    come_back(page, served, {**OUTCOME, "kept_back": 0}, left="round")
    expect(page.locator("#result")).to_be_visible()
    page.wait_for_function("() => navigator.serviceWorker.ready.then((one) => one.active?.state === 'activated')")


def test_before_the_first_round_nothing_is_kept_on_a_device(installed: Served, page: Page) -> None:
    page.goto(f"{installed.url}/c/boss")
    expect(page.locator("#live")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(WORKER) == []
    assert page.locator("link[rel=manifest]").count() == 0


def test_who_has_played_practises_offline_and_comes_back(
        installed: Served, page: Page, context: BrowserContext) -> None:
    play_once(page, installed)
    assert page.evaluate(WORKER) == [[f"{installed.url}/c/boss", "activated"]]
    assert page.evaluate(KEPT) == [["practice /c/boss", "/c/boss/practice", 0]]  # one file, and no answer of the API
    context.set_offline(True)
    page.reload()
    expect(page.locator("#start")).to_contain_text("You are offline")
    expect(page.locator("#way")).to_be_hidden()
    page.locator("#play").click()
    expect(page.locator("body")).to_have_attribute("data-state", "playing")
    page.mouse.click(195, 250)
    context.set_offline(False)
    page.reload()
    expect(page.locator("#prizes")).to_be_attached()  # the real page: practice has no prizes
    assert context.cookies() == []


def test_a_page_that_is_back_says_so_and_leads_there(installed: Served, page: Page, context: BrowserContext) -> None:
    play_once(page, installed)
    context.set_offline(True)
    page.goto(f"{installed.url}/c/boss?lang=en")
    expect(page.locator("#start")).to_contain_text("You are offline")
    context.set_offline(False)
    page.locator("#way").click()
    expect(page.locator("#prizes")).to_be_attached()


@pytest.mark.parametrize("path", ["/claim", "/me", "/r/none", "/c/boss/draw", "/"])
def test_no_other_page_is_answered_by_the_worker(
        installed: Served, page: Page, context: BrowserContext, path: str) -> None:
    play_once(page, installed)
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(installed.url + path)


def test_what_was_kept_is_gone_at_the_next_visit_once_the_operator_takes_it_back(
        installed: Served, page: Page) -> None:
    play_once(page, installed)
    installed.kill()
    installed.settings["POPSHOT_SERVER_OFFLINE_PRACTICE"] = "off"
    installed.start()
    try:
        page.goto(f"{installed.url}/c/boss?lang=en")
        page.wait_for_function("() => navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
        page.wait_for_function(f"() => ({KEPT})().then((kept) => kept.length === 0)")
    finally:
        installed.kill()
        del installed.settings["POPSHOT_SERVER_OFFLINE_PRACTICE"]
        installed.start()
