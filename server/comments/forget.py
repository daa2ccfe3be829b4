"""Forgetting what a player has typed and clicked; what staff ruled stays, without a text."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from server import outbox
from server.comments.comment import Comment, CommentRevision, CommentState
from server.comments.desk_rows import Mute, Opened, Passed
from server.comments.feed import TOPIC, touch_feed
from server.comments.reaction import Reaction
from server.comments.report import Appeal, CommentReport, MuteAppeal, Statement
from server.comments.settle_reports import forget_reporter, let_reports_go

ABOUT_A_COMMENT = (CommentRevision, Statement, Appeal, Opened, Passed, Reaction)
FACTS = (Comment.id, Comment.campaign_id, Comment.state)


def forget_comments_of(session: Session, player_id: str, now: datetime) -> None:
    """Forget a player's comments, reactions and reports, inside the caller's transaction.

    All that it changes is locked first, in one order: who erases, or rules on what the player reported, at the same
    moment never waits in a circle. A report that arrives meanwhile waits, then finds no comment.
    """
    reacted = select(Reaction.comment_id).where(Reaction.player_id == player_id)
    reported = select(CommentReport.comment_id).where(CommentReport.player_id == player_id)
    is_touched = or_(Comment.player_id == player_id, Comment.id.in_(reacted), Comment.id.in_(reported))
    touched = select(*FACTS, Comment.player_id).where(is_touched)
    locked = session.execute(touched.order_by(Comment.id).with_for_update()).all()
    _forget_reactions_of(session, player_id)
    _tell(session, [(row.campaign_id, row.id) for row in locked
                    if row.player_id == player_id and row.state == CommentState.PUBLISHED], now)
    _forget(session, [row.id for row in locked if row.player_id == player_id], now)
    session.execute(delete(Mute).where(Mute.player_id == player_id))  # before what its author says against it
    session.execute(delete(MuteAppeal).where(MuteAppeal.player_id == player_id))
    forget_reporter(session, player_id)
    for campaign_id in sorted({row.campaign_id for row in locked}):
        touch_feed(session, campaign_id)


def forget_comments(session: Session, comment_ids: Sequence[str], now: datetime) -> None:
    """Remove comments that the caller has locked. One with replies of others keeps its place, without a text."""
    rows = session.execute(select(*FACTS).where(Comment.id.in_(comment_ids))).all()
    _tell(session, [(row.campaign_id, row.id) for row in rows if row.state == CommentState.PUBLISHED], now)
    _forget(session, [row.id for row in rows], now)
    for campaign_id in sorted({row.campaign_id for row in rows}):
        touch_feed(session, campaign_id)


def forget_emptied(session: Session, now: datetime, most: int) -> None:
    """Remove what stood without a text because of its replies, once the last of them is gone; inside the caller's
    transaction. Nobody replies to it any more.
    """
    reply = aliased(Comment)
    is_answered = exists().where(reply.parent_id == Comment.id)
    bare = select(Comment.id).where(Comment.state == CommentState.TAKEN_BACK, ~is_answered)
    _forget(session, session.scalars(bare.limit(most).with_for_update(of=Comment, skip_locked=True)).all(), now)


def _tell(session: Session, public: Sequence[tuple[str, str]], now: datetime) -> None:
    for campaign_id, comment_id in public:
        outbox.tell(session, campaign_id, TOPIC, comment_id, now)


def _forget(session: Session, ids: Sequence[str], now: datetime) -> None:
    let_reports_go(session, ids, now)
    for table in ABOUT_A_COMMENT:
        session.execute(delete(table).where(table.comment_id.in_(ids)))
    reply = aliased(Comment)
    is_answered = exists().where(reply.parent_id == Comment.id, reply.id.not_in(ids))
    named = Comment.id.in_(ids)
    session.execute(update(Comment).where(named, is_answered).values(
        text="", state=CommentState.TAKEN_BACK, liked=0, round_id=None, at_ms=None, span_start=None, span_end=None))
    session.execute(delete(Comment).where(named, Comment.parent_id.is_not(None)))
    session.execute(delete(Comment).where(named, ~is_answered))


def _forget_reactions_of(session: Session, player_id: str) -> None:
    given = select(Reaction.comment_id).where(Reaction.player_id == player_id)
    session.execute(update(Comment).where(Comment.id.in_(given)).values(liked=Comment.liked - 1))
    session.execute(delete(Reaction).where(Reaction.player_id == player_id))
