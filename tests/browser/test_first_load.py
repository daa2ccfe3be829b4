"""What a first visit costs: every byte that the campaign page needs before a round, as it comes over the wire."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Troubles
from tests.rig.served import Served
from tests.rig.visit import Visit

MOST_FIRST, MOST_WHOLE = 60_000, 90_000  # bytes as brotli packs them; the first load with its headers


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "nl"])
def test_a_first_visit_loads_at_most_60_kb_and_nothing_from_elsewhere(
        demo: Served, page: Page, troubles: Troubles, language: str) -> None:
    visit = Visit(page)
    page.goto(f"{demo.url}/c/boss?lang={language}")
    visit.touch()
    loaded, first, whole = visit.loaded(), visit.first_bytes(), visit.whole_bytes()
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
