"""A prize that was won is claimed on its page, by keyboard alone: what it needs, what it hands over, what is wrong."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from prizes.award import Award
from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize, restock
from prizes.ways.ladder import add_step
from server.app import create_app
from server.campaigns.campaign import get_campaign
from server.db import Database, transaction
from server.keys import load_keys
from tests.browser.conftest import Troubles
from tests.browser.test_me import keep_token
from tests.rig.app import add_campaign, calm_config
from tests.rig.bot import BEGINNER
from tests.rig.clock import FakeClock
from tests.rig.databases import opened
from tests.rig.play import Play, Player
from tests.rig.served import Served

VOUCHER = "POP-7K3Q-F9TZ"
STICKERS = "/static/prizes/stickers.svg"
NOT_FOUND = "error: Failed to load resource: the server responded with a status of 404 (NOT FOUND)"


def offer(database: Database, kind: PrizeKind, now: datetime) -> tuple[str, str]:
    """A campaign whose every round of 100 points wins a prize of a kind, though not in stock yet; its slug, the
    prize's id.
    """
    slug = add_campaign(database, f"{kind}-{secrets.token_hex(3)}", opens_at=now - timedelta(days=1))
    with database.sessions() as session, transaction(session):
        campaign = get_campaign(session, slug)
        prize = add_prize(session, Prize(campaign_id=campaign.id, names={"en": f"A {kind}"}, kind=kind, value_cents=0,
                                         downloads={"en": STICKERS}, created_at=now))
        add_step(session, campaign.id, 100, prize.id)
        if kind != PrizeKind.VOUCHER:
            restock(session, prize.id, 1, now, "delivered")
        return slug, prize.id


def win(demo: Served, kind: PrizeKind) -> Play:
    """A round on the demo's server that won a prize of a kind."""
    clock = FakeClock(datetime.now(UTC))
    with opened(demo.database_url) as database:
        app = create_app(calm_config(), load_keys(demo.folder / "keys"), clock=clock, database=database)
        slug, prize_id = offer(database, kind, clock.now)
        if kind == PrizeKind.VOUCHER:
            file = demo.folder / "codes.csv"
            file.write_text(f"code\n{VOUCHER}\n")
            imported = demo.popshot("prize", "codes", "import", prize_id, str(file))
            assert imported.returncode == 0, imported.stderr
        return Player(app, clock).play(1, BEGINNER, slug=slug, enough=150)


def code_of(play: Play) -> str:
    code: str = play.outcome["awards"][0]["claim_code"]
    return code


def open_claim(demo: Served, page: Page, code: str = "") -> None:
    """The page as its link opens it; with a code it has seen the prize."""
    page.goto(f"{demo.url}/claim/{code}".rstrip("/"))
    if code:
        expect(page.locator("#claim-prize")).to_be_visible()


def tab_to(page: Page, what: str) -> None:
    """Press Tab until it is reached, as somebody without a mouse does."""
    for _ in range(12):
        if page.locator(what).evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {what}")


