"""What an author alone may read: the own comments that are not public or may still be changed, and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server.clock import rfc3339
from server.comments.comment import EDITABLE_FOR, THE_RULES, Comment, CommentState, RulingEntry, ruling_id
from server.comments.react import own_reactions

MOST = 100


def my_comments(session: Session, campaign_id: str, player_id: str, now: datetime) -> dict[str, Any]:
    """{"comments": the newest 100, "reactions": {comment id: kind}} of a player in a campaign. `editable_until` is
    null once the five minutes are over.
    """
    changeable = Comment.posted_at > now - EDITABLE_FOR
    mine = (select(Comment)
            .where(Comment.campaign_id == campaign_id, Comment.player_id == player_id,
                   Comment.state != CommentState.TAKEN_BACK,
                   or_(Comment.state != CommentState.PUBLISHED, changeable))
            .order_by(Comment.posted_at.desc(), Comment.id.desc()).limit(MOST))
    comments = session.scalars(mine).all()
    signed = _signatures(session, comments)
    return {"comments": [_as_json(comment, signed.get(comment.id), now) for comment in comments],
            "reactions": own_reactions(session, campaign_id, player_id, MOST)}


def _signatures(session: Session, comments: Sequence[Comment]) -> dict[str, str]:
    """Who made the last ruling on each: {comment id: name}."""
    last = [ruling_id(comment.id, comment.rulings) for comment in comments]
    signed = select(RulingEntry.comment_id, RulingEntry.ruled_by).where(RulingEntry.id.in_(last))
    return dict(session.execute(signed).all())


def _as_json(comment: Comment, signed: str | None, now: datetime) -> dict[str, Any]:
    """What posting answered, as of now. Whether the rules or a person ruled is told, not which person."""
    seen = comment.as_author_sees()
    if now >= comment.posted_at + EDITABLE_FOR:
        seen["editable_until"] = None
    return {**seen, "text": comment.text, "posted_at": rfc3339(comment.posted_at), "round_id": comment.round_id,
            "at_ms": comment.at_ms, "reply_to": comment.parent_id,
            "ruled_by": "rules" if signed in (THE_RULES, None) else "person"}
