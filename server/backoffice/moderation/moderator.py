"""Who moderates: a member of staff, at the comments of the brands for which that person has the right."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from server.backoffice.access import brands_to, current_asker
from server.backoffice.acts.act import tell_act
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign
from server.comments.comment import Comment, comment_not_found, is_comment_id
from server.db import current_session
from server.errors import Problem


@dataclass(frozen=True)
class Moderator:
    """`by` signs their rulings; `brands` are the ids of those whose comments they see, and no others."""

    by: str
    name: str
    brands: tuple[str, ...]


def current_moderator() -> Moderator:
    """Who asks; raises Problem signed_out, not_allowed."""
    asker = current_asker()
    return Moderator(asker.by, asker.name, tuple(brands_to(Right.MODERATE)))


def moderator_of(comment_id: str) -> Moderator:
    """Who asks, when the comment is one of the own brands'; raises Problem comment_not_found besides."""
    moderator = current_moderator()
    _require_own(moderator, [comment_id])
    return moderator


def begin_deed(comment_id: str) -> Moderator:
    """The same, before something is done about a comment: that is told to the acts."""
    moderator = current_moderator()
    [(comment, brand_id)] = _require_own(moderator, [comment_id])
    tell_act(brand_id=brand_id, subject=("comment", comment_id),
             before={"state": comment.state, "revision": comment.revision, "rulings": comment.rulings})
    return moderator


def own_comments(moderator: Moderator, comment_ids: Iterable[str]) -> set[str]:
    """Those of a selection that are there and of the own brands.

    Raises Problem malformed when they are of several brands: a deed is one brand's; comment_not_found without any.
    """
    found = _find(moderator, comment_ids)
    if not found:
        raise comment_not_found()
    brands = {brand_id for _, brand_id in found}
    if len(brands) > 1:
        raise Problem("malformed", "One ruling on several comments is about the comments of one brand.")
    for brand_id in brands:
        tell_act(brand_id=brand_id)
    return {comment.id for comment, _ in found}


def _require_own(moderator: Moderator, comment_ids: list[str]) -> list[tuple[Comment, str]]:
    found = _find(moderator, comment_ids)
    if len(found) < len(comment_ids):
        raise comment_not_found()
    return found


def _find(moderator: Moderator, comment_ids: Iterable[str]) -> list[tuple[Comment, str]]:
    asked = {comment_id for comment_id in comment_ids if is_comment_id(comment_id)}
    own = (select(Comment, Campaign.brand_id).join(Campaign, Campaign.id == Comment.campaign_id)
           .where(Comment.id.in_(asked), Campaign.brand_id.in_(moderator.brands)))
    return [(comment, brand_id or "") for comment, brand_id in current_session().execute(own)]
