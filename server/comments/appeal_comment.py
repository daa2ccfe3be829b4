"""Appeal: an author asks that somebody else looks at a restriction. Once a restriction; it holds until then."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.comments.comment import (
    RESTRICTED,
    Comment,
    CommentState,
    RulingEntry,
    comment_not_found,
    is_comment_id,
    rulings_on,
)
from server.comments.desk_rows import Passed, SecondLook
from server.comments.report import Appeal
from server.comments.undo_ruling import standing_rulings
from server.db import transaction
from server.errors import Problem


def appeal_comment(session: Session, comment_id: str, player_id: str, text: str, now: datetime) -> Comment:
    """Appeal against what restricts one's own comment.

    Its row is held while we look: an undo, another ruling or a second appeal at the same moment comes before or
    after. Raises Problem comment_not_found (another player's too) or not_appealable.
    """
    with transaction(session):
        comment = _hold_own(session, comment_id, player_id)
        ruling = restriction_of(comment, rulings_on(session, comment_id))
        if ruling is None:
            raise Problem("not_appealable", f"This comment is {comment.state}: there is nothing to appeal against.")
        if appeal_about(ruling, appeals_of(session, [comment_id])) is not None:
            raise Problem("not_appealable", "This restriction has been appealed against already: once is all there is.")
        session.add(Appeal(comment_id=comment_id, ruling_id=ruling.id, text=text, at=now))
        comment.state = CommentState.APPEALED
        session.execute(delete(Passed).where(Passed.comment_id == comment_id))  # it is a new thing to look at
        blind = (SecondLook.comment_id == comment_id, SecondLook.second.is_(None))
        session.execute(delete(SecondLook).where(*blind))  # this is the second look, with open eyes
    return comment


def restriction_of(comment: Comment, rulings: Sequence[RulingEntry]) -> RulingEntry | None:
    """The ruling that restricts a comment now, of all the rulings on it, the oldest first."""
    return standing_rulings(rulings)[-1] if comment.state in RESTRICTED else None


def appeals_of(session: Session, comment_ids: Collection[str]) -> list[Appeal]:
    """The appeals against rulings on comments, the oldest first."""
    named = select(Appeal).where(Appeal.comment_id.in_(comment_ids))
    return list(session.scalars(named.order_by(Appeal.at, Appeal.id)))


def appeal_about(ruling: RulingEntry, appeals: Sequence[Appeal]) -> Appeal | None:
    """The appeal that is against a ruling, or that the ruling settled, of those on its comment."""
    return next((appeal for appeal in appeals if appeal.comment_id == ruling.comment_id
                 and (appeal.ruling_id == ruling.id or appeal.settled_at == ruling.at)), None)


def _hold_own(session: Session, comment_id: str, player_id: str) -> Comment:
    own = select(Comment).where(Comment.id == comment_id, Comment.player_id == player_id,
                                Comment.state != CommentState.TAKEN_BACK)
    comment = session.scalar(own.with_for_update()) if is_comment_id(comment_id) else None
    if comment is None:
        raise comment_not_found()
    return comment
