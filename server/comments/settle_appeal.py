"""Settle an appeal: another person than who ruled lets the comment out, or lets the restriction stand."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select, update
from sqlalchemy.orm import Session

from server.comments.comment import Comment, CommentState, RulingEntry
from server.comments.feed import tell_of_change
from server.comments.report import Appeal
from server.comments.rule_on_comment import Seen, apply_ruling
from server.comments.ruling import Decision, Ruling
from server.comments.settle_reports import settle_reports
from server.comments.state_reasons import state_reasons
from server.db import nothing_done, transaction
from server.errors import Problem


def settle_appeal(session: Session, seen: Seen, ruling: Ruling, by: str, now: datetime, *,
                  is_sorted: bool = False) -> str | None:
    """Publish an appealed comment (its author was right) or refuse it again: the id of the ruling; None when it changed
    since it was seen, or nobody appeals (any more).

    Raises Problem own_ruling for who made the ruling that is appealed against, malformed for a hold.
    """
    if ruling.decision == Decision.HOLD:
        raise Problem("malformed", "An appeal is upheld or overturned; pass it on if you cannot say.")
    with transaction(session):
        ruled = apply_ruling(session, _as_seen(seen), seen, ruling, by, now)
        if ruled is None:
            nothing_done(session)
            return None
        comment, entry = ruled
        require_another_person(session, comment.id, by)  # only now is the row held, so that no appeal comes after it
        is_upheld = ruling.decision == Decision.REFUSE
        settled = {"is_upheld": is_upheld, "settled_by": by, "settled_at": now}
        session.execute(update(Appeal).where(_is_open(comment.id)).values(**settled))
        state_reasons(session, [ruled], is_upheld=is_upheld, is_sorted=is_sorted)
        settle_reports(session, comment, ruling.decision, now)
        tell_of_change(session, comment, now)
    return entry.id


def require_another_person(session: Session, comment_id: str, by: str) -> None:
    """Raises Problem own_ruling when a comment is appealed against a ruling of this person."""
    if session.scalar(select(exists().where(_is_open(comment_id), is_by(by)))):
        raise Problem("own_ruling", "The author appeals against your ruling: somebody else decides now.")


def is_by(by: str) -> ColumnElement[bool]:
    """The condition, beside `Appeal`, that it is against a ruling of this person."""
    return and_(RulingEntry.id == Appeal.ruling_id, RulingEntry.ruled_by == by)


def find_settled(session: Session, entry: RulingEntry) -> Appeal | None:
    """The appeal that a ruling settled."""
    told = (Appeal.comment_id == entry.comment_id, Appeal.settled_at == entry.at, Appeal.settled_by == entry.ruled_by)
    return session.scalar(select(Appeal).where(*told))


def _as_seen(seen: Seen) -> ColumnElement[bool]:
    return and_(Comment.id == seen.comment_id, Comment.revision == seen.revision, Comment.rulings == seen.rulings,
                Comment.state == CommentState.APPEALED)


def _is_open(comment_id: str) -> ColumnElement[bool]:
    return and_(Appeal.comment_id == comment_id, Appeal.settled_at.is_(None))
