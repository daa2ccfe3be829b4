"""What readers who reported are told: settled by a person's word on the comment, open again once that is undone."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from server.comments.comment import Comment, RulingEntry
from server.comments.contribution import KEPT_FOR
from server.comments.report import CommentReport, ReportOutcome
from server.comments.ruling import Decision

NETWORKS_KEPT = timedelta(days=30)


def settle_reports(session: Session, comment: Comment, decision: Decision, now: datetime) -> None:
    """Settle the open reports after a person's ruling, inside the caller's transaction.

    Holding decides nothing: the reports stay open, an alarm among them. Of an earlier text than the one that is
    published its author has thought better. What was settled before is told anew, an appeal's outcome among it.
    """
    if decision == Decision.REFUSE:
        _settle(session, ReportOutcome.REMOVED, now, CommentReport.comment_id == comment.id)
    elif decision == Decision.PUBLISH:
        own, is_present = CommentReport.comment_id == comment.id, CommentReport.revision == comment.revision
        _settle(session, ReportOutcome.KEPT, now, own, is_present)
        _settle(session, ReportOutcome.GONE, now, own, ~is_present)
    follow_ruling(session, comment, decision)


def follow_ruling(session: Session, comment: Comment, decision: Decision) -> None:
    """Let the settled reports of a comment's present text tell what is in force now, inside the caller's transaction;
    when they were settled stays.
    """
    if decision == Decision.HOLD:
        return
    outcome = ReportOutcome.KEPT if decision == Decision.PUBLISH else ReportOutcome.REMOVED
    told_otherwise = (CommentReport.comment_id == comment.id, CommentReport.revision == comment.revision,
                      CommentReport.outcome.in_((ReportOutcome.KEPT, ReportOutcome.REMOVED)),
                      CommentReport.outcome != outcome)
    session.execute(update(CommentReport).where(*told_otherwise).values(outcome=outcome))


def reopen_reports(session: Session, undone: RulingEntry) -> None:
    """Open again what an undone ruling had settled, inside the caller's transaction."""
    settled = (CommentReport.comment_id == undone.comment_id, CommentReport.settled_at == undone.at)
    session.execute(update(CommentReport).where(*settled).values(settled_at=None, outcome=None))


def let_reports_go(session: Session, comment_ids: Collection[str], now: datetime) -> None:
    """Untie reports from comments that are forgotten, inside the caller's transaction: what stays is a reason, two
    times and an outcome, for who holds the receipt.
    """
    about = CommentReport.comment_id.in_(comment_ids)
    _settle(session, ReportOutcome.GONE, now, about)
    session.execute(update(CommentReport).where(about).values(
        comment_id=None, player_id=None, network_hash=None, text="", sealed=None))


def forget_reporter(session: Session, player_id: str) -> None:
    """Untie a player's reports from the player, inside the caller's transaction; they stay, without a word."""
    session.execute(update(CommentReport).where(CommentReport.player_id == player_id).values(
        player_id=None, network_hash=None, text="", sealed=None))


def forget_readers(session: Session, now: datetime) -> None:
    """Forget from which networks settled reports came, and after a year who reported and in which words, inside the
    caller's transaction.

    Until then the hash keeps one network from asking for the same text again and again. Rows that somebody else has
    locked are left to the next time: who waits for none is in no circle.
    """
    came_from = (CommentReport.network_hash.is_not(None), CommentReport.settled_at < now - NETWORKS_KEPT)
    _blank(session, *came_from, network_hash=None)
    says = or_(CommentReport.sealed.is_not(None), CommentReport.text != "")
    _blank(session, says, CommentReport.settled_at < now - KEPT_FOR, sealed=None, text="")


def _blank(session: Session, *which: ColumnElement[bool], **values: str | None) -> None:
    free = select(CommentReport.id).where(*which).with_for_update(skip_locked=True)
    session.execute(update(CommentReport).where(CommentReport.id.in_(free)).values(values))


def _settle(session: Session, outcome: ReportOutcome, now: datetime, *which: ColumnElement[bool]) -> None:
    still_open = update(CommentReport).where(*which, CommentReport.settled_at.is_(None))
    session.execute(still_open.values(settled_at=now, outcome=outcome))
