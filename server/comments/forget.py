"""Forgetting what a player has typed and clicked; what staff ruled stays, without a text."""

from collections.abc import Sequence

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from server.comments.comment import Comment, CommentRevision, CommentState
from server.comments.desk_rows import Mute, Opened, Passed
from server.comments.reaction import Reaction
from server.comments.report import Appeal, CommentReport, Statement

ABOUT_A_COMMENT = (CommentReport, CommentRevision, Statement, Appeal, Opened, Passed)


def forget_comments_of(session: Session, player_id: str) -> None:
    """Forget a player's comments, reactions and reports, inside the caller's transaction.

    The own comments are locked first: a report that arrives meanwhile waits, then finds no comment.
    """
    locked = select(Comment.id).where(Comment.player_id == player_id).order_by(Comment.id).with_for_update()
    _forget_reactions_of(session, player_id)
    forget_comments(session, session.scalars(locked).all())
    session.execute(delete(Mute).where(Mute.player_id == player_id))
    session.execute(update(CommentReport).where(CommentReport.player_id == player_id).values(
        player_id=None, network_hash=None, text=""))


def forget_comments(session: Session, comment_ids: Sequence[str]) -> None:
    """Remove comments that the caller has locked. One with replies of others keeps its place, without a text."""
    for table in ABOUT_A_COMMENT:
        session.execute(delete(table).where(table.comment_id.in_(comment_ids)))
    session.execute(delete(Reaction).where(Reaction.comment_id.in_(comment_ids)))
    reply = aliased(Comment)
    is_answered = exists().where(reply.parent_id == Comment.id, reply.id.not_in(comment_ids))
    named = Comment.id.in_(comment_ids)
    session.execute(update(Comment).where(named, is_answered).values(
        text="", state=CommentState.TAKEN_BACK, liked=0, round_id=None, at_ms=None, span_start=None, span_end=None))
    replies = delete(Comment).where(named, Comment.parent_id.is_not(None))
    session.execute(replies)
    session.execute(delete(Comment).where(named, ~is_answered))


def _forget_reactions_of(session: Session, player_id: str) -> None:
    given = select(Reaction.comment_id).where(Reaction.player_id == player_id)
    session.execute(update(Comment).where(Comment.id.in_(given)).values(liked=Comment.liked - 1))
    session.execute(delete(Reaction).where(Reaction.player_id == player_id))
