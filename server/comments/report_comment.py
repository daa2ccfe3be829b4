"""Report a comment: it goes back into the queue. Three distinct readers hide what no person has ruled on yet."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from prizes.db import insert_into, new_id
from server.comments.comment import Comment, CommentState, comment_not_found, is_comment_id
from server.comments.hide_comment import hide_what_readers_reported
from server.comments.report import CommentReport, ReportReason
from server.comments.reporter import Contact, seal_contact
from server.db import transaction
from server.errors import Problem
from server.players.player import is_erased

# Once it was public, readers may have it before their eyes, hidden, edited or appealed by now: a danger above all.
REPORTABLE = (CommentState.PUBLISHED, CommentState.HIDDEN, CommentState.HELD, CommentState.APPEALED)

# What no earlier word may swallow, the sharpest last: a notice of what is against the law, then a danger to life.
SHARPER = (ReportReason.ILLEGAL, ReportReason.DANGER)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reader:
    """Who reports: a player or nobody known, from a network of which there is a keyed hash."""

    player_id: str | None
    network_hash: str


@dataclass(frozen=True, repr=False)  # a name in a log line would be a leak
class Report:
    """`contact` is sealed to `legal_key`, if any was told. `revision` is the text that the reader had before the eyes;
    None stands for the present one.
    """

    reason: ReportReason
    text: str
    contact: Contact | None
    legal_key: bytes
    revision: int | None = None


def find_receipt(session: Session, comment_id: str, report: Report, reader: Reader) -> str | None:
    """The receipt that this reader has of a report of the same text; None when this one would be news.

    Raises Problem comment_not_found when there is neither a receipt nor anything to report, malformed for a revision
    that there never was.
    """
    comment = session.scalar(select(Comment).where(Comment.id == comment_id)) if is_comment_id(comment_id) else None
    if comment is None:
        raise comment_not_found()
    own = _own_report(session, comment, report, reader) if _has_text(comment, report) else None
    if own is not None:
        return None if _is_sharper(report.reason, own) else own.id
    if comment.published_at is None or comment.state not in REPORTABLE:
        raise comment_not_found()
    _require_text(comment, report)
    return None


def report_comment(session: Session, comment_id: str, report: Report, reader: Reader, now: datetime) -> str:
    """Keep a report of a comment as the reader saw it; the reader's receipt. Of an earlier text it brings the comment
    back to the desk as well, and does not count towards hiding the present one. A second one about the same text
    changes nothing, unless it is sharper: what is against the law, or a danger, is never lost.

    Raises Problem comment_not_found for whatever was never public, is refused or is gone, unknown_player when the
    reader was just erased, malformed for a revision that there never was.
    """
    if not is_comment_id(comment_id):
        raise comment_not_found()
    row = _row(report, reader, now)
    with transaction(session):
        if reader.player_id is not None and is_erased(session, reader.player_id):  # before the comment, as erasing does
            raise Problem("unknown_player", "This player has been erased.")
        there = (Comment.id == comment_id, Comment.published_at.is_not(None), Comment.state.in_(REPORTABLE))
        # Locked: nobody rules on it, edits or erases it meanwhile.
        comment = session.scalar(select(Comment).where(*there).with_for_update())
        if comment is None:
            raise comment_not_found()
        _require_text(comment, report)
        receipt, is_news = _keep(session, comment, report, reader, row)
        if is_news:
            hide_what_readers_reported(session, comment, now)
    if is_news and report.reason == ReportReason.DANGER:
        log.warning("alarm: comment %s was reported as a danger to life", comment_id)
    return receipt


def _row(report: Report, reader: Reader, now: datetime) -> dict[str, Any]:
    """What is kept of a report, but for which text it is about."""
    row_id = new_id()
    return {"id": row_id, "reason": report.reason, "text": report.text, "sealed": _seal_contact(report, row_id),
            "at": now, "player_id": reader.player_id, "network_hash": reader.network_hash}


def _seal_contact(report: Report, report_id: str) -> bytes | None:
    return seal_contact(report.legal_key, report_id, report.contact) if report.contact else None


def _keep(session: Session, comment: Comment, report: Report, reader: Reader, row: dict[str, Any]) -> tuple[str, bool]:
    """(the receipt, whether it tells anything new)."""
    new = insert_into(session, CommentReport).values(
        comment_id=comment.id, revision=_read_by(comment, report), **row)
    kept = session.scalar(new.on_conflict_do_nothing().returning(CommentReport.id))
    if kept is not None:
        return kept, True
    own = _own_report(session, comment, report, reader)
    if own is None:  # the comment is locked: nobody can take the row away
        raise RuntimeError(f"a report of comment {comment.id} was refused by nothing")
    if not _is_sharper(report.reason, own):
        return own.id, False
    sharper = {"reason": row["reason"], "text": "\n\n".join(text for text in (own.text, row["text"]) if text),
               "at": row["at"], "settled_at": None, "outcome": None, "sealed": _sealed_anew(report, own)}
    session.execute(update(CommentReport).where(CommentReport.id == own.id).values(**sharper))
    return own.id, True


def _sealed_anew(report: Report, own: CommentReport) -> bytes | None:
    """Without a token it may be somebody else who speaks now: an earlier name must not stand beside that word."""
    return _seal_contact(report, own.id) or (own.sealed if own.player_id is not None else None)


def _read_by(comment: Comment, report: Report) -> int:
    """Which of a comment's texts a report is about."""
    return comment.revision if report.revision is None else report.revision


def _require_text(comment: Comment, report: Report) -> None:
    """Asked of what may be reported alone: how many texts another comment has had is nobody's business."""
    if not _has_text(comment, report):
        raise Problem("malformed", f"`revision` is {report.revision}; this comment has had {comment.revision} so far.")


def _has_text(comment: Comment, report: Report) -> bool:
    return 1 <= _read_by(comment, report) <= comment.revision


def _own_report(session: Session, comment: Comment, report: Report, reader: Reader) -> CommentReport | None:
    same_text = (CommentReport.comment_id == comment.id, CommentReport.revision == _read_by(comment, report))
    return session.scalar(select(CommentReport).where(*same_text, _is_of(reader)))


def _is_of(reader: Reader) -> ColumnElement[bool]:
    if reader.player_id is not None:
        return CommentReport.player_id == reader.player_id
    return CommentReport.player_id.is_(None) & (CommentReport.network_hash == reader.network_hash)


def _is_sharper(reason: ReportReason, own: CommentReport) -> bool:
    return _sharpness(reason) > _sharpness(own.reason)


def _sharpness(reason: ReportReason) -> int:
    return SHARPER.index(reason) + 1 if reason in SHARPER else 0
