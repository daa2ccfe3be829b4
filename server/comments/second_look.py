"""The blind second look: one ruled comment in twenty is asked again, of another person who does not know it."""

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement, Update, and_, select, update
from sqlalchemy.orm import Session, aliased

from prizes.db import insert_into
from server.comments.comment import Comment, RulingEntry
from server.comments.desk_rows import SecondLook
from server.comments.ruling import Decision
from server.db import nothing_done, transaction

ONE_IN = 20


def is_sampled(comment_id: str) -> bool:
    """Whether this comment is asked for twice: decided by its id, so that nobody can steer it."""
    return hashlib.sha256(comment_id.encode()).digest()[0] % ONE_IN == 0


def ask_for_second_look(session: Session, entry: RulingEntry) -> None:
    """After a person's ruling, inside the caller's transaction. What is held waits for somebody anyway."""
    if entry.decision == Decision.HOLD or not is_sampled(entry.comment_id):
        return
    asked = insert_into(session, SecondLook).values(
        comment_id=entry.comment_id, ruling_id=entry.id, first=entry.decision, asked_by=entry.ruled_by)
    session.execute(asked.on_conflict_do_nothing(index_elements=["comment_id"]))


def awaits_second_look(by: str) -> ColumnElement[bool]:
    """The condition, beside `Comment`, that this person is asked for a second look."""
    return and_(SecondLook.comment_id == Comment.id, SecondLook.second.is_(None), SecondLook.asked_by != by)


def give_second_look(session: Session, comment_id: str, rulings: int, decision: Decision, by: str,
                     now: datetime) -> bool:
    """Note what another person would have ruled, which changes nothing else; False when nobody asked for it, or the
    comment was ruled on again since it was seen.
    """
    comment = aliased(Comment)
    same = select(comment.id).where(comment.id == comment_id, comment.rulings == rulings)
    asked = (SecondLook.comment_id == comment_id, SecondLook.second.is_(None), SecondLook.asked_by != by,
             SecondLook.comment_id.in_(same))
    with transaction(session):
        given = update(SecondLook).where(*asked).values(second=decision, by=by, at=now)
        return _is_done(session, given)


def take_back_second_look(session: Session, comment_id: str, by: str) -> bool:
    """Undo one's own second look; False when there is none."""
    own = (SecondLook.comment_id == comment_id, SecondLook.by == by)
    with transaction(session):
        gone = update(SecondLook).where(*own).values(second=None, by=None, at=None)
        return _is_done(session, gone)


def _is_done(session: Session, change: Update) -> bool:
    is_done = session.scalar(change.returning(SecondLook.comment_id)) is not None
    if not is_done:
        nothing_done(session)
    return is_done
