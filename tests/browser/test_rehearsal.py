"""A draft in test mode, by its link alone: a round, its result, the claim, the replay and what is mine."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Troubles
from tests.rehearsal.scene import add_draft
from tests.rig.databases import opened
from tests.rig.hand import PLAY, Hand
from tests.rig.served import Served

RIBBON = "Test: nothing here can be claimed for real"


@pytest.fixture
def link(demo: Served) -> Iterator[str]:
    """The link that `popshot` prints for a draft in the demo's books."""
    with opened(demo.database_url) as database:
        slug = add_draft(database, "spring")
    started = demo.popshot("campaign", "test", "start", slug)
    assert started.returncode == 0, started.stderr
    assert demo.popshot("campaign", "test", "show", slug).stdout == started.stdout
    yield started.stdout.strip()
    assert demo.popshot("campaign", "test", "stop", slug).returncode == 0
    assert not list((demo.folder / "data" / "rehearsals").iterdir())


def sees_ribbon(page: Page) -> None:
    page.wait_for_load_state()
    expect(page.locator(".ribbon")).to_be_in_viewport()
    expect(page.locator(".ribbon")).to_have_text(RIBBON)


def test_a_test_link_is_played_to_the_claim_without_leaving_its_world(
        demo: Served, page: Page, link: str, troubles: Troubles) -> None:
    assert re.fullmatch(rf"{demo.url}/rehearsal/[0-9a-f]{{32}}/c/spring", link)
    root, asked = link.removesuffix("/c/spring"), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    hand = Hand(page)
    page.goto(link)
    sees_ribbon(page)
    page.locator(PLAY).click()
    outcome = hand.play()
    award = outcome["awards"][0]
    expect(page.locator("#result")).to_contain_text(award["claim_code"])
    sees_ribbon(page)

    page.locator("#result a", has_text="Claim").click()
    sees_ribbon(page)
    page.get_by_label("name").fill("Alice")
    page.get_by_label("address").fill("1 rue du Tir")
    page.get_by_label("e-mail").fill("alice@home.example")
    page.locator("#claim-send").click()
    expect(page.locator("#claimed")).to_contain_text(award["prize"]["name"])
    page.locator("#claimed a", has_text="My rounds").click()
    sees_ribbon(page)
    expect(page.locator("#me")).to_contain_text(award["prize"]["name"])
    page.locator(f"#me a[href$='/r/{hand.answers[0]['round']['id']}']").first.click()
    sees_ribbon(page)
    expect(page.locator("#replay-verdict")).to_be_visible()

    page.wait_for_load_state("networkidle")  # what is left in mid-call would be an error
    outside = [one for one in asked if not one.startswith((f"{root}/", "data:", "blob:"))]
    assert {urlsplit(one).path.split("/")[1] for one in outside} <= {"static", "pictures"}

    page.goto(f"{demo.url}/me")  # in the live world she is nobody
    expect(page.locator("#me a.button")).to_have_attribute("href", "/")
    assert troubles.but_left == []
