"""Bringing friends in a real browser: the link in the result, what a friend's page tells, and the round it earns."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Troubles
from tests.rig.app import add_campaign, fresh_app
from tests.rig.bot import GOOD
from tests.rig.clock import FakeClock
from tests.rig.databases import opened
from tests.rig.hand import PLAY
from tests.rig.play import Play, Player
from tests.rig.served import Served

SLUG = "friends"


@dataclass
class Stage:
    """A campaign that gives rounds for friends, in the demo's books; Alice has played there, at home."""

    app: Flask
    clock: FakeClock
    round: Play

    def befriend(self, link: str, number: int) -> None:
        """Somebody at another address follows a link and plays."""
        friend = Player(self.app, self.clock, address=f"198.51.{number}.7")
        friend.play(number, GOOD, slug=SLUG, enough=500, came=link)


@pytest.fixture(scope="module")
def stage(demo: Served) -> Iterator[Stage]:
    clock = FakeClock(datetime.now(UTC))
    with opened(demo.database_url) as database:
        add_campaign(database, SLUG, rounds_per_day=2, friend_rounds=3, opens_at=clock(),
                     titles={"en": "Friends", "fr": "Amis"})
        app = fresh_app(database, clock)
        alice = Player(app, clock, address="203.0.113.7")
        played = alice.play(1, GOOD, slug=SLUG, enough=2_500)
        clock.advance(seconds=1)
        yield Stage(app, clock, played)


def as_alice(page: Page, stage: Stage, **left: str) -> None:
    kept = json.dumps({"token": stage.round.player.token, **left})
    page.add_init_script(f"localStorage.getItem('popshot') ?? localStorage.setItem('popshot', '{kept}')")


def test_the_result_offers_a_link_and_its_round_is_told_on_the_next_visit(
        demo: Served, page: Page, browser: Browser, stage: Stage, troubles: Troubles) -> None:
    as_alice(page, stage, round=stage.round.id)
    page.goto(f"{demo.url}/c/{SLUG}")
    box = page.locator("#result .friends")
    expect(box).to_contain_text("Bring a friend, play once more")
    box.get_by_role("button", name="Share").click()
    address = page.locator(".sharing-address .field").input_value()
    assert address.startswith(f"http://localhost:{demo.port}/c/{SLUG}?friend=")
    assert stage.round.player.id not in address
    stage.befriend("?" + address.partition("?")[2], 3)
    fresh = browser.new_context(viewport=PHONE, locale="en").new_page()
    as_alice(fresh, stage)
    fresh.goto(f"{demo.url}/c/{SLUG}")
    expect(fresh.locator("#start .bonus")).to_contain_text("Bonus rounds waiting for you: 1")
    fresh.context.close()
    assert troubles.seen == []


@pytest.mark.parametrize("path", [f"/c/{SLUG}", f"/e/{SLUG}"])
def test_opening_a_round_tells_the_page_s_query_and_no_more_of_the_page_before_than_its_host(
        demo: Served, page: Page, stage: Stage, path: str) -> None:
    page.goto(f"{demo.url}{path}?utm_source=letter&friend={'a' * 32}", referer="https://www.facebook.com/groups/secret")
    with page.expect_request(lambda request: request.url.endswith("/rounds")) as opening:
        page.locator(PLAY).click()
    assert opening.value.post_data_json == {"source": {
        "query": f"?utm_source=letter&friend={'a' * 32}", "referrer": "www.facebook.com", "framed": False}}


def test_a_campaign_without_it_fetches_nothing_for_it(demo: Served, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#live")).to_be_visible()
    assert not any("friends" in url for url in asked)
