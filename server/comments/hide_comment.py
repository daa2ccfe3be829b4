"""Three distinct readers hide a comment that no person has ruled on yet. What a person let through only comes back."""

from datetime import datetime

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session

from server.comments.comment import THE_RULES, Comment, CommentState, RulingEntry, ruling_entry
from server.comments.feed import tell_of_change
from server.comments.report import CommentReport
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.state_reasons import state_reasons

ENOUGH = 3
AS_IT_IS = {"synchronize_session": False, "populate_existing": True}  # the row just changed, not what was read before
HIDING = Ruling(Decision.HOLD, Reason.REPORTED)


def hide_what_readers_reported(session: Session, seen: Comment, now: datetime) -> bool:
    """Hide a comment once three distinct readers have reported its present text and no person has ruled on that.

    Inside the caller's transaction, after the report was written and with the comment locked. One conditional UPDATE:
    of two third reports at once one hides; who rules or edits at the same moment wins or comes too late.
    """
    readers = _readers().correlate(Comment).scalar_subquery()
    unruled = or_(Comment.ruled_revision.is_(None), Comment.ruled_revision != Comment.revision)
    hidden = update(Comment).where(
        Comment.id == seen.id, Comment.state == CommentState.PUBLISHED, Comment.revision == seen.revision,
        Comment.rulings == seen.rulings, unruled, readers >= ENOUGH,
    ).values(state=CommentState.HIDDEN, reason=Reason.REPORTED, rulings=seen.rulings + 1).returning(Comment)
    comment: Comment | None = session.scalar(hidden.execution_options(**AS_IT_IS))
    if comment is None:
        return False
    entry = ruling_entry(comment, comment.rulings, HIDING, THE_RULES, now)
    session.add(entry)
    state_reasons(session, [(comment, entry)])
    tell_of_change(session, comment, now)
    return True


def count_readers(session: Session, comment_id: str) -> int:
    """How many distinct readers reported a comment's present text: several tokens from one network are one, and one
    token has one report, however many networks it comes from.
    """
    return session.scalar(_readers().where(Comment.id == comment_id)) or 0


def is_hiding(entry: RulingEntry) -> bool:
    """Whether a ruling is readers' word, not a person's; no person may give that reason."""
    return (entry.decision, entry.reason) == (Decision.HOLD, Reason.REPORTED)


def _readers() -> Select[int]:
    return select(func.count(CommentReport.network_hash.distinct())).where(
        CommentReport.comment_id == Comment.id, CommentReport.revision == Comment.revision)
