"""Appeal against a mute: its author asks that somebody else looks at it. Once a mute; it holds until then."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.comments.comment import Comment
from server.comments.desk_rows import Mute
from server.comments.report import MUTE, MuteAppeal, Statement
from server.db import transaction
from server.errors import Problem
from server.players.player import is_erased


def appeal_mute(session: Session, player_id: str, text: str, now: datetime) -> MuteAppeal:
    """Appeal against the mute that is in force.

    Its row is held while we look: another mute, its end or a second appeal at the same moment comes before or after.
    Raises Problem unknown_player, not_muted or not_appealable.
    """
    with transaction(session):
        if is_erased(session, player_id):  # the author before the mute, as erasing does
            raise Problem("unknown_player", "This player has been erased.")
        mute = _hold(session, player_id, now)
        if mute is None:
            raise Problem("not_muted", "You may write comments: there is no mute to appeal against.")
        if find_mute_appeal(session, player_id, mute.at) is not None:
            raise Problem("not_appealable", "This mute has been appealed against already: once is all there is.")
        appeal = MuteAppeal(player_id=player_id, muted_at=mute.at, muted_by=mute.by, reason=mute.reason, text=text,
                            at=now)
        session.add(appeal)
    return appeal


def require_unappealed(session: Session, player_id: str, now: datetime) -> None:
    """Hold a player's mute inside the caller's transaction. Raises Problem mute_appealed while it is in force and its
    author appeals against it: a new one in its place would leave the appeal without an object.
    """
    mute = _hold(session, player_id, now)
    appeal = mute and find_mute_appeal(session, player_id, mute.at)
    if appeal and appeal.settled_at is None:
        raise Problem("mute_appealed", "The author appeals against the mute that is in force: that is decided first.")


def withdraw_mute_appeal(session: Session, player_id: str) -> None:
    """Forget what is open against a mute that was taken back, inside the caller's transaction."""
    session.execute(delete(MuteAppeal).where(MuteAppeal.player_id == player_id, MuteAppeal.settled_at.is_(None)))


def find_mute_appeal(session: Session, player_id: str, muted_at: datetime) -> MuteAppeal | None:
    """The appeal against the mute of a moment, open or settled."""
    named = (MuteAppeal.player_id == player_id, MuteAppeal.muted_at == muted_at)
    return session.scalar(select(MuteAppeal).where(*named))


def find_mute_statement(session: Session, player_id: str, muted_at: datetime) -> Statement | None:
    """The statement of the mute of a moment; None once the comment that led to it is gone."""
    told = (select(Statement).join(Comment, Comment.id == Statement.comment_id)
            .where(Comment.player_id == player_id, Statement.ruling_id == Comment.id + MUTE, Statement.at == muted_at))
    return session.scalar(told)


def _hold(session: Session, player_id: str, now: datetime) -> Mute | None:
    in_force = select(Mute).where(Mute.player_id == player_id, Mute.until > now)
    return session.scalar(in_force.with_for_update())
