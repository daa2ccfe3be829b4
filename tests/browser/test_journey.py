"""From an empty installation to a live campaign of one's own, as somebody new does it; then a prize is served."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from server.app import create_app
from server.keys import load_keys
from tests.browser.conftest import Troubles
from tests.rig.app import calm_config
from tests.rig.bot import GOOD
from tests.rig.clock import FakeClock
from tests.rig.databases import opened
from tests.rig.play import Play, Player
from tests.rig.served import Served, installation

MOST_DEEDS = 40  # clicks and fields, from the link to a live campaign
MOST_SECONDS = 300
SLUG = "zapp-the-boss"


@dataclass
class Hands:
    """Somebody at the desk: every click and every field is counted."""

    page: Page
    deeds: int = 0

    def press(self, name: str) -> None:
        self._on(self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)).first)

    def pick(self, name: str) -> None:
        self._on(self.page.get_by_text(name, exact=True).first)

    def fill(self, label: str, text: str) -> None:
        self.deeds += 1
        self.page.get_by_label(label).fill(text)

    def _on(self, what: Locator) -> None:
        self.deeds += 1
        self.page.wait_for_load_state()  # its scripts listen
        what.click()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Served]:
    """A server on which nobody has done anything."""
    with installation(tmp_path) as served:
        served.start()
        yield served


@pytest.fixture
def desk(browser: Browser, troubles: Troubles) -> Iterator[Page]:
    """A desktop browser with a passkey's place of its own."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}, timezone_id="Europe/Paris")
    page = context.new_page()
    troubles.watch(page)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True}})
    yield page
    context.close()


def come_in(served: Served, hands: Hands) -> None:
    """By the link that the operator's command prints, with a passkey as the second step."""
    invited = served.popshot("staff", "invite", "--brand", "Zapp & Co", "--role", "owner")
    assert invited.returncode == 0, invited.stderr
    hands.page.goto(invited.stdout.strip().splitlines()[-1])
    hands.fill("E-mail address", "bob@example.com")
    hands.fill("Name", "Bob")
    hands.fill("Password", "five darts and a cap")
    hands.press("Make my account")
    hands.press("Add a passkey")
    hands.press("Show my recovery codes")


def make_campaign(hands: Hands) -> None:
    hands.press("I have kept them")
    hands.press("Make a campaign")
    hands.fill("Name of the campaign", "Zapp the boss")
    hands.press("Make the campaign")
    for _ in range(4):
        hands.press("Save and go on")
    hands.fill(f"Type {SLUG} to confirm", SLUG)
    hands.press("Publish and seal")
    expect(hands.page.get_by_text("Live now")).to_be_visible()


def win(served: Served) -> Play:
    """Alice plays a round that reaches a parcel."""
    clock = FakeClock(datetime.now(UTC))
    with opened(served.database_url) as database:
        app = create_app(calm_config(), load_keys(served.folder / "keys"), clock=clock, database=database)
        return Player(app, clock).play(1, GOOD, slug=SLUG, enough=4_000)


def claim(served: Served, page: Page, code: str) -> None:
    page.goto(f"{served.url}/claim/{code}")
    page.get_by_label("Your name").fill("Alice")
    page.get_by_label("Postal address").fill("1 rue du Tir\n75001 Paris")
    page.get_by_label("Your e-mail").fill("alice@example.org")
    page.locator("#claim-send").click()
    expect(page.locator("#claimed-text")).to_contain_text("is claimed")


def test_a_new_brand_is_live_in_minutes_and_its_first_winner_is_served(
        empty: Served, desk: Page, page: Page, troubles: Troubles) -> None:
    began, hands = time.monotonic(), Hands(desk)
    come_in(empty, hands)
    make_campaign(hands)
    assert hands.deeds <= MOST_DEEDS
    assert time.monotonic() - began < MOST_SECONDS
    page.goto(desk.locator("#address").input_value())
    expect(page.get_by_role("heading", name="Zapp the boss").first).to_be_visible()
    award = win(empty).outcome["awards"][-1]
    claim(empty, page, award["claim_code"])
    desk.goto(f"{empty.url}/backoffice/winners")
    desk.get_by_role("link", name=award["prize"]["name"]).click()
    desk.get_by_role("button", name="Mark as sent").click()
    expect(desk.get_by_text("Sent", exact=True).first).to_be_visible()
    assert troubles.but_left == []
    print(f"{hands.deeds} clicks and fields, {time.monotonic() - began:.0f} s")  # noqa: T201
