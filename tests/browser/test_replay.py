"""A round watched again in the browser: run, wound, told from a forged one, passed on, and dared with."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Troubles
from tests.rig.play import Play
from tests.rig.served import Served

SIZES = [(390, 844), (844, 390), (320, 480), (1440, 900)]
BOSS_ENDS = 300 / 1280  # of the field's height: the boss and his desk are above


def watch(demo: Served, page: Page, played: Play, **forged: Any) -> None:
    """Open the round's page; what is `forged` takes the place of what the server says."""
    def alter(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json={**response.json(), **forged})

    if forged:
        page.route("**/replay", alter)
    page.goto(f"{demo.url}/r/{played.id}")
    expect(page.locator("#replay-deck")).to_be_visible()


def second(page: Page) -> int:
    """Where the bar says that the round is."""
    return int(page.locator("#replay-seek").input_value()) // 60


def test_an_honest_round_is_confirmed_and_may_be_passed_on(
        demo: Served, page: Page, played: Play, troubles: Troubles) -> None:
    watch(demo, page, played)
    card = page.locator("#replay")
    expect(card).to_contain_text(f"A round by {played.player.alias}")
    expect(card).to_contain_text(f"{played.outcome['score']:,}")
    expect(page.locator("#replay-note")).to_contain_text("every dart, the same score")
    expect(card.get_by_role("link", name="Beat this")).to_have_attribute("href", f"/c/boss?beat={played.id}")
    expect(card.get_by_role("button", name="Share")).to_be_visible()
    expect(page.locator("#replay-forged")).to_be_hidden()
    expect(page.locator("#replay-list button")).to_have_count(played.outcome["hits"])
    assert troubles.seen == []


@pytest.mark.parametrize("what", ["score", "hits", "shots", "secret"])
def test_a_forged_round_says_so_loudly_and_may_not_be_passed_on(
        demo: Served, page: Page, played: Play, what: str) -> None:
    score, hits = played.outcome["score"], played.outcome["hits"]
    forged = {"score": score + 5_000, "hits": hits + 1, "shots": [list(shot) for shot in played.log[3:]],
              "secret": "00" * 32}  # fmt: skip
    watch(demo, page, played, **{what: forged[what]})
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This replay does not reach its score!")
    expect(alert).to_contain_text(f"but {forged['score'] if what == 'score' else score:,} points")
    expect(alert).to_be_in_viewport()
    expect(page.locator("#replay-note")).to_be_hidden()
    assert page.get_by_role("link", name="Beat this").count() == page.get_by_role("button", name="Share").count() == 0


def test_a_round_by_rules_that_nobody_knows_is_not_played(demo: Served, page: Page, played: Play) -> None:
    page.route("**/replay", lambda route: route.fulfill(json={**route.fetch().json(), "rules": {"version": 99}}))
    page.goto(f"{demo.url}/r/{played.id}")
    expect(page.get_by_role("alert")).to_contain_text("cannot be replayed")
    expect(page.locator("#replay-play")).to_be_hidden()


def test_the_keyboard_alone_plays_pauses_and_winds(demo: Served, page: Page, played: Play) -> None:
    watch(demo, page, played)
    page.locator("#replay-play").press("Enter")
    toggle = page.locator("#replay-toggle")
    expect(toggle).to_be_focused()  # the button that was pressed is gone
    expect(toggle).to_have_accessible_name("Pause")
    expect(page.locator("#replay-time")).not_to_contain_text("0:00")
    page.keyboard.press("Space")
    expect(toggle).to_have_accessible_name("Play")
    bar = page.locator("#replay-seek")
    bar.press("Home")
    assert second(page) == 0
    bar.press("PageUp")
    bar.press("ArrowRight")
    assert second(page) == 7
    expect(bar).to_have_attribute("aria-valuetext", "0:07 of 0:45, wave 2")
    bar.press("ArrowLeft")
    assert second(page) == 5
    page.keyboard.press("Space")
    expect(toggle).to_have_accessible_name("Pause")


# Until the second hit the first one's row is the current one.
WATCH_CURRENT = """(row) => { new MutationObserver(() => {
  if (row.ariaCurrent) row.dataset.was = row.ariaCurrent; }).observe(row, { attributeFilter: ['aria-current'] }); }"""


def test_a_hit_in_the_list_is_the_way_to_its_moment(demo: Served, page: Page, played: Play) -> None:
    watch(demo, page, played)
    score = page.locator("#hud-score")
    rows = page.locator("#replay-list button")
    rows.last.click()
    late = second(page)
    assert late > 3
    expect(score).not_to_have_text("0")
    rows.first.click()  # back: the round starts anew
    assert second(page) < late
    expect(score).to_have_text("0")
    rows.first.evaluate(WATCH_CURRENT)
    page.locator("#replay-toggle").click()
    expect(rows.first).to_have_attribute("data-was", "true")


def test_at_four_times_the_speed_it_comes_to_the_end_and_the_same_score(
        demo: Served, page: Page, played: Play) -> None:
    watch(demo, page, played)
    page.get_by_role("radio", name="4×").check(force=True)
    page.locator("#replay-seek").press("End")
    expect(page.locator("#hud-score")).to_have_text(f"{played.outcome['score']:,}")
    page.locator("#replay-seek").press("PageDown")
    page.locator("#replay-toggle").click()
    expect(page.locator("#replay")).to_be_visible()  # the card is back
    expect(page.locator("#replay-time")).to_contain_text("0:45")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_controls_cover_no_boss_and_are_large_enough_for_a_finger(
        demo: Served, page: Page, played: Play, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    watch(demo, page, played)
    page.locator("#replay-play").click()
    world, deck = page.locator("#world").bounding_box(), page.locator("#replay-deck").bounding_box()
    assert world
    assert deck
    is_beside = deck["x"] >= world["x"] + world["width"] - 1
    assert is_beside or deck["y"] >= world["y"] + world["height"] * BOSS_ENDS
    assert deck["y"] + deck["height"] <= height
    for target in page.locator("#replay-deck button, #replay-deck label, #replay-seek, #replay-list button").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_round_that_is_not_public_is_not_passed_on(demo: Served, page: Page, played: Play) -> None:
    def keep_private(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace('"is_public": true', '"is_public": false'))

    page.route("**/r/*", keep_private)
    watch(demo, page, played)
    expect(page.locator("#replay-note")).to_contain_text("Not public")
    assert page.get_by_role("button", name="Share").count() == 0


def test_a_round_that_is_not_there_says_so(demo: Served, page: Page) -> None:
    answer = page.goto(f"{demo.url}/r/none")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("#replay-note")).to_contain_text("cannot be watched")