def test_the_result_leads_to_the_claim_of_a_voucher_and_the_code_shows_again_later(
        demo: Served, page: Page, troubles: Troubles) -> None:
    won = win(demo, PrizeKind.VOUCHER)
    keep_token(page, won.player.token, round=won.id)
    slug = demo.call("GET", "/api/v1/players/me", token=won.player.token).body["rounds"][0]["campaign"]
    page.goto(f"{demo.url}/c/{slug}")
    link = page.get_by_role("link", name="Claim my prize")
    expect(link).to_be_visible()
    page.wait_for_load_state("networkidle")  # what is left in mid-call would be an error
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#claim-prize h2")).to_have_text("A voucher")
    expect(page.get_by_label("Postal address")).to_be_hidden()
    expect(page.get_by_label("Your e-mail")).to_be_focused()
    page.keyboard.type("alice@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("#claimed")).to_be_focused()
    expect(page.locator("#claimed .code")).to_have_text(VOUCHER)
    page.reload()
    expect(page.locator("#claimed .code")).to_have_text(VOUCHER)
    assert troubles.but_left == []


def test_a_download_asks_for_nothing_and_comes_at_once(
        demo: Served, page: Page, troubles: Troubles, tmp_path: Path) -> None:
    open_claim(demo, page, code_of(win(demo, PrizeKind.DOWNLOAD)))
    for asked in ("name", "address", "email"):
        expect(page.locator(f"#claim-{asked}")).to_be_hidden()
    tab_to(page, "#claim-send")
    page.keyboard.press("Enter")
    expect(page.locator("#claimed-text")).to_have_text("A download is yours. Here it is.")
    tab_to(page, "#claimed a[download]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "stickers.svg")
    assert (tmp_path / "stickers.svg").read_bytes() == Path(f".{STICKERS}").read_bytes()
    assert troubles.seen == []


def test_a_parcel_asks_where_to_send_it_and_says_by_the_field_what_is_missing(
        demo: Served, page: Page, troubles: Troubles) -> None:
    code = code_of(win(demo, PrizeKind.PARCEL))
    open_claim(demo, page, code)
    note = page.locator("#claim-note")
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type("Alice")
    page.keyboard.press("Enter")
    address = page.get_by_label("Postal address")
    expect(address).to_be_focused()
    expect(note).to_have_text("Please tell us where to send it.")
    expect(address).to_have_accessible_description("Please tell us where to send it.")
    expect(page.locator("[data-need=address] .field + #claim-note[role=alert]")).to_be_visible()
    page.keyboard.type("1 rue du Tir")
    page.keyboard.press("Enter")  # a further line, as in any letter
    page.keyboard.type("75001 Paris")
    page.keyboard.press("Tab")
    page.keyboard.type("alice at home")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your e-mail")).to_have_accessible_description("Please check the e-mail address.")
    expect(address).to_have_accessible_description("")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("alice@example.org")
    tab_to(page, "#claim-send")
    page.keyboard.press("Space")
    expect(page.locator("#claimed-text")).to_contain_text("A parcel is claimed.")
    assert troubles.seen == []
    listed = demo.call("POST", "/api/v1/claims/look", {"claim_code": code}).body["award"]
    assert listed["state"] == "claimed"


def test_the_prize_says_until_when_it_waits(demo: Served, page: Page) -> None:
    award = win(demo, PrizeKind.BADGE).outcome["awards"][0]
    open_claim(demo, page, award["claim_code"])
    day = datetime.fromisoformat(award["claim_before"]).astimezone()
    expect(page.locator("#claim-prize")).to_contain_text(f"Claim it before {day:%B} {day.day}, {day.year}")


def test_a_prize_that_waited_too_long_says_so(demo: Served, page: Page, troubles: Troubles) -> None:
    won = win(demo, PrizeKind.PARCEL)
    with opened(demo.database_url) as database, database.sessions() as session, transaction(session):
        award = session.scalars(select(Award).where(Award.round_id == won.id)).one()
        award.claim_before = datetime.now(UTC) - timedelta(minutes=1)
    page.goto(f"{demo.url}/claim/{code_of(won)}")
    expect(page.get_by_role("alert")).to_have_text("The time to claim this prize is over.")
    expect(page.locator("#claim-prize")).to_be_hidden()
    assert troubles.seen == []


def test_a_prize_whose_time_runs_out_while_the_form_is_filled_in_says_so(demo: Served, page: Page) -> None:
    page.route("**/claims", lambda route: route.fulfill(status=410, json={"code": "claim_expired"}))
    open_claim(demo, page, code_of(win(demo, PrizeKind.BADGE)))
    tab_to(page, "#claim-send")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The time to claim this prize is over.")
    expect(page.locator("#claim-send")).to_be_focused()


@pytest.mark.parametrize(("typed", "sentence"), [
    ("", "Please type the claim code."), ("WRONG-CODE", "We do not know this code. Please check every letter."),
])
def test_a_wrong_code_or_none_says_so_by_its_field_and_the_right_one_goes_on(
        demo: Served, page: Page, troubles: Troubles, typed: str, sentence: str) -> None:
    code = code_of(win(demo, PrizeKind.BADGE))
    open_claim(demo, page)
    tab_to(page, "#claim-code")
    page.keyboard.type(typed)
    tab_to(page, "#claim-send")
    page.keyboard.press("Enter")
    field = page.get_by_label("Claim code")
    expect(page.get_by_role("alert")).to_have_text(sentence)
    expect(field).to_have_accessible_description(sentence)
    expect(field).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(code.replace("-", " ").lower())  # as people copy it from paper
    page.keyboard.press("Enter")
    expect(page.locator("#claim-prize h2")).to_have_text("A badge")
    assert troubles.seen == ([NOT_FOUND] if typed else [])
