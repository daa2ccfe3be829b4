"""Small marks of the desk: who has a comment before the eyes, who passed one on, which author may not write."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from prizes.db import insert_into
from server.campaigns.campaign import Campaign
from server.comments.appeal_mute import require_unappealed, withdraw_mute_appeal
from server.comments.comment import Comment, comment_not_found
from server.comments.desk_rows import Mute, Opened, Passed
from server.comments.of_brands import is_of
from server.comments.report import MUTE, Statement
from server.comments.ruling import Reason
from server.comments.state_reasons import state_mute
from server.db import transaction
from server.errors import Problem
from server.players.player import is_erased

OPEN_FOR = timedelta(seconds=60)
MUTE_DAYS = (1, 7, 30)


def open_comment(session: Session, comment_id: str, by: str, now: datetime) -> None:
    """Mark a comment as before this person's eyes, and no other one; somebody else's fresh mark stays."""
    with transaction(session):
        if not _is_there(session, comment_id):
            return
        session.execute(delete(Opened).where(Opened.by == by, Opened.comment_id != comment_id))
        mark = insert_into(session, Opened).values(comment_id=comment_id, by=by, at=now)
        is_mine_or_old = (Opened.by == by) | (Opened.at <= now - OPEN_FOR)
        session.execute(mark.on_conflict_do_update(
            index_elements=["comment_id"], set_={"by": by, "at": now}, where=is_mine_or_old))


def opened_by_others(session: Session, comment_ids: Sequence[str], by: str, now: datetime) -> dict[str, str]:
    """Who else has which of these comments before the eyes: {comment id: name}."""
    fresh = (Opened.comment_id.in_(comment_ids), Opened.by != by, Opened.at > now - OPEN_FOR)
    return {row.comment_id: row.by for row in session.execute(select(Opened.comment_id, Opened.by).where(*fresh))}


def pass_on(session: Session, comment_id: str, by: str, now: datetime) -> bool:
    """Leave a comment to somebody else; False when it is gone. It comes back to this person once it is edited."""
    with transaction(session):
        if not _is_there(session, comment_id):
            return False
        set_aside(session, comment_id, by, now)
        session.execute(delete(Opened).where(Opened.comment_id == comment_id, Opened.by == by))
    return True


def set_aside(session: Session, comment_id: str, by: str, now: datetime) -> None:
    """Leave a comment to others, inside the caller's transaction."""
    mark = insert_into(session, Passed).values(comment_id=comment_id, by=by, at=now)
    session.execute(mark.on_conflict_do_update(index_elements=["comment_id", "by"], set_={"at": now}))


def take_up_again(session: Session, comment_id: str, by: str) -> None:
    """Undo `pass_on`."""
    with transaction(session):
        session.execute(delete(Passed).where(Passed.comment_id == comment_id, Passed.by == by))


def mute_author(session: Session, comment_id: str, days: int, reason: Reason, by: str, now: datetime, *,
                is_sorted: bool = False) -> datetime:
    """Keep a comment's author from commenting under its brand for 1, 7 or 30 days from now; until when. The last word
    counts.
    `is_sorted`: a score had put in order what waited, which the statement tells.

    Raises Problem malformed for other spans, comment_not_found also when the author was erased, mute_appealed.
    """
    if days not in MUTE_DAYS:
        raise Problem("malformed", f"`days` must be one of {', '.join(map(str, MUTE_DAYS))}.")
    until = now + timedelta(days=days)
    with transaction(session):
        author, brand_id = _author(session, comment_id)
        if is_erased(session, author):  # the author before the comment, as erasing does
            raise comment_not_found()
        comment = _hold(session, comment_id)
        require_unappealed(session, author, brand_id, now)
        values = {"until": until, "reason": reason, "by": by, "at": now}
        mute = insert_into(session, Mute).values(player_id=author, brand_id=brand_id, **values)
        session.execute(mute.on_conflict_do_update(index_elements=["player_id", "brand_id"], set_=values))
        state_mute(session, comment, reason, until, now, is_sorted=is_sorted)
    return until


def unmute_author(session: Session, comment_id: str) -> None:
    """Let a comment's author write under its brand again. Raises Problem comment_not_found."""
    with transaction(session):
        _hold(session, comment_id)
        author, brand_id = _author(session, comment_id)
        session.execute(delete(Mute).where(Mute.player_id == author, Mute.brand_id == brand_id))
        withdraw_mute_appeal(session, author, brand_id)
        own = select(Comment.id + MUTE).where(Comment.player_id == author, is_of([brand_id]))
        session.execute(delete(Statement).where(Statement.ruling_id.in_(own)))


def _author(session: Session, comment_id: str) -> tuple[str, str]:
    """Who wrote it, and the id of the brand under which."""
    written = (select(Comment.player_id, Campaign.brand_id).join(Campaign, Campaign.id == Comment.campaign_id)
               .where(Comment.id == comment_id))
    found = session.execute(written).one_or_none()
    if found is None or found[1] is None:  # what is no brand's has no desk
        raise comment_not_found()
    return found[0], found[1]


def _hold(session: Session, comment_id: str) -> Comment:
    comment = session.scalar(select(Comment).where(Comment.id == comment_id).with_for_update(read=True))
    if comment is None:
        raise comment_not_found()
    return comment


def _is_there(session: Session, comment_id: str) -> bool:
    """Locked: its author may be erasing it."""
    there = select(Comment.id).where(Comment.id == comment_id).with_for_update(read=True)
    return session.scalar(there) is not None
