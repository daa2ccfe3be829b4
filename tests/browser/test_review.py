"""A reviewer at the keyboard: the replay plays in the page, a release lets the award follow."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from server.app import create_app
from server.backoffice.rights import Role
from server.campaigns.campaign import Campaign
from server.db import transaction
from server.keys import derive_keys
from tests.browser.conftest import Troubles
from tests.office.cast import Office, StaffClient
from tests.rig.app import MASTER, calm_config, fresh_app
from tests.rig.bot import GOOD
from tests.rig.clock import FakeClock
from tests.rig.databases import fresh_sqlite
from tests.rig.play import Play, Player
from tests.rig.served import free_port
from tests.rig.served_here import served_here

PLAYING = "() => document.getElementById('replay')?.contentDocument?.body?.dataset.state === 'playing'"
TICK = "() => Number(document.getElementById('replay').contentDocument.getElementById('replay-seek').value)"


@pytest.fixture
def served(prepared_sqlite: Path, tmp_path: Path, clock: FakeClock) -> Iterator[tuple[Office, str]]:
    """The app under a clock that stands still, served from this process; and its address."""
    with fresh_sqlite(prepared_sqlite, tmp_path) as database:
        fresh_app(database, clock)
        config = calm_config()
        config = replace(config, server=replace(config.server, port=free_port()))
        app = create_app(config, derive_keys(MASTER), clock=clock, database=database)
        with served_here(app, config.server.port):
            yield Office(app, database, clock), config.public_url


def held_rounds(office: Office, count: int) -> list[Play]:
    with office.database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(review_line=2_000))
    return [Player(office.app, office.clock).play(number, GOOD) for number in range(count)]


def let_in(page: Page, staff: StaffClient) -> None:
    cookie = staff.client.get_cookie("popshot_staff", path="/backoffice")
    assert cookie is not None
    page.context.add_cookies([{"name": "popshot_staff", "value": cookie.value, "domain": "localhost",
                               "path": "/backoffice"}])


def verdict(play: Play) -> str:
    return str(play.present()["outcome"]["verdict"])


def test_a_reviewer_watches_releases_and_rejects_by_keyboard(served: tuple[Office, str], page: Page,
                                                             troubles: Troubles) -> None:
    office, url = served
    first, second = held_rounds(office, 2)
    let_in(page, office.sign_in(Role.MODERATOR, name="mona"))
    page.goto(f"{url}/backoffice/rounds")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{url}/backoffice/rounds/{first.id}")
    page.wait_for_function(PLAYING)
    before = page.evaluate(TICK)
    page.wait_for_function(f"(before) => ({TICK})() > before", arg=before)
    page.frame_locator("#replay").locator("#replay-toggle").focus()  # the keys work from inside the replay too
    page.keyboard.press("l")
    expect(page.locator("#release")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{url}/backoffice/rounds/{second.id}")
    assert verdict(first) == "accepted"
    assert first.present()["outcome"]["awards"]
    page.wait_for_load_state()  # its script hears the keys
    page.keyboard.press("x")
    page.get_by_label("Reason").select_option("script")
    page.get_by_label("In your own words").fill("The same line over and over")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No round waits for you")).to_be_visible()
    assert verdict(second) == "rejected"
    assert sorted(act.word for act in office.acts()) == ["rounds.reject", "rounds.release"]
    assert troubles.but_left == []
