"""Appeal against a mute: its author asks that somebody else looks at it. Once a mute; it holds until then."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from server.comments.comment import Comment
from server.comments.desk_rows import Mute
from server.comments.of_brands import is_of
from server.comments.report import MUTE, MuteAppeal, Statement
from server.db import transaction
from server.errors import Problem
from server.players.player import is_erased


def appeal_mute(session: Session, player_id: str, text: str, now: datetime,
                brand_id: str | None = None) -> MuteAppeal:
    """Appeal against the mute that is in force under a brand; without one, against the latest of any brand.

    Its row is held while we look: another mute, its end or a second appeal at the same moment comes before or after.
    Raises Problem unknown_player, not_muted or not_appealable.
    """
    with transaction(session):
        if is_erased(session, player_id):  # the author before the mute, as erasing does
            raise Problem("unknown_player", "This player has been erased.")
        mute = _hold(session, player_id, brand_id, now)
        if mute is None:
            raise Problem("not_muted", "You may write comments: there is no mute to appeal against.")
        if find_mute_appeal(session, mute) is not None:
            raise Problem("not_appealable", "This mute has been appealed against already: once is all there is.")
        appeal = MuteAppeal(player_id=player_id, brand_id=mute.brand_id, muted_at=mute.at, muted_by=mute.by,
                            reason=mute.reason, text=text, at=now)
        session.add(appeal)
    return appeal


def require_unappealed(session: Session, player_id: str, brand_id: str, now: datetime) -> None:
    """Hold a player's mute under a brand inside the caller's transaction. Raises Problem mute_appealed while it is in
    force and its author appeals against it: a new one in its place would leave the appeal without an object.
    """
    mute = _hold(session, player_id, brand_id, now)
    appeal = mute and find_mute_appeal(session, mute)
    if appeal and appeal.settled_at is None:
        raise Problem("mute_appealed", "The author appeals against the mute that is in force: that is decided first.")


def withdraw_mute_appeal(session: Session, player_id: str, brand_id: str) -> None:
    """Forget what is open against a brand's mute that was taken back, inside the caller's transaction."""
    own = (MuteAppeal.player_id == player_id, MuteAppeal.brand_id == brand_id)
    session.execute(delete(MuteAppeal).where(*own, MuteAppeal.settled_at.is_(None)))


def find_mute_appeal(session: Session, mute: Mute) -> MuteAppeal | None:
    """The appeal against a mute, open or settled."""
    named = (MuteAppeal.player_id == mute.player_id, MuteAppeal.brand_id == mute.brand_id,
             MuteAppeal.muted_at == mute.at)
    return session.scalar(select(MuteAppeal).where(*named))


def find_mute_statement(session: Session, player_id: str, brand_id: str, muted_at: datetime) -> Statement | None:
    """The statement of a brand's mute of a moment; None once the comment that led to it is gone."""
    told = (select(Statement).join(Comment, Comment.id == Statement.comment_id)
            .where(Comment.player_id == player_id, is_of([brand_id]), Statement.ruling_id == Comment.id + MUTE,
                   Statement.at == muted_at))
    return session.scalar(told)


def _hold(session: Session, player_id: str, brand_id: str | None, now: datetime) -> Mute | None:
    """The one that is in force under a brand; when none is named the latest of any, one without an appeal first."""
    in_force = select(Mute).where(Mute.player_id == player_id, Mute.until > now)
    if brand_id is not None:
        in_force = in_force.where(Mute.brand_id == brand_id)
    has_appeal = exists().where(MuteAppeal.player_id == Mute.player_id, MuteAppeal.brand_id == Mute.brand_id,
                                MuteAppeal.muted_at == Mute.at)
    return session.scalar(in_force.order_by(has_appeal, Mute.at.desc(), Mute.brand_id).limit(1).with_for_update())
