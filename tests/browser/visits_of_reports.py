"""The page of a report's receipt, and how a visit comes to it."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, select

from prizes.db import new_id
from server.comments.comment import Comment, CommentState
from server.comments.report import CommentReport, ReportOutcome, ReportReason
from server.db import transaction
from tests.browser.visits import State, Visit
from tests.browser.visits_of_desk import let_them_talk
from tests.rig.databases import opened


def receipt_of(visit: Visit, *which: ColumnElement[bool]) -> str:
    """The address of the receipt of one report among the talk."""
    let_them_talk(visit)
    found = select(CommentReport.id).join(Comment, Comment.id == CommentReport.comment_id).where(*which)
    with opened(visit.demo.database_url) as database, database.sessions() as session:
        return f"/reports/{session.scalars(found).first()}"


def receipt_of_a_danger(visit: Visit) -> None:
    visit.go(receipt_of(visit, CommentReport.reason == ReportReason.DANGER))
    visit.sees(".note.bad", "112")


def receipt_of_a_hidden_comment(visit: Visit) -> None:
    visit.go(receipt_of(visit, Comment.state == CommentState.HIDDEN))
    visit.sees("article", "has hidden it")


def receipt_settled(visit: Visit) -> None:
    now = datetime.now(UTC)
    report_id, outcome = new_id(), ReportOutcome.KEPT
    with (opened(visit.demo.database_url) as database, database.sessions() as session,
          transaction(session)):
        session.add(CommentReport(id=report_id, reason=ReportReason.OTHER, text="", at=now, settled_at=now,
                                  outcome=outcome))
    visit.go(f"/reports/{report_id}")
    visit.sees("article", "leaves it in its place")


RECEIPTS_SHOWN: list[State] = [receipt_of_a_danger, receipt_of_a_hidden_comment, receipt_settled]
