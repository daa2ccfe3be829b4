"""What a first visit costs: every byte that the campaign page needs before a round, as it comes over the wire."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Troubles
from tests.rig.served import Served

MOST_FIRST, MOST_WHOLE = 60_000, 90_000  # bytes as brotli packs them; the first load with its headers
LATER = ("/api/v1/", "/vendor/", "/wings", "/sounds", "/words.json")  # comes after the first frame: no round needs it


@dataclass
class Loaded:
    """One file over the wire: its bytes with headers, and those of the headers."""

    address: str
    coding: str = ""
    size: float = 0
    heading: float = 0


@dataclass
class Visit:
    """Every file that a page loads, as the browser counts it."""

    page: Page
    files: dict[str, Loaded] = field(default_factory=dict)

    def __post_init__(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._start)
        session.on("Network.responseReceived", self._answer)
        session.on("Network.loadingFinished", self._finish)

    def _start(self, event: dict[str, Any]) -> None:
        self.files[event["requestId"]] = Loaded(event["request"]["url"])

    def _answer(self, event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        came = self.files[event["requestId"]]
        came.coding, came.heading = headers.get("content-encoding", ""), event["response"]["encodedDataLength"]

    def _finish(self, event: dict[str, Any]) -> None:
        self.files[event["requestId"]].size = event["encodedDataLength"]

    def loaded(self) -> list[Loaded]:
        """All that came, the largest first."""
        came = [one for one in self.files.values() if one.size and one.address.startswith("http")]
        return sorted(came, key=lambda one: one.size, reverse=True)


    def first(self) -> list[Loaded]:
        """What the first round needs."""
        return [one for one in self.loaded() if not any(part in one.address for part in LATER)]


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "nl"])
def test_a_first_visit_loads_at_most_60_kb_and_nothing_from_elsewhere(
        demo: Served, page: Page, troubles: Troubles, language: str) -> None:
    visit = Visit(page)
    page.goto(f"{demo.url}/c/boss?lang={language}")
    expect(page.locator("#live")).to_be_visible()  # the last thing that loads: the game was drawn before
    with page.expect_response("**/vendor/zzfx/**"), page.expect_response("**/sounds*"):
        page.locator("#mute").click()  # a first touch brings the sounds
    page.wait_for_load_state("networkidle")
    loaded = visit.loaded()
    first = sum(one.size for one in visit.first())
    whole = sum(one.size - one.heading for one in loaded)
    listing = "\n".join(f"{one.size:7.0f}  {one.coding:4}  {urlsplit(one.address).path}" for one in loaded)
    print(f"{listing}\n{first:7.0f}  for the first round\n{whole:7.0f}  in all, without headers")  # noqa: T201
    assert first <= MOST_FIRST, listing
    assert whole <= MOST_WHOLE, listing
    assert {one.coding for one in loaded if one.size > 1_500} == {"br"}
    assert {urlsplit(one.address).netloc for one in loaded} == {f"localhost:{demo.port}"}
    assert troubles.seen == []


@pytest.mark.parametrize("theme", ["bakery", "arcade"])
def test_a_brand_whose_targets_wear_other_skins_is_as_light_but_for_headers(
        demo: Served, page: Page, theme: str) -> None:
    assert demo.popshot("campaign", "theme", "boss", theme).returncode == 0
    try:
        visit = Visit(page)
        page.goto(f"{demo.url}/c/boss")
        expect(page.locator("#live")).to_be_visible()
        assert any("/skins" in one.address for one in visit.first())
        assert sum(one.size - one.heading for one in visit.first()) <= MOST_FIRST
    finally:
        demo.popshot("campaign", "theme", "boss", "toys")
