"""A demo whose comments are known to the last one, and what its readers do and see."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from server.campaigns.campaign import find_campaign
from server.comments.comment import Comment, CommentState
from server.comments.feed import touch_feed
from server.comments.rule_on_comment import rule_on_comment
from server.comments.ruling import Decision, Reason, Ruling
from server.db import Database, transaction
from tests.rig.desk import Said, put_comments
from tests.rig.served import Served


@dataclass
class Talk:
    """A demo of its own; Mona rules through the server's code."""

    served: Served
    kept: Database

    def rule(self, text: str, decision: Decision, reason: Reason = Reason.FINE) -> None:
        with self.kept.sessions() as session:
            waits = (Comment.text == text, Comment.state == CommentState.HELD)
            comment = session.scalars(select(Comment).where(*waits)).one()
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


def said(page: Page, text: str) -> Locator:
    """The row of a comment, without the rows of its replies."""
    return page.locator(f".said:has(> .text:text-is({text!r}))")


def say(page: Page, text: str) -> None:
    page.locator("#comment").fill(text)
    page.locator("#comment-send").click()
    expect(said(page, text)).to_contain_text("Waiting for a person")
