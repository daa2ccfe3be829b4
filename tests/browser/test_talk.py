"""Comments in the browser: written, waited for, published live, answered, reacted to, changed, reported, appealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from server.campaigns.campaign import find_campaign
from server.comments.comment import Comment, CommentState
from server.comments.feed import touch_feed
from server.comments.rule_on_comment import rule_on_comment
from server.comments.ruling import Decision, Reason, Ruling
from server.db import Database, transaction
from tests.browser.conftest import PHONE, Troubles
from tests.browser.test_me import remember
from tests.browser.visits_of_talk import FATES, OWN, TALK, WHY, act, talk_of
from tests.rig.app import fresh_app
from tests.rig.bot import GOOD
from tests.rig.clock import FakeClock
from tests.rig.databases import opened
from tests.rig.desk import EMOJI, HTML, MARKS, RIGHT_TO_LEFT, WIDE, Said, put_comments
from tests.rig.play import Play, Player
from tests.rig.served import Served, free_port

LIVE_MS = 15_000  # the rooms are told a few times a second, by a busy machine later
WORDS = "He ducked, and I still had him!"


@dataclass
class House:
    """A demo of its own, whose comments are known to the last one; Mona rules through the server's code."""

    served: Served
    kept: Database

    def rule(self, text: str, decision: Decision, reason: Reason = Reason.FINE) -> None:
        with self.kept.sessions() as session:
            comment = session.scalars(select(Comment).where(Comment.text == text)).one()
            assert rule_on_comment(session, comment, Ruling(decision, reason), "mona", datetime.now(UTC))

    def publish(self, text: str) -> None:
        self.rule(text, Decision.PUBLISH)

    def has_said(self, *texts: str, **more: Any) -> list[str]:
        """Public comments, the last one the newest; their ids."""
        said = [Said(text, Reason.FINE, state=CommentState.PUBLISHED, more=more) for text in texts]
        ids = put_comments(self.kept, said, datetime.now(UTC) - timedelta(hours=1))
        self.tell()
        return ids

    def tell(self) -> None:
        """That what is public has changed: the first page is kept in the server's memory until then."""
        with self.kept.sessions() as session, transaction(session):
            campaign = find_campaign(session, "boss")
            assert campaign
            touch_feed(session, campaign.id)

    def open(self, page: Page, path: str = "/c/boss") -> None:
        page.goto(self.served.url + path)
        come_near(page)


def come_near(page: Page) -> None:
    """To where the talk loads by itself, and wait for it."""
    page.locator("#comments").scroll_into_view_if_needed()
    expect(page.locator("#talk-empty:visible, #talk > li").first).to_be_attached()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("talk"), free_port())
    served.start("server.run", "--demo")
    yield served
    served.kill()


@pytest.fixture
def house(served: Served) -> Iterator[House]:
    with opened(f"sqlite:///{served.folder}/data/popshot.sqlite") as database:
        house = House(served, database)
        yield house
        with database.engine.begin() as connection:  # nothing of it is left for the next test
            connection.execute(Comment.__table__.update().values(state=CommentState.TAKEN_BACK))  # type: ignore[attr-defined]
        house.tell()


