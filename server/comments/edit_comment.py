"""Edit a comment or take it back: by its author, within five minutes of the posting.

An edit is a new revision, which nobody has seen: it goes back to held, and a public comment disappears. The UPDATE
names the revision and the count of rulings that were seen, as a person's ruling does: of the two at once one wins.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign
from server.comments.comment import (
    EDITABLE_FOR,
    Comment,
    CommentRevision,
    CommentState,
    comment_not_found,
    is_comment_id,
)
from server.comments.contribution import Contribution, Sender, contribution
from server.comments.feed import tell_of_change
from server.comments.forget import forget_comments
from server.comments.post_comment import (
    insert_row,
    keep_ruling,
    require_comments,
    require_writer,
    screen_text,
)
from server.comments.reaction import Reaction
from server.db import transaction
from server.errors import Problem


def edit_comment(session: Session, comment_id: str, player_id: str, text: str, revision: int, sender: Sender,
                 now: datetime) -> Comment:
    """Replace a comment's text, whose revision its author names; the new one is screened and held.

    Raises Problem comment_not_found (another player's too), edit_expired, comment_changed, comment_refused (the old
    text stands), and what posting raises.
    """
    seen = _own_changeable(session, comment_id, player_id, now)
    if seen.revision != revision:
        raise _changed(f"This comment is at revision {seen.revision}, not {revision}; look again.")
    campaign = session.get_one(Campaign, seen.campaign_id)
    require_comments(campaign, now)
    ruling = screen_text(session, campaign, player_id, text, now, apart_from=seen.id)
    old = {"comment_id": seen.id, "number": seen.revision, "text": seen.text,
           "posted_at": seen.edited_at or seen.posted_at}
    new = {"text": text, "state": CommentState.HELD, "reason": ruling.reason, "edited_at": now, "liked": 0,
           "revision": seen.revision + 1, "rulings": seen.rulings + 1,
           **dict(zip(("span_start", "span_end"), ruling.span or (None, None), strict=True))}
    written = contribution(sender, seen.id, seen.revision + 1, player_id, now)
    with transaction(session):
        require_writer(session, campaign, player_id, now)
        edited: Comment | None = session.scalar(update(Comment).where(*_as_seen(seen)).values(**new).returning(Comment))
        if edited is None:
            raise _changed("Somebody ruled on this comment at the same moment; look again.")
        insert_row(session, CommentRevision, old)
        session.execute(delete(Reaction).where(Reaction.comment_id == seen.id))  # they were to another text
        keep_ruling(session, edited, ruling, now)
        insert_row(session, Contribution, written)
        if seen.state == CommentState.PUBLISHED:
            tell_of_change(session, seen, now)
    return edited


def take_back(session: Session, comment_id: str, player_id: str, now: datetime) -> None:
    """Forget a comment as its author wishes; what was ruled stays, without a text.

    Raises Problem comment_not_found (another player's too), edit_expired or comment_changed.
    """
    seen = _own_changeable(session, comment_id, player_id, now)
    with transaction(session):
        if session.scalar(select(Comment.id).where(*_as_seen(seen)).with_for_update()) is None:
            raise _changed("Somebody ruled on this comment at the same moment; look again.")
        forget_comments(session, [seen.id], now)


def _own_changeable(session: Session, comment_id: str, player_id: str, now: datetime) -> Comment:
    own = select(Comment).where(Comment.id == comment_id, Comment.player_id == player_id)
    seen = session.scalar(own) if is_comment_id(comment_id) else None
    if seen is None or seen.state == CommentState.TAKEN_BACK:
        raise comment_not_found()
    if now >= seen.posted_at + EDITABLE_FOR:
        minutes = EDITABLE_FOR.total_seconds() / 60
        raise Problem("edit_expired", f"A comment may be changed for {minutes:.0f} minutes; these are over.")
    if not seen.may_change:
        raise _changed(f"This comment is {seen.state}; it stays as it is.")
    return seen


def _as_seen(seen: Comment) -> tuple[ColumnElement[bool], ...]:
    return (Comment.id == seen.id, Comment.state == seen.state, Comment.revision == seen.revision,
            Comment.rulings == seen.rulings)


def _changed(sentence: str) -> Problem:
    return Problem("comment_changed", sentence)
