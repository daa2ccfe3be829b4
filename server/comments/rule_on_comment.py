"""Rule on a comment: publish, hold or refuse it, with a reason, as a person; and the queue of what waits."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session

from server import outbox
from server.comments.comment import Comment, CommentState, ruling_entry
from server.comments.feed import touch_feed
from server.comments.report import CommentReport
from server.comments.ruling import Decision, Ruling
from server.db import transaction

TOPIC = "comments"
LEADS_TO = {Decision.PUBLISH: CommentState.PUBLISHED, Decision.HOLD: CommentState.HELD,
            Decision.REFUSE: CommentState.REFUSED}


def rule_on_comment(session: Session, seen: Comment, ruling: Ruling, by: str, now: datetime) -> bool:
    """Write a person's ruling on a comment as that person saw it; False when it changed meanwhile.

    Of two rulings at once one wins: the UPDATE names the state and the count of rulings that were seen.
    The first publication settles where the comment stands in the list; publishing it again keeps the place.
    """
    state = LEADS_TO[ruling.decision]
    first_time = state == CommentState.PUBLISHED and seen.published_at is None
    change = update(Comment).where(*_as_seen(seen)).values(
        state=state, reason=ruling.reason, rulings=seen.rulings + 1,
        published_at=now if first_time else seen.published_at)
    with transaction(session):
        if session.scalar(change.returning(Comment.id)) is None:
            return False
        session.add(ruling_entry(seen, seen.rulings + 1, ruling, by, now))
        _settle_reports(session, seen.id, now)
        outbox.tell(session, seen.campaign_id, TOPIC, seen.id, now)
        touch_feed(session, seen.campaign_id)
    return True


def waiting_comments(session: Session, most: int = 100) -> list[Comment]:
    """What a person must look at: held ones and those with an open report, the oldest first."""
    is_open = (CommentReport.comment_id == Comment.id, CommentReport.settled_at.is_(None))
    waits = or_(Comment.state == CommentState.HELD, exists().where(*is_open))
    return list(session.scalars(select(Comment).where(waits).order_by(Comment.posted_at, Comment.id).limit(most)))


def open_reports(session: Session, comment_id: str) -> list[CommentReport]:
    reports = select(CommentReport).where(CommentReport.comment_id == comment_id, CommentReport.settled_at.is_(None))
    return list(session.scalars(reports.order_by(CommentReport.at, CommentReport.id)))


def _as_seen(seen: Comment) -> tuple[ColumnElement[bool], ...]:
    return Comment.id == seen.id, Comment.state == seen.state, Comment.rulings == seen.rulings


def _settle_reports(session: Session, comment_id: str, now: datetime) -> None:
    still_open = (CommentReport.comment_id == comment_id, CommentReport.settled_at.is_(None))
    session.execute(update(CommentReport).where(*still_open).values(settled_at=now))