@pytest.fixture
def other(browser: Browser, troubles: Troubles) -> Iterator[Page]:
    """Somebody else's browser."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    page = context.new_page()
    troubles.watch(page)
    yield page
    context.close()


def said(page: Page, text: str) -> Any:
    """The row of a comment, without the rows of its replies."""
    return page.locator(f".said:has(> .text:text-is({text!r}))")


def say(page: Page, text: str) -> None:
    page.locator("#comment").fill(text)
    page.locator("#comment-send").click()
    expect(said(page, text)).to_contain_text("Waiting for a person")


def test_a_comment_waits_is_published_live_answered_changed_and_refused_with_its_reason(
        house: House, page: Page, other: Page, troubles: Troubles) -> None:
    for one in (page, other):
        house.open(one)
        expect(one.locator("#live")).to_be_visible()
    say(page, WORDS)
    expect(page.locator("#comment-note")).to_contain_text("A person reads every comment")
    expect(other.locator("#talk")).not_to_contain_text(WORDS)

    house.publish(WORDS)
    expect(said(other, WORDS)).to_be_visible(timeout=LIVE_MS)
    expect(said(page, WORDS)).not_to_contain_text("Waiting for a person", timeout=LIVE_MS)
    expect(page.locator("#talk-spoken")).to_have_text("Your comment is public now.")
    expect(page.locator("#comment-note")).to_be_hidden()

    react_and_reply(other)
    house.publish("So did I!")
    expect(page.get_by_role("button", name="1 reply")).to_be_visible(timeout=LIVE_MS)
    page.get_by_role("button", name="1 reply").click()
    expect(said(page, "So did I!")).to_be_visible()

    said(page, WORDS).get_by_role("button", name="Edit").click()
    page.get_by_label("Change your comment").fill("He ducked twice!")
    page.get_by_role("button", name="Save").click()
    expect(said(page, "He ducked twice!")).to_contain_text("Waiting for a person")
    expect(other.locator("#talk li")).to_have_count(0, timeout=LIVE_MS)

    house.rule("He ducked twice!", Decision.REFUSE, Reason.INSULT)
    expect(said(page, "He ducked twice!")).to_contain_text("Not published", timeout=LIVE_MS)
    page.reload()
    come_near(page)
    expect(said(page, "He ducked twice!")).to_contain_text("Not published")
    expect(said(page, "He ducked twice!")).to_contain_text("It hurts somebody.")
    assert troubles.seen == []


def react_and_reply(page: Page) -> None:
    """As somebody who was never here before."""
    row = said(page, WORDS)
    row.get_by_role("button", name="React").click()
    row.get_by_role("button", name="Bullseye").click()
    mine = row.get_by_role("button", name="Bullseye: 1")
    expect(mine).to_have_attribute("aria-pressed", "true")
    expect(mine).to_be_focused()
    row.get_by_role("button", name="Reply").click()
    expect(page.get_by_label("Your reply to")).to_be_focused()
    page.keyboard.type("So did I!")
    page.keyboard.press("Control+Enter")
    expect(said(page, "So did I!")).to_contain_text("Waiting for a person")
    expect(said(page, "So did I!")).to_be_focused()


def test_a_reaction_is_taken_back_by_the_same_tap(house: House, page: Page) -> None:
    house.has_said(WORDS)
    house.open(page)
    row = said(page, WORDS)
    row.get_by_role("button", name="React").click()
    row.get_by_role("button", name="Wow").click()
    row.get_by_role("button", name="Wow: 1").click()
    expect(row.get_by_role("button", name="Wow")).to_have_count(0)
    expect(row.get_by_role("button", name="React")).to_be_focused()


def test_a_comment_is_taken_back_for_good(house: House, page: Page, other: Page) -> None:
    house.open(page)
    say(page, WORDS)
    house.publish(WORDS)
    house.open(other)
    expect(said(other, WORDS)).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Take back")).to_be_focused()
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("group").get_by_role("button", name="Take back").click()
    for one in (page, other):
        expect(one.locator("#talk-empty")).to_be_visible(timeout=LIVE_MS)
    expect(page.locator("#talk-spoken")).to_have_text("Your comment is gone.")


def test_after_five_minutes_nothing_may_be_changed_any_more(house: House, page: Page) -> None:
    page.clock.install()
    house.open(page)
    say(page, WORDS)
    expect(page.get_by_role("button", name="Edit")).to_be_visible()
    page.clock.fast_forward("05:02")
    expect(page.get_by_role("button", name="Edit")).to_have_count(0)
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)
    expect(said(page, WORDS)).to_contain_text("Waiting for a person")


def test_what_cannot_be_taken_says_why_and_stays_in_the_box(house: House, page: Page) -> None:
    house.open(page)
    say(page, WORDS)
    page.locator("#comment").fill(WORDS)
    page.locator("#comment-send").click()
    expect(page.locator("#comment-note")).to_contain_text("You had said the same just before.")
    expect(page.locator("#comment")).to_have_value(WORDS)
    expect(page.locator("#comment")).to_be_focused()
    page.locator("#comment").fill("👍" * 500)
    expect(page.locator("#comment-hint")).to_have_text("0 characters left")
    expect(page.locator("#comment-send")).to_be_enabled()
    page.locator("#comment").fill("👍" * 502)
    expect(page.locator("#comment-hint")).to_have_text("2 characters too many")
    expect(page.locator("#comment-send")).to_be_disabled()


def test_the_list_comes_by_pages_in_two_orders(house: House, page: Page) -> None:
    ids = house.has_said(*(f"Number {number}" for number in range(25)))
    token = house.served.call("POST", "/api/v1/players", {}).body["token"]
    assert house.served.call("PUT", f"/api/v1/comments/{ids[3]}/reaction", {"kind": "wow"}, token).status == 200
    house.open(page)
    rows = page.locator("#talk > li > .text")
    expect(rows).to_have_text([f"Number {number}" for number in range(24, 4, -1)])
    page.get_by_role("button", name="Older comments").click()
    expect(rows).to_have_count(25)
    expect(page.locator("#talk > li").nth(20)).to_be_focused()
    expect(page.get_by_role("button", name="Older comments")).to_be_hidden()
    page.get_by_role("radio", name="Best").check(force=True)
    expect(rows).to_have_text(["Number 3", *(f"Number {number}" for number in range(24, 5, -1))])
    expect(page.get_by_role("button", name="Older comments")).to_be_visible()


def test_replies_open_and_the_later_ones_come_by_pages(house: House, page: Page) -> None:
    (parent,) = house.has_said(WORDS)
    house.has_said(*(f"Reply {number}" for number in range(5)), parent_id=parent)
    house.open(page)
    replies = page.locator(".replies .text")
    expect(replies.first).to_be_hidden()
    page.get_by_role("button", name="More than 3 replies").click()
    expect(replies).to_have_text(["Reply 0", "Reply 1", "Reply 2"])
    page.get_by_role("button", name="Show more replies").click()
    expect(replies).to_have_count(5)
    expect(said(page, "Reply 3")).to_be_focused()
    page.get_by_role("button", name="5 replies").click()
    expect(replies.first).to_be_hidden()


def test_a_report_takes_three_taps_and_its_receipt_is_kept(house: House, page: Page) -> None:
    asked: list[Any] = []

    def answer(route: Route) -> None:
        asked.append(route.request.post_data_json)
        route.fulfill(status=202, json={"receipt": {"id": "a" * 20, "url": f"{house.served.url}/reports/{'a' * 20}"}})

    page.route("**/reports", answer)
    (comment,) = house.has_said(WORDS)
    house.open(page)
    act(page, comment, "report")
    expect(page.get_by_role("radio", name="Insult")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Report")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Somebody is in danger").check()
    expect(page.get_by_role("alert").filter(has_text="112")).to_be_visible()
    page.get_by_role("button", name="Send report").click()
    receipt = page.get_by_role("link", name="See what comes of it")
    expect(receipt).to_have_attribute("href", f"{house.served.url}/reports/{'a' * 20}")
    assert asked == [{"reason": "danger"}]
    page.reload()
    come_near(page)
    kept = page.get_by_role("link", name="Reported")
    expect(kept).to_have_attribute("href", f"{house.served.url}/reports/{'a' * 20}")
    expect(page.get_by_role("button", name="Report")).to_have_count(0)


def test_a_statement_is_read_and_another_person_asked_in_one_tap(house: House, page: Page) -> None:
    refused = {**OWN, "id": "o1", "statement": WHY, "may_appeal": True}
    asked: list[Any] = []

    def appeal(route: Route) -> None:
        asked.append(route.request.post_data_json)
        settled = {**refused, "may_appeal": False, "state": "appealed",
                   "appeal": {"state": "open", "at": WHY["at"], "settled_at": None}}
        route.fulfill(status=201, json={"comment": settled})

    remember(house.served, page)
    talk_of(page, [], [refused])
    page.route("**/appeal", appeal)
    house.open(page)
    row = said(page, OWN["text"])
    expect(row).to_contain_text("It hurts somebody who reads it.")
    expect(row).to_contain_text("Against the house rules · decided by a person on November 27, 2026")
    row.get_by_role("button", name="Ask another person to look").click()
    expect(row).to_contain_text("Another person will look at it.")
    expect(row).to_be_focused()
    assert asked == [{}]


def test_of_many_old_refusals_a_few_are_shown(house: House, page: Page) -> None:
    remember(house.served, page)
    talk_of(page, TALK, FATES)
    house.open(page)
    page.get_by_role("button", name="More of yours: 2").click()
    expect(page.locator("#talk > .unseen")).to_have_count(5)
    expect(page.locator("#talk > .unseen").nth(3)).to_be_focused()


def test_a_moment_of_a_replay_is_spoken_of_there_and_led_to_from_the_game(house: House, page: Page) -> None:
    clock = FakeClock(datetime.now(UTC))
    played: Play = Player(fresh_app(house.kept, clock), clock).play(1, GOOD, enough=3_000)
    page.emulate_media(reduced_motion="reduce")
    house.open(page, f"/r/{played.id}#t=12000")
    expect(page.locator("#replay-time")).to_contain_text("0:12")
    chip = page.locator("#composer .moment")
    expect(chip).to_have_text("Add this moment: 0:12")
    page.locator("#comment").press_sequentially("Look here")  # the space belongs to the text, not to the replay
    expect(chip).to_have_accessible_name("At 0:12: leave this moment out")
    chip.click()
    expect(chip).to_have_text("Add this moment: 0:12")
    chip.click()
    page.locator("#comment-send").click()
    expect(said(page, "Look here")).to_contain_text("Waiting for a person")
    house.publish("Look here")
    expect(said(page, "Look here")).not_to_contain_text("Waiting", timeout=LIVE_MS)
    page.locator("#replay-seek").press("Home")
    expect(page.locator("#replay-time")).to_contain_text("0:00")
    said(page, "Look here").get_by_role("link", name="At 0:12").click()
    expect(page.locator("#replay-time")).to_contain_text("0:12")
    expect(page.locator("#replay-toggle")).to_be_focused()
    house.open(page)
    page.get_by_role("link", name="Watch at 0:12").click()
    expect(page.locator("#replay-time")).to_contain_text("0:12")


ODD = (WIDE, MARKS, RIGHT_TO_LEFT, EMOJI, HTML, "line\n" * 99 + "end")
SPILT = """() => [...document.querySelectorAll('#comments, #talk, .said, .said > *')]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .map((one) => `${one.className}: ${one.scrollWidth} > ${one.clientWidth}`)"""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900), (320, 480)])
def test_the_layout_holds_whatever_was_written(house: House, page: Page, width: int, height: int) -> None:
    ids = house.has_said(*ODD)
    house.has_said(*ODD, parent_id=ids[0])
    page.set_viewport_size({"width": width, "height": height})
    house.open(page)
    page.get_by_role("button", name="More than 3 replies").click()
    page.get_by_role("button", name="Show more replies").click()
    expect(page.locator(".said")).to_have_count(12)
    assert page.evaluate(SPILT) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".said img, .said .text *").count() == 0
    expect(said(page, RIGHT_TO_LEFT).first.locator("> .text")).to_have_css("direction", "rtl")


def test_on_a_phone_everything_is_large_enough_for_a_finger(house: House, page: Page) -> None:
    remember(house.served, page)
    talk_of(page, TALK, FATES)
    house.open(page)
    page.get_by_role("button", name="More than 3 replies").click()
    act(page, "c1", "react")
    act(page, "c1", "report")
    page.get_by_role("radio", name="Advertising").check()
    act(page, "o3", "edit")
    for target in page.locator("#comments :is(button, label:has(input), summary, a):visible").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, target.evaluate("(one) => one.outerHTML")
