"""What a reader who reported may know of it: when, why, and what came of it. Nothing of the comment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.comments.comment import Comment, CommentState, is_comment_id, rulings_on
from server.comments.hide_comment import HIDING
from server.comments.report import CommentReport, ReportOutcome, ReportReason
from server.comments.undo_ruling import last_word, standing_rulings
from server.errors import Problem


@dataclass(frozen=True)
class Receipt:
    """`outcome` is None until a person has decided, then what is in force now, since `settled_at`. `is_hidden`:
    readers' reports have hidden the comment until then, by a rule and without a person.
    """

    reason: ReportReason
    at: datetime
    outcome: ReportOutcome | None
    settled_at: datetime | None
    is_hidden: bool


def get_receipt(session: Session, receipt_id: str) -> Receipt:
    """What came of a report; raises Problem report_not_found."""
    asked = (select(CommentReport, Comment.state, Comment.reason)
             .outerjoin(Comment, Comment.id == CommentReport.comment_id).where(CommentReport.id == receipt_id))
    found = session.execute(asked).one_or_none() if is_comment_id(receipt_id) else None  # ids are all made alike
    if found is None:
        raise Problem("report_not_found", "There is no such report.")
    report, *stands = found
    is_hidden = report.settled_at is None and stands == [CommentState.HIDDEN, HIDING.reason]  # no person hid it
    return Receipt(report.reason, report.at, report.outcome, _decided_at(session, report), is_hidden)


def _decided_at(session: Session, report: CommentReport) -> datetime | None:
    """When a person said last what a receipt tells; the first time, once the comment is forgotten."""
    if report.comment_id is None or report.settled_at is None or report.outcome == ReportOutcome.GONE:
        return report.settled_at
    word = last_word(standing_rulings(rulings_on(session, report.comment_id)), report.revision)
    return report.settled_at if word is None else max(word.at, report.settled_at)
