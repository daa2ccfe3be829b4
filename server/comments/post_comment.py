"""Post a comment: it is screened, kept as it was typed, and waits for a person unless its author is trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, insert, select
from sqlalchemy.orm import Session

from prizes.db import Base, new_id
from server.campaigns.campaign import Campaign, CommentsMode, require_open
from server.clock import rfc3339
from server.comments.comment import (
    RULED_OUT,
    THE_RULES,
    Comment,
    CommentRevision,
    CommentState,
    RulingEntry,
    comment_not_found,
    is_comment_id,
    ruling_id,
)
from server.comments.contribution import Contribution, Sender, contribution
from server.comments.desk_rows import Mute
from server.comments.feed import tell_of_change
from server.comments.rules import MOST_CHARACTERS, Draft, screen
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.trust import is_trusted
from server.errors import Problem
from server.plain import Plain, lone
from server.players.player import Player
from server.together import write_together

MEMORY = timedelta(hours=24)  # the same text again within it is a repeat
A_WHILE = timedelta(minutes=10)  # over which a flood is counted
MOST_REMEMBERED = 50

SENTENCES = {
    Reason.EMPTY: "There is nothing to read in this comment.",
    Reason.TOO_LONG: f"A comment may have {MOST_CHARACTERS} characters at most.",
    Reason.CONTROL: "This comment holds characters that turn or hide text.",
    Reason.MARKS: "This comment heaps marks upon a letter.",
    Reason.REPEAT: "You have posted this comment already; it waits for its review.",
    Reason.FLOOD: "You have posted many comments in a short time; come back later.",
}


@dataclass(frozen=True)
class Posting:
    """What a player sends: a text, stripped, and perhaps the id of the comment that it answers, or of the round that
    it is about with the moment in it.
    """

    text: str
    reply_to: str | None = None
    round_id: str | None = None
    at_ms: int | None = None


def post_comment(session: Session, campaign: Campaign, player_id: str, posting: Posting, sender: Sender,
                 now: datetime) -> Comment:
    """Screen and store a comment: held, or published when the campaign trusts its author and no rule found anything.

    Raises Problem comment_refused (with `reason`; nothing is stored), not_allowed when the campaign takes no comments,
    muted (with `until`), comment_not_found for an answer to what is not public or is an answer itself,
    unknown_player, campaign_not_open, campaign_paused or campaign_closed.
    """
    require_comments(campaign, now)
    return write_together(session, lambda session: _post(session, campaign, player_id, posting, sender, now))


def _post(session: Session, campaign: Campaign, player_id: str, posting: Posting, sender: Sender,
          now: datetime) -> Comment:
    """Inside the caller's transaction, slow work first: no row is held while a text is screened and sealed."""
    screened = screen_text(session, campaign, player_id, posting.text, now)
    comment_id = new_id()
    written = contribution(sender, comment_id, 1, player_id, now)
    ruling = _trusted(session, campaign, player_id, screened, now)
    require_writer(session, campaign, player_id, now)
    if posting.reply_to is not None:
        _hold_parent(session, campaign, posting.reply_to)
    row = _row(comment_id, campaign, player_id, posting, ruling, now)
    comment = lone(Comment, row)
    insert_row(session, Comment, row)
    keep_ruling(session, comment, ruling, now)
    insert_row(session, Contribution, written)
    if comment.state == CommentState.PUBLISHED:
        tell_of_change(session, comment, now)
    return comment


def require_comments(campaign: Campaign, now: datetime) -> None:
    """Raises Problem not_allowed, campaign_not_open, campaign_paused or campaign_closed."""
    if campaign.comments_mode == CommentsMode.OFF:
        raise _takes_none()
    require_open(campaign, now)


def screen_text(session: Session, campaign: Campaign, player_id: str, text: str, now: datetime,
                apart_from: str | None = None) -> Ruling:
    """What the rules say of a text; `apart_from` is the comment that it is to replace. Raises Problem
    comment_refused.
    """
    recent = _recent(session, player_id, now, apart_from)
    ruling = screen(Draft(
        text, [said for said, campaign_id, _, _ in recent if campaign_id == campaign.id],
        posted_lately=sum(posted_at > now - A_WHILE for _, _, _, posted_at in recent),
        refused_lately=sum(state in RULED_OUT for _, _, state, _ in recent), languages=campaign.locales,
        banned=tuple(campaign.banned_words), allowed=tuple(campaign.allowed_words)))
    if ruling.decision == Decision.REFUSE:
        raise Problem("comment_refused", SENTENCES[ruling.reason], reason=ruling.reason)
    return ruling


