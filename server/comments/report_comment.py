"""Report a published comment: it goes back into the queue, and stays public until a person has ruled."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.db import insert_into, new_id
from server.comments.comment import Comment, CommentState
from server.comments.report import CommentReport, ReportReason
from server.db import transaction
from server.errors import Problem

ID = re.compile(r"[0-9a-f]{20}")


@dataclass(frozen=True)
class Report:
    reason: ReportReason
    text: str


def report_comment(session: Session, comment_id: str, report: Report, player_id: str | None, now: datetime) -> None:
    """Keep a report; a player's second one about the same comment changes nothing.

    Raises Problem comment_not_found for whatever is not public.
    """
    if not ID.fullmatch(comment_id):  # nothing of ours; PostgreSQL could not even look for a NUL
        raise _not_found()
    row = {"id": new_id(), "comment_id": comment_id, "reason": report.reason, "text": report.text,
           "player_id": player_id, "at": now}
    with transaction(session):
        public = select(Comment.id).where(Comment.id == comment_id, Comment.state == CommentState.PUBLISHED)
        if session.scalar(public.with_for_update(read=True)) is None:  # locked: its author may be erasing it
            raise _not_found()
        session.execute(insert_into(session, CommentReport).values(row).on_conflict_do_nothing(
            index_elements=["comment_id", "player_id"]))


def _not_found() -> Problem:
    return Problem("comment_not_found", "There is no such comment.")
