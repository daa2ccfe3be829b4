"""Post a comment: it is screened, kept as it was typed, and waits for a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.db import new_id
from server.campaigns.campaign import Campaign, CommentsMode, require_open
from server.comments.comment import Comment, CommentState, ruling_entry
from server.comments.rules import MOST_CHARACTERS, Draft, screen
from server.comments.ruling import Decision, Reason, Ruling
from server.db import transaction
from server.errors import Problem
from server.players.player import Player

THE_RULES = "rules"  # who signs a ruling that no person made
MEMORY = timedelta(hours=24)  # the same text again within it is a repeat
MOST_REMEMBERED = 50

SENTENCES = {
    Reason.EMPTY: "There is nothing to read in this comment.",
    Reason.TOO_LONG: f"A comment may have {MOST_CHARACTERS} characters at most.",
    Reason.CONTROL: "This comment holds characters that turn or hide text.",
    Reason.REPEAT: "You have posted this comment already; it waits for its review.",
}


@dataclass(frozen=True)
class Posting:
    """What a player sends: a text, stripped, and perhaps the id of an own round that it is about."""

    text: str
    round_id: str | None


def post_comment(session: Session, campaign: Campaign, player: Player, posting: Posting, now: datetime) -> Comment:
    """Screen and store a comment; it is held, whatever the rules found.

    Raises Problem comment_refused (with `reason`; nothing is stored), not_allowed when the campaign
    takes no comments, unknown_player, campaign_not_open, campaign_paused or campaign_closed.
    """
    _require_comments(campaign, now)
    ruling = screen(Draft(posting.text, _recent_texts(session, campaign, player, now)))
    if ruling.decision == Decision.REFUSE:
        raise Problem("comment_refused", SENTENCES[ruling.reason], reason=ruling.reason)
    comment = _held(campaign, player, posting, ruling, now)
    with transaction(session):
        _require_token(session, comment.player_id)
        session.add(comment)
        session.add(ruling_entry(comment, 1, ruling, THE_RULES, now))
    return comment


def _require_comments(campaign: Campaign, now: datetime) -> None:
    if campaign.comments_mode == CommentsMode.OFF:
        raise Problem("not_allowed", "This campaign takes no comments.")
    require_open(campaign, now)


def _require_token(session: Session, player_id: str) -> None:
    """Hold the player's row: who is being erased at this moment must not leave a text behind."""
    known = select(Player.id).where(Player.id == player_id, Player.token_hash.is_not(None))
    if session.scalar(known.with_for_update(read=True)) is None:
        raise Problem("unknown_player", "This player has been erased.")


def _recent_texts(session: Session, campaign: Campaign, player: Player, now: datetime) -> list[str]:
    own = (Comment.campaign_id == campaign.id, Comment.player_id == player.id, Comment.posted_at > now - MEMORY)
    latest = select(Comment.text).where(*own).order_by(Comment.posted_at.desc()).limit(MOST_REMEMBERED)
    return list(session.scalars(latest))


def _held(campaign: Campaign, player: Player, posting: Posting, ruling: Ruling, now: datetime) -> Comment:
    return Comment(id=new_id(), campaign_id=campaign.id, player_id=player.id, round_id=posting.round_id,
                   text=posting.text, state=CommentState.HELD, reason=ruling.reason, rulings=1, revision=1,
                   posted_at=now)
