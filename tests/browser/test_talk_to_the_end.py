"""Reports and appeals as readers, authors and two moderators live them, with nothing made up on the wire."""

from datetime import UTC, datetime

from playwright.sync_api import Page, expect
from sqlalchemy import select

from server.comments.comment import Comment, CommentState
from server.comments.rule_on_comment import rule_on_comment, seen_of
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.settle_appeal import settle_appeal
from tests.browser.conftest import Troubles
from tests.browser.talk import Talk, said, say
from tests.browser.visits_of_talk import act

WORDS = "The boss is a wet biscuit!"


def test_an_author_reads_why_appeals_and_is_right(talk: Talk, page: Page, other: Page, troubles: Troubles) -> None:
    for one in (page, other):
        talk.open(one)
        expect(one.locator("#live")).to_be_visible()
    say(page, WORDS)
    talk.rule(WORDS, Decision.REFUSE, Reason.INSULT)
    mine = said(page, WORDS)
    expect(mine).to_contain_text("Not published")
    expect(mine).to_contain_text("does not keep to the house rules")
    mine.get_by_role("button", name="Ask another person to look").click()
    expect(mine).to_contain_text("Another person")
    expect(other.locator("#talk li")).to_have_count(0)

    with talk.kept.sessions() as session:
        appealed = session.scalars(select(Comment).where(Comment.state == CommentState.APPEALED)).one()
        seen, right = seen_of(appealed), Ruling(Decision.PUBLISH, Reason.FINE)
        assert settle_appeal(session, seen, right, "second", datetime.now(UTC))
    expect(said(other, WORDS)).to_be_visible()
    expect(mine).not_to_contain_text("Not published")
    assert troubles.seen == []


def test_a_reader_reports_and_the_receipt_tells_what_came_of_it(talk: Talk, page: Page, troubles: Troubles) -> None:
    comment_id, = talk.has_said(WORDS)
    talk.open(page)
    act(page, comment_id, "report")
    page.get_by_role("radio", name="Insult").check()
    page.get_by_role("button", name="Send report").click()
    receipt = page.get_by_role("link", name="See what comes of it").get_attribute("href")
    assert receipt is not None
    page.goto(receipt)
    expect(page.locator("main")).to_contain_text("A person")
    with talk.kept.sessions() as session:
        comment = session.get_one(Comment, comment_id)
        assert rule_on_comment(session, comment, Ruling(Decision.REFUSE, Reason.INSULT), "mona", datetime.now(UTC))
    page.reload()
    expect(page.locator("main")).to_contain_text("taken it away")
    talk.open(page)
    expect(page.locator("#talk > .said")).to_have_count(0)
    assert troubles.but_left == []
