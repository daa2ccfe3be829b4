"""What an author alone may read: the own comments that are not public or may still be changed, and why; of the others
which they are.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign
from server.clock import rfc3339
from server.comments.appeal_comment import appeal_about, appeals_of, restriction_of
from server.comments.appeal_mute import find_mute_appeal, find_mute_statement
from server.comments.comment import EDITABLE_FOR, THE_RULES, Comment, CommentState, RulingEntry
from server.comments.desk_rows import Mute
from server.comments.react import own_reactions
from server.comments.report import Appeal, MuteAppeal, Statement
from server.comments.ruling import Decision
from server.comments.undo_ruling import standing_rulings

MOST = 100
MOST_PUBLISHED = 1_000  # ids, which are short
TOLD_FOR = timedelta(days=30)  # that an appeal was right: a public comment is otherwise told only while it may change


def my_comments(session: Session, campaign_id: str, player_id: str, now: datetime, locale: str) -> dict[str, Any]:
    """{"comments", "published": ids, "reactions": {comment id: kind}, "mute"} of a player in a campaign.

    `comments` are the newest 100, `published` the newest 1,000 that readers see, told or not among the
    comments: no alias says whose one is. `editable_until` is null once the five minutes are over, `mute`
    while the player may write.
    """
    changeable = Comment.posted_at > now - EDITABLE_FOR
    was_right = select(Appeal.comment_id).where(Appeal.is_upheld.is_(False), Appeal.settled_at > now - TOLD_FOR)
    mine = (select(Comment)
            .where(Comment.campaign_id == campaign_id, Comment.player_id == player_id,
                   Comment.state != CommentState.TAKEN_BACK,
                   or_(Comment.state != CommentState.PUBLISHED, changeable, Comment.id.in_(was_right)))
            .order_by(Comment.posted_at.desc(), Comment.id.desc()).limit(MOST))
    return {"comments": own_comments(session, session.scalars(mine).all(), now, locale),
            "published": _published(session, campaign_id, player_id),
            "reactions": own_reactions(session, campaign_id, player_id, MOST),
            "mute": _mute(session, campaign_id, player_id, now, locale)}


def _published(session: Session, campaign_id: str, player_id: str) -> list[str]:
    own = (Comment.campaign_id == campaign_id, Comment.player_id == player_id, Comment.state == CommentState.PUBLISHED)
    newest = select(Comment.id).where(*own).order_by(Comment.posted_at.desc(), Comment.id.desc())
    return list(session.scalars(newest.limit(MOST_PUBLISHED)))


def own_comments(session: Session, comments: Sequence[Comment], now: datetime, locale: str) -> list[dict[str, Any]]:
    """Comments as their author is told of them, in the order that they came."""
    ids = [comment.id for comment in comments]
    rulings = defaultdict[str, list[RulingEntry]](list)
    for entry in session.scalars(select(RulingEntry).where(RulingEntry.comment_id.in_(ids)).order_by(RulingEntry.id)):
        rulings[entry.comment_id].append(entry)
    statements = {statement.ruling_id: statement for statement in session.scalars(
        select(Statement).where(Statement.comment_id.in_(ids)))}
    appeals = appeals_of(session, ids)
    return [{**_comment(comment, rulings[comment.id], now),
             **_restriction(comment, rulings[comment.id], statements, appeals, locale)} for comment in comments]


def _comment(comment: Comment, rulings: Sequence[RulingEntry], now: datetime) -> dict[str, Any]:
    """What posting answered, as of now. Whether the rules or a person ruled is told, not which person."""
    seen = comment.as_author_sees()
    if now >= comment.posted_at + EDITABLE_FOR:
        seen["editable_until"] = None
    return {**seen, "text": comment.text, "posted_at": rfc3339(comment.posted_at), "round_id": comment.round_id,
            "at_ms": comment.at_ms, "reply_to": comment.parent_id, "ruled_by": _signed(rulings[-1:])}


def _restriction(comment: Comment, rulings: Sequence[RulingEntry], statements: dict[str, Statement],
                 appeals: Sequence[Appeal], locale: str) -> dict[str, Any]:
    """The statement of reasons of what restricts a comment, and how its author's appeal stands."""
    restriction = restriction_of(comment, rulings)
    in_force = standing_rulings(rulings)[-1:]
    appeal = appeal_about(in_force[0], appeals) if in_force else None
    statement = statements.get(restriction.id) if restriction else None
    return {"statement": statement and statement_as_json(statement, restriction, locale),
            "may_appeal": restriction is not None and appeal is None, "appeal": appeal and appeal_as_json(appeal)}


def statement_as_json(statement: Statement, ruling: RulingEntry | None, locale: str) -> dict[str, Any]:
    """A statement with the ruling that it is of, None of a mute. On the ground of `doubt` is hidden what may be against
    the house rules, until a person has decided.
    """
    is_doubt = ruling is not None and ruling.decision == Decision.HOLD
    return {"ruling_id": statement.ruling_id, "text": statement.words(locale),
            "ground": "law" if statement.is_law else "doubt" if is_doubt else "rules",
            "by": "rules" if statement.is_automated else "person",
            "at": rfc3339(statement.at)}


def appeal_as_json(appeal: Appeal | MuteAppeal) -> dict[str, Any]:
    """`upheld`: the restriction stands; `overturned`: the author was right."""
    state = "open" if appeal.settled_at is None else "upheld" if appeal.is_upheld else "overturned"
    return {"state": state, "at": rfc3339(appeal.at), "settled_at": appeal.settled_at and rfc3339(appeal.settled_at)}


def _signed(entries: Sequence[RulingEntry]) -> str:
    return "rules" if all(entry.ruled_by == THE_RULES for entry in entries) else "person"


def _mute(session: Session, campaign_id: str, player_id: str, now: datetime, locale: str) -> dict[str, Any] | None:
    """Until when the player may not write under the campaign's brand, the statement of it, which goes with the comment
    that led to it, and how the player's appeal stands.
    """
    here = select(Campaign.brand_id).where(Campaign.id == campaign_id).scalar_subquery()
    mute = session.scalar(select(Mute).where(Mute.player_id == player_id, Mute.brand_id == here, Mute.until > now))
    if mute is None:
        return None
    statement = find_mute_statement(session, player_id, mute.brand_id, mute.at)
    appeal = find_mute_appeal(session, mute)
    return {"until": rfc3339(mute.until), "statement": statement and statement_as_json(statement, None, locale),
            "may_appeal": appeal is None, "appeal": appeal and appeal_as_json(appeal)}
