"""Whose comments they are: a moderator sees and rules on those under the campaigns of the own brands, and no others."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign
from server.comments.comment import Comment, comment_not_found, is_comment_id


def campaigns_of(brands: Collection[str]) -> Select[str]:
    """The ids of the brands' campaigns."""
    return select(Campaign.id).where(Campaign.brand_id.in_(brands))


def is_of(brands: Collection[str]) -> ColumnElement[bool]:
    """The condition that a comment stands under a campaign of one of the brands (given by their ids)."""
    return Comment.campaign_id.in_(campaigns_of(brands))


def comments_of(session: Session, comment_ids: Iterable[str], brands: Collection[str]) -> set[str]:
    """Those of the comments that are the brands'."""
    asked = {comment_id for comment_id in comment_ids if is_comment_id(comment_id)}
    return set(session.scalars(select(Comment.id).where(Comment.id.in_(asked), is_of(brands))))


def require_comment(session: Session, comment_id: str, brands: Collection[str]) -> None:
    """Raises Problem comment_not_found for what is not there, and for another brand's comment in the same words."""
    if not comments_of(session, [comment_id], brands):
        raise comment_not_found()
