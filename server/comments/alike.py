"""What waits and is like a comment: by the same author, of the same text, with the same marked words."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from server.comments.comment import Comment
from server.comments.of_brands import is_of
from server.comments.rule_on_comment import WAITING

MOST = 200


class Likeness(StrEnum):
    AUTHOR = "author"
    TEXT = "text"
    SPAN = "span"


def find_alike(session: Session, comment: Comment, likeness: Likeness, brands: Collection[str]) -> list[Comment]:
    """The waiting comments of these brands that are like this one, itself among them if it waits; the oldest 200."""
    condition = _condition(comment, likeness)
    if condition is None:
        return []
    alike = select(Comment).where(Comment.state.in_(WAITING), condition, is_of(brands))
    return list(session.scalars(alike.order_by(Comment.posted_at, Comment.id).limit(MOST)))


def _condition(comment: Comment, likeness: Likeness) -> ColumnElement[bool] | None:
    """None when nothing is marked in the comment."""
    if likeness == Likeness.AUTHOR:
        return Comment.player_id == comment.player_id
    if likeness == Likeness.TEXT:
        return func.lower(Comment.text) == func.lower(comment.text)
    if comment.span_start is None or comment.span_end is None:
        return None
    marked = func.substr(Comment.text, Comment.span_start + 1, Comment.span_end - Comment.span_start)
    return func.lower(marked) == func.lower(comment.text[comment.span_start:comment.span_end])
