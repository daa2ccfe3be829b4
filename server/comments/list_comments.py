"""The public comments of a campaign, a page at a time. With `show_comment` the one way by which texts leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from server.campaigns.campaign import Campaign, CampaignState, CommentsMode
from server.comments.comment import Comment, CommentState, comment_not_found, is_comment_id
from server.comments.place import Place
from server.comments.show_comment import (
    PAGE,
    LaurelsOf,
    Reading,
    cursor_at,
    public_comments,
    show_comments,
    show_replies,
)
from server.errors import Problem


class Order(StrEnum):
    """`best`: what has the most reactions first, of equal ones the newest."""

    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True)
class Asked:
    """Which page: `before` is None for the first one, `round_id` for comments on anything."""

    order: Order = Order.NEWEST
    before: Place | None = None
    round_id: str | None = None

    @property
    def is_first(self) -> bool:
        """Whether it is the page that everybody asks for."""
        return self.before is None and self.round_id is None


NO_PAGE: dict[str, Any] = {"comments": [], "next": None}


def list_comments(session: Session, reading: Reading, asked: Asked) -> dict[str, Any]:
    """A page of {"comments", "next"} without replies, which stand beneath what they answer; `next` is null on the
    last page.

    Raises Problem malformed when the cursor is one of the other order.
    """
    page = public_comments().where(Comment.campaign_id == reading.campaign_id, Comment.parent_id.is_(None))
    if asked.round_id is not None:
        page = page.where(Comment.round_id == asked.round_id)
    said = session.execute(_from_place(page, asked).limit(PAGE + 1)).all()
    is_best = asked.order == Order.BEST
    more = cursor_at(said[PAGE - 1].Comment, is_best=is_best) if len(said) > PAGE else None
    return {"comments": show_comments(session, reading, said[:PAGE]), "next": more}


def list_replies(session: Session, parent_id: str, after: Place | None, locale: str,
                 laurels_of: LaurelsOf) -> dict[str, Any]:
    """A page of {"replies", "next"}, the oldest first; raises Problem comment_not_found unless the parent is public."""
    shown = (Campaign.state != CampaignState.DRAFT, Campaign.comments_mode != CommentsMode.OFF)
    parent = (select(Comment.campaign_id).join(Campaign, Campaign.id == Comment.campaign_id)
              .where(Comment.id == parent_id, Comment.parent_id.is_(None), Comment.state == CommentState.PUBLISHED,
                     *shown))
    campaign_id = session.scalar(parent) if is_comment_id(parent_id) else None
    if campaign_id is None:
        raise comment_not_found()
    return show_replies(session, Reading(campaign_id, locale, laurels_of), parent_id, after)


def published_by_id(session: Session, reading: Reading, comment_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Those of the named comments and replies that are public now, newest first."""
    named = public_comments().where(Comment.campaign_id == reading.campaign_id, Comment.id.in_(comment_ids))
    said = session.execute(named.order_by(Comment.published_at.desc(), Comment.id.desc())).all()
    return show_comments(session, reading, said)


def _from_place(page: Select[Comment, str | None], asked: Asked) -> Select[Comment, str | None]:
    """The page's order, and what comes after its place in it."""
    before, is_best = asked.before, asked.order == Order.BEST
    columns: list[ColumnElement[Any] | InstrumentedAttribute[Any]] = [Comment.published_at, Comment.id]
    if is_best:
        columns.insert(0, Comment.liked)
    if before is not None:
        if is_best != (before.liked is not None):
            raise Problem("malformed", "`before` is a cursor of another order of this list.")
        place = (*((before.liked,) if is_best else ()), before.at, before.comment_id)
        page = page.where(tuple_(*columns) < tuple_(*place))
    return page.order_by(*(column.desc() for column in columns))
