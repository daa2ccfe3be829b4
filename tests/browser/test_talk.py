"""Comments in the browser: written, waited for, published live, answered, reacted to, changed, reported, appealed."""

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, Route, expect

from server.comments.comment import Comment
from server.comments.rule_on_comment import rule_on_comment
from server.comments.ruling import Decision, Reason, Ruling
from tests.browser.conftest import Troubles
from tests.browser.talk import Talk, come_near, said, say
from tests.browser.test_me import remember
from tests.browser.visits_of_talk import OWN, WHY, act, talk_of

WORDS = "He ducked, and I still had him!"


def test_a_comment_waits_is_published_live_answered_changed_and_refused_with_its_reason(
        talk: Talk, page: Page, other: Page, troubles: Troubles) -> None:
    for one in (page, other):
        talk.open(one)
        expect(one.locator("#live")).to_be_visible()
    say(page, WORDS)
    expect(page.locator("#comment-note")).to_contain_text("A person reads every comment")
    expect(other.locator("#talk")).not_to_contain_text(WORDS)

    talk.publish(WORDS)
    expect(said(other, WORDS)).to_be_visible()
    expect(said(page, WORDS)).not_to_contain_text("Waiting for a person")
    expect(page.locator("#talk-spoken")).to_have_text("Your comment is public now.")
    expect(page.locator("#comment-note")).to_be_hidden()

    react_and_reply(other)
    talk.publish("So did I!")
    expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    page.get_by_role("button", name="1 reply").click()
    expect(said(page, "So did I!")).to_be_visible()

    said(page, WORDS).get_by_role("button", name="Edit").click()
    page.get_by_label("Change your comment").fill("He ducked twice!")
    page.get_by_role("button", name="Save").click()
    expect(said(page, "He ducked twice!")).to_contain_text("Waiting for a person")
    expect(other.locator("#talk li")).to_have_count(0)

    talk.rule("He ducked twice!", Decision.REFUSE, Reason.INSULT)
    expect(said(page, "He ducked twice!")).to_contain_text("Not published")
    page.reload()
    come_near(page)
    expect(said(page, "He ducked twice!")).to_contain_text("Not published")
    expect(said(page, "He ducked twice!")).to_contain_text("It hurts somebody.")
    assert troubles.but_left == []


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


def test_a_reaction_is_taken_back_by_the_same_tap(talk: Talk, page: Page) -> None:
    talk.has_said(WORDS)
    talk.open(page)
    row = said(page, WORDS)
    row.get_by_role("button", name="React").click()
    row.get_by_role("button", name="Wow").click()
    row.get_by_role("button", name="Wow: 1").click()
    expect(row.get_by_role("button", name="Wow")).to_have_count(0)
    expect(row.get_by_role("button", name="React")).to_be_focused()


def test_a_comment_is_taken_back_for_good(talk: Talk, page: Page, other: Page) -> None:
    talk.open(page)
    say(page, WORDS)
    talk.publish(WORDS)
    talk.open(other)
    expect(said(other, WORDS)).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Take back")).to_be_focused()
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("group").get_by_role("button", name="Take back").click()
    for one in (page, other):
        expect(one.locator("#talk-empty")).to_be_visible()
    expect(page.locator("#talk-spoken")).to_have_text("Your comment is gone.")


def test_a_reply_goes_on_while_others_write_and_its_comment_is_taken_away(talk: Talk, page: Page) -> None:
    first, _ = talk.has_said(WORDS, "Another one")
    talk.open(page)
    expect(page.locator("#live")).to_be_visible()
    act(page, first, "reply")
    box = page.get_by_label("Your reply to")
    page.keyboard.type("So did")
    with talk.kept.sessions() as session:
        comment = session.get_one(Comment, first)
        assert rule_on_comment(session, comment, Ruling(Decision.REFUSE, Reason.INSULT), "mona", datetime.now(UTC))
    expect(page.locator("#talk")).not_to_contain_text(WORDS)
    expect(box).to_be_focused()
    page.keyboard.type(" I")
    expect(box).to_have_value("So did I")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("That comment is not there any more.")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#talk .composer")).to_have_count(0)
    expect(said(page, "Another one")).to_be_focused()


