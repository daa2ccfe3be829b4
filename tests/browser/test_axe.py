"""axe-core has nothing to hold against any page in any of its states, by day and by night."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import STATES, State, Visit
from tests.browser.visits_of_codes import CODES_SHOWN
from tests.browser.visits_of_desk import DESK_SHOWN
from tests.browser.visits_of_reports import RECEIPTS_SHOWN
from tests.browser.visits_of_sharing import SHARING_SHOWN
from tests.browser.visits_of_talk import TALK_SHOWN
from tests.browser.visits_of_wins import WINS_SHOWN
from tests.play.later import OVER, later_campaign
from tests.rig.app import add_campaign, fresh_app
from tests.rig.axe import NOTHING, held_against, violations
from tests.rig.bot import BEGINNER
from tests.rig.clock import FakeClock
from tests.rig.databases import fresh_sqlite
from tests.rig.play import Play, Player
from tests.rig.served import Served


@pytest.mark.parametrize("bring_about",
                         STATES + WINS_SHOWN + CODES_SHOWN + DESK_SHOWN + RECEIPTS_SHOWN + SHARING_SHOWN + TALK_SHOWN,
                         ids=lambda one: one.__name__)
def test_a_state_breaks_no_rule(bring_about: State, demo: Served, page: Page, played: Play) -> None:
    page.emulate_media(reduced_motion="reduce")
    bring_about(Visit(demo, page, played))
    assert held_against(page) == NOTHING


def test_the_list_of_campaigns_breaks_no_rule(demo: Served, page: Page, prepared_sqlite: Path, tmp_path: Path) -> None:
    with fresh_sqlite(prepared_sqlite, tmp_path) as database:
        client = fresh_app(database, FakeClock()).test_client()
        add_campaign(database, "another")
        page.route(f"{demo.url}/", lambda route: route.fulfill(body=client.get("/").text, content_type="text/html"))
        page.goto(demo.url)
    expect(page.locator(".campaigns li")).to_have_count(2)
    assert held_against(page) == NOTHING


@pytest.mark.parametrize("is_over", [False, True], ids=["open", "drawn"])
def test_a_draw_breaks_no_rule(is_over: bool, demo: Served, page: Page, prepared_sqlite: Path, tmp_path: Path) -> None:
    clock = FakeClock()
    with fresh_sqlite(prepared_sqlite, tmp_path) as database:
        app = fresh_app(database, clock)
        path = f"/c/{later_campaign(database, 'secret')}/draw"
        Player(app, clock).play(1, BEGINNER, slug="later")
        clock.now = OVER if is_over else clock.now
        drawn = app.test_client().get(path).text
        page.route(demo.url + path, lambda route: route.fulfill(body=drawn, content_type="text/html"))
        page.goto(demo.url + path)
    expect(page.locator("main li").first).to_be_visible()
    assert held_against(page) == NOTHING


@pytest.mark.parametrize(("rule", "breakage"), [
    ("label", "document.querySelector('[for=comment]').remove(), window.comment.placeholder = ''"),
    ("button-name", "document.getElementById('settings-button').removeAttribute('aria-label')"),
    ("aria-allowed-attr", "document.getElementById('prizes').setAttribute('aria-checked', 'true')"),
    ("html-has-lang", "document.documentElement.removeAttribute('lang')"),
])
def test_what_is_broken_on_purpose_is_reported(rule: str, breakage: str, demo: Served, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{demo.url}/c/boss")
    page.evaluate(breakage)
    assert [line.partition(" ")[0] for line in violations(page)] == [rule]


COVER = """document.getElementById('start').append(Object.assign(document.createElement('i'),
  { style: 'position: absolute; inset: 0 0 50%; background: #fff' }))"""


@pytest.mark.parametrize(("path", "breakage", "said"), [
    ("/c/boss", "document.querySelector('#start .lead').style.color = '#bbb'", "#start > .lead:"),
    ("/c/boss", "document.querySelector('#prizes-title').style.color = '#bbb'", "#prizes-title:"),
    ("/c/boss", COVER, "could not be determined"),
    ("/fairness", "document.querySelector('.card .lead').style.color = '#bbb'", ".lead:"),
])
def test_a_colour_that_cannot_be_read_or_judged_is_reported(
        path: str, breakage: str, said: str, demo: Served, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    page.goto(demo.url + path)
    page.evaluate(breakage)
    found = violations(page)
    assert [line.partition(" ")[0] for line in found] == ["color-contrast"]
    assert said in found[0]
