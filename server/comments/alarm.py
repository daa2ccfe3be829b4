"""The alarm: a reader says that a life is in danger. It ends once a person publishes or refuses the comment."""

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from server.comments.comment import Comment
from server.comments.report import CommentReport, ReportReason

OPEN = and_(CommentReport.reason == ReportReason.DANGER, CommentReport.settled_at.is_(None))


def is_alarmed() -> ColumnElement[bool]:
    """The condition that somebody told of a danger in a comment, asked of each comment."""
    return exists().where(CommentReport.comment_id == Comment.id, OPEN)


def open_alarms(session: Session, *which: ColumnElement[bool]) -> list[str]:
    """The ids of comments with an open alarm that meet the conditions, the oldest alarm first."""
    first = func.min(CommentReport.at)
    asked = (select(CommentReport.comment_id).join(Comment, Comment.id == CommentReport.comment_id)
             .where(OPEN, *which).group_by(CommentReport.comment_id))
    found = session.scalars(asked.order_by(first, CommentReport.comment_id))
    return [comment_id for comment_id in found if comment_id is not None]