def test_after_five_minutes_nothing_may_be_changed_any_more(talk: Talk, page: Page) -> None:
    page.clock.install()
    page.route("**/socket.io-client/**", lambda route: route.abort())  # a line that is lost and found looks again, too
    talk.open(page)
    say(page, WORDS)
    expect(page.get_by_role("button", name="Edit")).to_be_visible()
    page.clock.fast_forward("05:02")
    expect(page.get_by_role("button", name="Edit")).to_have_count(0)
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)
    expect(said(page, WORDS)).to_contain_text("Waiting for a person")


def test_what_cannot_be_taken_says_why_and_stays_in_the_box(talk: Talk, page: Page) -> None:
    talk.open(page)
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


def test_a_report_takes_three_taps_and_its_receipt_is_kept(talk: Talk, page: Page) -> None:
    asked: list[Any] = []

    def answer(route: Route) -> None:
        asked.append(route.request.post_data_json)
        route.fulfill(status=202, json={"receipt": {"id": "a" * 20, "url": f"{talk.served.url}/reports/{'a' * 20}"}})

    page.route("**/reports", answer)
    (comment,) = talk.has_said(WORDS)
    talk.open(page)
    act(page, comment, "report")
    expect(page.get_by_role("radio", name="Insult")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Report")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Somebody is in danger").check()
    expect(page.get_by_role("alert").filter(has_text="112")).to_be_visible()
    page.get_by_role("button", name="Send report").click()
    receipt = page.get_by_role("link", name="See what comes of it")
    expect(receipt).to_have_attribute("href", f"{talk.served.url}/reports/{'a' * 20}")
    assert asked == [{"reason": "danger", "revision": 1}]
    page.reload()
    come_near(page)
    kept = page.get_by_role("link", name="Reported")
    expect(kept).to_have_attribute("href", f"{talk.served.url}/reports/{'a' * 20}")
    expect(page.get_by_role("button", name="Report")).to_be_visible()  # for another reason


def test_a_frame_which_opens_nothing_tells_the_receipt_s_address(talk: Talk, page: Page) -> None:
    receipt = "a" * 20
    address = f"{talk.served.url}/reports/{receipt}"
    page.route("**/reports", lambda route: route.fulfill(status=202, json={"receipt": {"id": receipt, "url": address}}))
    (comment,) = talk.has_said(WORDS)
    talk.open(page, "/e/boss")
    act(page, comment, "report")
    page.get_by_role("radio", name="Insult").check()
    page.get_by_role("button", name="Send report").click()
    expect(said(page, WORDS)).to_contain_text(f"Thank you, a person will look at it. {address}")
    expect(page.locator("#comments a")).to_have_count(0)


def test_a_statement_is_read_and_another_person_asked_in_one_tap(talk: Talk, page: Page) -> None:
    refused = {**OWN, "id": "o1", "statement": WHY, "may_appeal": True}
    asked: list[Any] = []

    def appeal(route: Route) -> None:
        asked.append(route.request.post_data_json)
        settled = {**refused, "may_appeal": False, "state": "appealed",
                   "appeal": {"state": "open", "at": WHY["at"], "settled_at": None}}
        route.fulfill(status=201, json={"comment": settled})

    remember(talk.served, page)
    talk_of(page, [], [refused])
    page.route("**/appeal", appeal)
    talk.open(page)
    row = said(page, OWN["text"])
    expect(row).to_contain_text("It hurts somebody who reads it.")
    expect(row).to_contain_text("Against the house rules · decided by a person on November 27, 2026")
    row.get_by_role("button", name="Ask another person to look").click()
    expect(row).to_contain_text("Another person will look at it.")
    expect(row).to_be_focused()
    assert asked == [{}]
