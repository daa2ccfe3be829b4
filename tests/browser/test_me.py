"""What is mine: seen, taken along, moved to another device, erased; and empty pages that say what to do."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE
from tests.rig.chromium import draw_rarely
from tests.rig.served import Served

CODE = "7K3QF-9TZ2M-WX4NB-H8D1C"
AT = "2026-11-22T10:00:00.000Z"
ROUND: dict[str, Any] = {"campaign": "boss", "campaign_title": "Hit the boss!", "state": "closed", "opened_at": AT,
                         "score": 4200, "shots": 90, "hits": 51}
AWARD: dict[str, Any] = {"round_id": "r1", "claim_before": "2026-12-09T10:00:00.000Z"}
MINE: dict[str, Any] = {
    "player": {"id": "p", "alias": "Sunny Otter 482", "created_at": AT}, "standings": [], "reports": [],
    "rounds": [{**ROUND, "id": f"r{number}", "verdict": verdict}
               for number, verdict in enumerate(["accepted"] * 9 + ["held", "rejected"])],
    "awards": [{**AWARD, "id": "a1", "state": "open", "prize": {"name": "Foam darts"}, "claim_code": CODE},
               {**AWARD, "id": "a2", "state": "kept_back", "prize": {"name": "The Mighty Blaster"}}],
    "comments": [{"text": "Call me!", "state": "refused", "reason": "contact", "posted_at": AT, "campaign_title": "B",
                  "rulings": [{"by": "person", "at": AT}]}],
}  # fmt: skip


@pytest.fixture
def known(demo: Served, page: Page) -> dict[str, Any]:
    """The page's browser holds a player's token; {"player", "token"}."""
    return remember(demo, page)


def remember(demo: Served, page: Page) -> dict[str, Any]:
    joined = demo.call("POST", "/api/v1/players", {}).body
    keep_token(page, joined["token"], alias=joined["player"]["alias"])
    return joined


def keep_token(page: Page, token: str, **more: str) -> None:
    """Let the page's browser hold a player's token, and what else it remembers, from its first visit on."""
    kept = json.dumps({"token": token, **more})
    page.add_init_script(f"localStorage.getItem('popshot') ?? localStorage.setItem('popshot', '{kept}')")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Another device."""
    context: BrowserContext = browser.new_context(viewport=PHONE, locale="en-GB")
    draw_rarely(context)
    yield context.new_page()
    context.close()


def test_rounds_prizes_and_comments_are_told_in_plain_words(demo: Served, page: Page, known: dict[str, Any]) -> None:
    page.route("**/players/me", lambda route: route.fulfill(json=MINE))
    page.goto(f"{demo.url}/me")
    expect(page.locator("h1")).to_have_text("Sunny Otter 482")
    expect(page.locator(".award").first).to_contain_text(CODE)
    assert page.get_by_role("link", name="Claim my prize").get_attribute("href") == f"/claim/{CODE}"
    expect(page.locator(".awards")).to_contain_text("until a person has watched your round")
    expect(page.locator(".rounds li").first).to_contain_text("Does not count")
    expect(page.locator(".said-list")).to_contain_text("It seems to hold contact details.")
    expect(page.locator(".rounds li")).to_have_count(8)
    page.get_by_role("button", name="Older rounds").click()
    expect(page.locator(".rounds li")).to_have_count(11)
    assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")


def test_who_has_not_played_yet_is_told_what_to_do(demo: Served, page: Page) -> None:
    page.goto(f"{demo.url}/me")
    expect(page.locator("h1")).to_have_text("Nobody here yet")
    assert page.get_by_role("link", name="Play a round").get_attribute("href") == "/"


def test_a_player_without_a_round_is_told_how_to_get_one(demo: Served, page: Page, known: dict[str, Any]) -> None:
    page.goto(f"{demo.url}/me")
    expect(page.locator("h1")).to_have_text(known["player"]["alias"])
    for sentence in ("No prize yet", "No round yet", "You have not said a word yet"):
        expect(page.locator("#me")).to_contain_text(sentence)


def test_all_that_is_kept_can_be_taken_along(demo: Served, page: Page, known: dict[str, Any], tmp_path: Path) -> None:
    page.goto(f"{demo.url}/me")
    with page.expect_download() as download:
        page.get_by_role("button", name="Take it with me").click()
    assert download.value.suggested_filename == "popshot-my-data.json"
    download.value.save_as(tmp_path / "mine.json")
    assert json.loads((tmp_path / "mine.json").read_text())["player"]["id"] == known["player"]["id"]
    page.get_by_text("See everything").click()
    expect(page.locator("pre")).to_contain_text(known["player"]["id"])


def test_erasing_asks_for_a_word_and_then_the_page_forgets_its_key(demo: Served, page: Page,
                                                                   known: dict[str, Any]) -> None:
    page.goto(f"{demo.url}/me")
    page.get_by_role("button", name="Erase me…").click()
    page.get_by_role("button", name="Erase me for good").click()
    expect(page.get_by_role("alert")).to_have_text("Please type ERASE, or keep everything.")
    assert demo.call("GET", "/api/v1/players/me", token=known["token"]).status == 200
    page.get_by_label("Type ERASE to go on").fill("erase")
    page.get_by_role("button", name="Erase me for good").click()
    expect(page.locator("h1")).to_have_text("All gone")
    assert demo.call("GET", "/api/v1/players/me", token=known["token"]).status == 401
    assert "token" not in json.loads(page.evaluate("localStorage.getItem('popshot')"))


def test_a_player_moves_to_another_device_that_had_one_of_its_own(demo: Served, page: Page, known: dict[str, Any],
                                                                  phone: Page) -> None:
    own, alias = remember(demo, phone), known["player"]["alias"]
    page.goto(f"{demo.url}/me")
    page.get_by_role("button", name="Show the code").click()
    expect(page.get_by_alt_text("QR code of the address")).to_be_visible()
    phone.goto(page.locator(".address").inner_text())
    expect(phone.locator("h1")).to_have_text(f"Take over as {alias}?")
    expect(phone.locator("#me")).to_contain_text(f"This browser plays as {own['player']['alias']} now.")
    assert "#" not in phone.url
    phone.get_by_role("button", name="Take over").click()
    expect(phone.locator(".who h1")).to_have_text(alias)
    expect(page.locator("h1")).to_have_text("Moved to another device")  # by itself, it keeps asking
    expect(page.locator("#me")).to_contain_text(alias)


def test_a_code_that_was_used_says_so(demo: Served, page: Page, known: dict[str, Any]) -> None:
    address = demo.call("POST", "/api/v1/players/me/moves", {}, known["token"]).body["address"]
    code = address.partition("#move=")[2]
    assert demo.call("POST", "/api/v1/moves", {"code": code}).status == 200
    page.goto(address)
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_role("alert")).to_contain_text("it was used already")


def test_a_token_that_nobody_knows_ends_in_a_way_on(demo: Served, page: Page) -> None:
    page.add_init_script("localStorage.setItem('popshot', '{\"token\": \"x\", \"alias\": \"Old Otter 1\"}')")
    page.goto(f"{demo.url}/me")
    expect(page.locator("h1")).to_have_text("We have lost touch")
    expect(page.get_by_role("link", name="Play a round")).to_be_visible()
