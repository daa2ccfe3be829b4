"""What a moderator sees beside a comment: the talk around it, its author's history, what readers reported."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign
from server.comments.comment import Comment, CommentRevision
from server.comments.desk_rows import Mute
from server.comments.hide_comment import count_readers
from server.comments.of_brands import is_of
from server.comments.queue import NOWHERE, Waiting
from server.comments.report import CommentReport
from server.comments.rule_on_comment import open_reports
from server.players.player import Player

MOST_IN_THREAD = 12
MOST_IN_HISTORY = 10


@dataclass(frozen=True)
class Author:
    """`states` counts the author's comments; `latest` are the last ones but this, the newest first."""

    alias: str | None
    since: datetime
    states: dict[str, int]
    latest: list[Comment]
    muted_until: datetime | None


@dataclass(frozen=True)
class Context:
    """`thread` is the comment it replies to, with that one's replies, or its own replies; the oldest first. `readers`
    counts the distinct ones who reported the present text; of `reports` the open ones are told, also of earlier texts.
    """

    comment: Comment
    campaign: Campaign
    thread: list[Waiting]
    author: Author
    reports: list[CommentReport]
    readers: int
    earlier_texts: list[str]


def find_context(session: Session, comment_id: str, brands: Collection[str], now: datetime) -> Context | None:
    """What is told around a comment of these brands; None for any other, and for one whose text is gone."""
    found = session.execute(select(Comment, Campaign, Player).join(Campaign, Campaign.id == Comment.campaign_id)
                            .join(Player, Player.id == Comment.player_id)
                            .where(Comment.id == comment_id, Comment.state.not_in(NOWHERE),
                                   is_of(brands))).one_or_none()
    if found is None:
        return None
    comment, campaign, _ = found
    earlier = select(CommentRevision.text).where(CommentRevision.comment_id == comment_id)
    return Context(comment, campaign, _thread(session, comment), _author(session, found, brands, now),
                   open_reports(session, comment_id), count_readers(session, comment_id),
                   list(session.scalars(earlier.order_by(CommentRevision.number))))


def _thread(session: Session, comment: Comment) -> list[Waiting]:
    root = comment.parent_id or comment.id
    around = (or_(Comment.id == root, Comment.parent_id == root), Comment.id != comment.id,
              Comment.state.not_in(NOWHERE))
    rows = session.execute(select(Comment, Player.alias).join(Player, Player.id == Comment.player_id).where(*around)
                           .order_by(Comment.posted_at, Comment.id).limit(MOST_IN_THREAD))
    return [Waiting(one, alias) for one, alias in rows]


def _author(session: Session, found: Row[Comment, Campaign, Player], brands: Collection[str],
            now: datetime) -> Author:
    comment, campaign, player = found
    own = (Comment.player_id == player.id, Comment.state.not_in(NOWHERE), is_of(brands))
    states = session.execute(select(Comment.state, func.count()).where(*own).group_by(Comment.state))
    latest = select(Comment).where(*own, Comment.id != comment.id).order_by(Comment.posted_at.desc(), Comment.id.desc())
    muted = select(Mute.until).where(Mute.player_id == player.id, Mute.brand_id == campaign.brand_id,
                                      Mute.until > now)
    return Author(player.alias, player.created_at, Counter({str(state): count for state, count in states}),
                  list(session.scalars(latest.limit(MOST_IN_HISTORY))), session.scalar(muted))