def require_writer(session: Session, campaign: Campaign, player_id: str, now: datetime) -> None:
    """Hold the player's row: who is being erased at this moment must not leave a text behind.

    Raises Problem unknown_player or muted.
    """
    found = _WRITER.run(session, player_id=player_id, brand_id=campaign.brand_id)
    if not found:
        raise Problem("unknown_player", "This player has been erased.")
    [(until,)] = found
    if until is not None and until > now:
        raise Problem("muted", f"You may write comments again from {campaign.local(until)} on.", until=rfc3339(until))


def keep_ruling(session: Session, comment: Comment, ruling: Ruling, now: datetime) -> None:
    """Write what the rules said of a comment's present text, as the last of its rulings."""
    insert_row(session, RulingEntry, {
        "id": ruling_id(comment.id, comment.rulings), "comment_id": comment.id, "campaign_id": comment.campaign_id,
        "revision": comment.revision, "decision": ruling.decision, "reason": ruling.reason, "ruled_by": THE_RULES,
        "at": now})


def insert_row(session: Session, table: type[Base], row: dict[str, Any]) -> None:
    """One plain INSERT inside the caller's transaction: for rows that nobody looks at again as objects. What the row
    lacks is NULL: no default is asked.
    """
    _INSERTS[table].run(session, **row)


def _trusted(session: Session, campaign: Campaign, player_id: str, ruling: Ruling, now: datetime) -> Ruling:
    """The rules' own word to publish, where they found nothing and the author has earned it. The campaign's mode is
    held until the transaction ends: once another one stands, nothing is published under this one.
    """
    [(mode,)] = _MODE.run(session, campaign_id=campaign.id)
    if mode == CommentsMode.OFF:
        raise _takes_none()
    found_nothing = ruling.reason == Reason.AWAITS_REVIEW
    if mode == CommentsMode.TRUSTED and found_nothing and is_trusted(session, campaign.id, player_id, now):
        return Ruling(Decision.PUBLISH, Reason.FINE)
    return ruling


def _takes_none() -> Problem:
    return Problem("not_allowed", "This campaign takes no comments.")


def _recent(session: Session, player_id: str, now: datetime, apart_from: str | None) -> Sequence[Any]:
    """Text, place, state and time of an author's latest comments, in any campaign."""
    return _LATEST.run(session, player_id=player_id, since=now - MEMORY, apart_from=apart_from or "")


def _hold_parent(session: Session, campaign: Campaign, parent_id: str) -> None:
    """Hold the row of the comment that is answered, which must be public and no answer itself."""
    public = select(Comment.id).where(Comment.id == parent_id, Comment.campaign_id == campaign.id,
                                      Comment.parent_id.is_(None), Comment.state == CommentState.PUBLISHED)
    held = session.scalar(public.with_for_update(read=True)) if is_comment_id(parent_id) else None
    if held is None:
        raise comment_not_found()


def _row(comment_id: str, campaign: Campaign, player_id: str, posting: Posting, ruling: Ruling,
         now: datetime) -> dict[str, Any]:
    is_public = ruling.decision == Decision.PUBLISH
    start, end = ruling.span or (None, None)
    return {"id": comment_id, "campaign_id": campaign.id, "player_id": player_id, "parent_id": posting.reply_to,
            "round_id": posting.round_id, "at_ms": posting.at_ms, "text": posting.text, "reason": ruling.reason,
            "state": CommentState.PUBLISHED if is_public else CommentState.HELD, "rulings": 1, "revision": 1,
            "liked": 0, "span_start": start, "span_end": end, "posted_at": now,
            "published_at": now if is_public else None}


_WRITTEN: tuple[type[Base], ...] = (Comment, CommentRevision, RulingEntry, Contribution)
_INSERTS = {table: Plain(insert(cast("Table", table.__table__)).inline()) for table in _WRITTEN}
_MUTED = and_(Mute.player_id == Player.id, Mute.brand_id == bindparam("brand_id"))
_WRITER = Plain(select(Mute.until).select_from(Player).outerjoin(Mute, _MUTED)
                .where(Player.id == bindparam("player_id"), Player.token_hash.is_not(None))
                .with_for_update(read=True, of=Player))
_MODE = Plain(select(Campaign.comments_mode).where(Campaign.id == bindparam("campaign_id")).with_for_update(read=True))
_LATEST = Plain(select(Comment.text, Comment.campaign_id, Comment.state, Comment.posted_at)
                .where(Comment.player_id == bindparam("player_id"), Comment.posted_at > bindparam("since"),
                       Comment.id != bindparam("apart_from"))
                .order_by(Comment.posted_at.desc()).limit(MOST_REMEMBERED))
