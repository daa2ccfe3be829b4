"""The published comments of a campaign, newest first, a page at a time. The one way by which texts leave."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, CommentsMode
from server.clock import rfc3339
from server.comments.comment import Comment, CommentState
from server.errors import Problem
from server.players.player import Player

PAGE = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"([0-9]{1,16})\.([0-9a-f]{20})")  # microseconds until the year 2286


@dataclass(frozen=True)
class Place:
    """A place in the list, which later publications do not move: they all come before it."""

    published_at: datetime
    comment_id: str

    def as_cursor(self) -> str:
        microseconds = (self.published_at - EPOCH) // timedelta(microseconds=1)
        return base64.urlsafe_b64encode(f"{microseconds}.{self.comment_id}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> Place:
    """The place that a cursor of ours names; raises Problem malformed for any other text."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = CURSOR.fullmatch(base64.urlsafe_b64decode(padded).decode("ascii"))
        if found is not None:
            return Place(EPOCH + timedelta(microseconds=int(found[1])), found[2])
    except ValueError:
        pass
    raise Problem("malformed", "`before` is no cursor of this list; take it from `next`.")


def list_comments(session: Session, campaign: Campaign, before: Place | None) -> dict[str, Any]:
    """A page of {"comments", "next"}; `next` is null on the last page."""
    if campaign.comments_mode == CommentsMode.OFF:
        return {"comments": [], "next": None}
    page = _published(campaign.id).order_by(Comment.published_at.desc(), Comment.id.desc()).limit(PAGE + 1)
    if before is not None:
        place = tuple_(Comment.published_at, Comment.id)
        page = page.where(place < tuple_(before.published_at, before.comment_id))
    rows = session.execute(page).all()
    has_more = len(rows) > PAGE
    shown = [_as_json(comment, alias) for comment, alias in rows[:PAGE]]
    return {"comments": shown, "next": _place(rows[PAGE - 1].Comment).as_cursor() if has_more else None}


def published_by_id(session: Session, campaign_id: str, comment_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Those of the named comments that are public now, newest first."""
    named = _published(campaign_id).where(Comment.id.in_(comment_ids))
    rows = session.execute(named.order_by(Comment.published_at.desc(), Comment.id.desc()))
    return [_as_json(comment, alias) for comment, alias in rows]


def _published(campaign_id: str) -> Select[Comment, str | None]:
    public = (Comment.campaign_id == campaign_id, Comment.state == CommentState.PUBLISHED)
    return select(Comment, Player.alias).join(Player, Player.id == Comment.player_id).where(*public)


def _place(comment: Comment) -> Place:
    if comment.published_at is None:
        raise ValueError(f"comment {comment.id} was never published")
    return Place(comment.published_at, comment.id)


def _as_json(comment: Comment, alias: str | None) -> dict[str, Any]:
    return {"id": comment.id, "alias": alias, "text": comment.text, "posted_at": rfc3339(comment.posted_at),
            "round_id": comment.round_id}
