"""Who has earned that nobody looks first, where a campaign allows it."""

from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from server.comments.comment import RESTRICTED, Comment, CommentState, RulingEntry
from server.comments.ruling import Decision

FEWEST_PUBLISHED = 5
UNTROUBLED_FOR = timedelta(days=30)
UNDECIDED = (CommentState.HIDDEN, CommentState.APPEALED)


def is_trusted(session: Session, campaign_id: str, player_id: str, now: datetime) -> bool:
    """Whether five of a player's comments are public in this campaign and none, in any, was refused within 30 days.
    What was refused and let out again does not count; what is hidden or appealed does, until somebody has decided.
    """
    own = Comment.player_id == player_id
    public = (own, Comment.campaign_id == campaign_id, Comment.state == CommentState.PUBLISHED)
    if (session.scalar(select(func.count()).select_from(Comment).where(*public)) or 0) < FEWEST_PUBLISHED:
        return False
    refused = exists().where(RulingEntry.comment_id == Comment.id, RulingEntry.decision == Decision.REFUSE,
                             RulingEntry.at > now - UNTROUBLED_FOR)
    troubles = select(Comment.id).where(own, Comment.state.in_(RESTRICTED),
                                        Comment.state.in_(UNDECIDED) | refused)
    return session.scalar(troubles.limit(1)) is None
