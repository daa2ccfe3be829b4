"""The list of comments: its pages and orders, replies, moments of a replay, and a layout that holds."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talk import Talk, said
from tests.browser.test_me import remember
from tests.browser.visits_of_talk import FATES, TALK, act, talk_of
from tests.rig.app import fresh_app
from tests.rig.bot import GOOD
from tests.rig.clock import FakeClock
from tests.rig.desk import EMOJI, HTML, MARKS, RIGHT_TO_LEFT, WIDE
from tests.rig.play import Play, Player


def test_the_list_comes_by_pages_in_two_orders(talk: Talk, page: Page) -> None:
    ids = talk.has_said(*(f"Number {number}" for number in range(25)))
    token = talk.served.call("POST", "/api/v1/players", {}).body["token"]
    assert talk.served.call("PUT", f"/api/v1/comments/{ids[3]}/reaction", {"kind": "wow"}, token).status == 200
    talk.open(page)
    rows = page.locator("#talk > li > .text")
    expect(rows).to_have_text([f"Number {number}" for number in range(24, 4, -1)])
    page.get_by_role("button", name="Older comments").click()
    expect(rows).to_have_count(25)
    expect(page.locator("#talk > li").nth(20)).to_be_focused()
    expect(page.get_by_role("button", name="Older comments")).to_be_hidden()
    page.get_by_role("radio", name="Best").check(force=True)
    expect(rows).to_have_text(["Number 3", *(f"Number {number}" for number in range(24, 5, -1))])
    expect(page.get_by_role("button", name="Older comments")).to_be_visible()


def test_replies_open_and_the_later_ones_come_by_pages(talk: Talk, page: Page) -> None:
    (parent,) = talk.has_said("He never saw it coming.")
    talk.has_said(*(f"Reply {number}" for number in range(5)), parent_id=parent)
    talk.open(page)
    replies = page.locator(".replies .text")
    expect(replies.first).to_be_hidden()
    page.get_by_role("button", name="More than 3 replies").click()
    expect(replies).to_have_text(["Reply 0", "Reply 1", "Reply 2"])
    page.get_by_role("button", name="Show more replies").click()
    expect(replies).to_have_count(5)
    expect(said(page, "Reply 3")).to_be_focused()
    page.get_by_role("button", name="5 replies").click()
    expect(replies.first).to_be_hidden()


def test_of_many_old_refusals_a_few_are_shown(talk: Talk, page: Page) -> None:
    remember(talk.served, page)
    talk_of(page, TALK, FATES)
    talk.open(page)
    page.get_by_role("button", name="More of yours: 2").click()
    expect(page.locator("#talk > .unseen")).to_have_count(5)
    expect(page.locator("#talk > .unseen").nth(3)).to_be_focused()


def test_a_moment_of_a_replay_is_spoken_of_there_and_led_to_from_the_game(talk: Talk, page: Page) -> None:
    clock = FakeClock(datetime.now(UTC))
    played: Play = Player(fresh_app(talk.kept, clock), clock).play(1, GOOD, enough=3_000)
    page.emulate_media(reduced_motion="reduce")
    talk.open(page, f"/r/{played.id}#t=12000")
    expect(page.locator("#replay-time")).to_contain_text("0:12")
    chip = page.locator("#composer .moment")
    expect(chip).to_have_text("Add this moment: 0:12")
    page.locator("#comment").press_sequentially("Look here")  # the space belongs to the text, not to the replay
    expect(chip).to_have_accessible_name("At 0:12 leave this moment out")
    chip.click()
    expect(chip).to_have_text("Add this moment: 0:12")
    chip.click()
    page.locator("#comment-send").click()
    expect(said(page, "Look here")).to_contain_text("Waiting for a person")
    talk.publish("Look here")
    expect(said(page, "Look here")).not_to_contain_text("Waiting")
    page.locator("#replay-seek").press("Home")
    expect(page.locator("#replay-time")).to_contain_text("0:00")
    said(page, "Look here").get_by_role("link", name="At 0:12").click()
    expect(page.locator("#replay-time")).to_contain_text("0:12")
    expect(page.locator("#replay-toggle")).to_be_focused()
    talk.open(page)
    page.get_by_role("link", name="Watch at 0:12").click()
    expect(page.locator("#replay-time")).to_contain_text("0:12")


ODD = (WIDE, MARKS, RIGHT_TO_LEFT, EMOJI, HTML, "line\n" * 99 + "end")
SPILT = """() => [...document.querySelectorAll('#comments, #talk, .said, .said > *')]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .map((one) => `${one.className}: ${one.scrollWidth} > ${one.clientWidth}`)"""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900), (320, 480)])
def test_the_layout_holds_whatever_was_written(talk: Talk, page: Page, width: int, height: int) -> None:
    ids = talk.has_said(*ODD)
    talk.has_said(*ODD, parent_id=ids[0])
    page.set_viewport_size({"width": width, "height": height})
    talk.open(page)
    page.get_by_role("button", name="More than 3 replies").click()
    page.get_by_role("button", name="Show more replies").click()
    expect(page.locator(".said")).to_have_count(12)
    assert page.evaluate(SPILT) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".said img, .said .text *").count() == 0
    expect(said(page, RIGHT_TO_LEFT).first.locator("> .text")).to_have_css("direction", "rtl")


def test_on_a_phone_everything_is_large_enough_for_a_finger(talk: Talk, page: Page) -> None:
    remember(talk.served, page)
    talk_of(page, TALK, FATES)
    talk.open(page)
    page.get_by_role("button", name="More than 3 replies").click()
    act(page, "c1", "react")
    act(page, "c1", "report")
    page.get_by_role("radio", name="Advertising").check()
    act(page, "o3", "edit")
    for target in page.locator("#comments :is(button, label:has(input), summary, a):visible").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, target.evaluate("(one) => one.outerHTML")
