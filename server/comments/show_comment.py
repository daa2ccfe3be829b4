"""Public comments as the wire shows them: with their author's laurels, their reactions and their first replies."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from server.clock import exact, rfc3339
from server.comments.comment import Comment, CommentState
from server.comments.place import Place
from server.comments.reaction import Reaction
from server.players.laurels import Laurels
from server.players.player import Player

REPLIES_SHOWN = 3  # beneath a comment in a list; the others come by pages
PAGE = 20
Said = Row[Comment, str | None]  # with its author's alias


LaurelsOf = Callable[[Session, str, Collection[str], str], Mapping[str, Laurels]]
"""(session, campaign id, player ids, locale): play's word on authors, which this package does not know."""


@dataclass(frozen=True)
class Reading:
    """What is read, in which language, and whom to ask about authors."""

    campaign_id: str
    locale: str
    laurels_of: LaurelsOf


def public_comments() -> Select[Comment, str | None]:
    """Every comment that anybody may read, with its author's alias: published, and a reply's parent too."""
    parent = aliased(Comment)
    stands = or_(Comment.parent_id.is_(None), parent.state == CommentState.PUBLISHED)
    return (select(Comment, Player.alias).join(Player, Player.id == Comment.player_id)
            .outerjoin(parent, parent.id == Comment.parent_id).where(Comment.state == CommentState.PUBLISHED, stands))


def show_comments(session: Session, reading: Reading, said: Sequence[Said]) -> list[dict[str, Any]]:
    """Public comments in the wire's form; those that are no replies themselves with their first replies."""
    threads = _first_replies(session, [comment.id for comment, _ in said if comment.parent_id is None])
    everything = [*said, *(reply for thread in threads.values() for reply in thread)]
    as_json = _dress(session, reading, everything)
    for comment, _ in said:
        if comment.parent_id is None:
            thread = threads[comment.id]
            shown = [as_json[reply.id] for reply, _ in thread[:REPLIES_SHOWN]]
            last = thread[REPLIES_SHOWN - 1].Comment if len(thread) > REPLIES_SHOWN else None
            as_json[comment.id] |= {"replies": shown, "replies_next": None if last is None else cursor_at(last)}
    return [as_json[comment.id] for comment, _ in said]


def show_replies(session: Session, reading: Reading, parent_id: str, after: Place | None) -> dict[str, Any]:
    """A page of {"replies", "next"}, the oldest first. The caller knows that the parent is public."""
    page = _published_replies([parent_id]).order_by(Comment.published_at, Comment.id).limit(PAGE + 1)
    if after is not None:
        place = tuple_(Comment.published_at, Comment.id)
        page = page.where(place > tuple_(after.at, after.comment_id))
    said = session.execute(page).all()
    as_json = _dress(session, reading, said[:PAGE])
    more = cursor_at(said[PAGE - 1].Comment) if len(said) > PAGE else None
    return {"replies": list(as_json.values()), "next": more}


def cursor_at(comment: Comment, *, is_best: bool = False) -> str:
    """The cursor of a published comment's place."""
    if comment.published_at is None:
        raise ValueError(f"comment {comment.id} was never published")
    return Place(comment.published_at, comment.id, comment.liked if is_best else None).as_cursor()


def reactions_to(session: Session, comment_ids: Collection[str]) -> dict[str, dict[str, int]]:
    """How many reactions of each kind comments have: {comment id: {kind: count}}."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    counts = (select(Reaction.comment_id, Reaction.kind, func.count()).where(Reaction.comment_id.in_(comment_ids))
              .group_by(Reaction.comment_id, Reaction.kind).order_by(Reaction.kind))
    for comment_id, kind, count in session.execute(counts):
        counted[comment_id][kind.value] = count
    return counted


def _published_replies(parent_ids: Collection[str]) -> Select[Comment, str | None]:
    return (select(Comment, Player.alias).join(Player, Player.id == Comment.player_id)
            .where(Comment.parent_id.in_(parent_ids), Comment.state == CommentState.PUBLISHED))


def _first_replies(session: Session, parent_ids: Collection[str]) -> dict[str, list[Said]]:
    """One more than is shown of each, so that it is known whether there are others."""
    in_thread = func.row_number().over(partition_by=Comment.parent_id, order_by=(Comment.published_at, Comment.id))
    numbered = (select(Comment.id, in_thread.label("number"))
                .where(Comment.parent_id.in_(parent_ids), Comment.state == CommentState.PUBLISHED).subquery())
    first = (_published_replies(parent_ids).join(numbered, numbered.c.id == Comment.id)
             .where(numbered.c.number <= REPLIES_SHOWN + 1).order_by(Comment.published_at, Comment.id))
    threads: dict[str, list[Said]] = defaultdict(list)
    for row in session.execute(first).all() if parent_ids else ():
        threads[row.Comment.parent_id or ""].append(row)
    return threads


def _dress(session: Session, reading: Reading, said: Iterable[Said]) -> dict[str, dict[str, Any]]:
    """{comment id: what everybody is shown of it}, in the order that they came."""
    rows = list(said)
    reactions = reactions_to(session, [comment.id for comment, _ in rows])
    authors = {comment.player_id for comment, _ in rows}
    laurels = reading.laurels_of(session, reading.campaign_id, authors, reading.locale)
    return {comment.id: _as_json(comment, alias, laurels.get(comment.player_id, Laurels()), reactions[comment.id])
            for comment, alias in rows}


def _as_json(comment: Comment, alias: str | None, laurels: Laurels, reactions: dict[str, int]) -> dict[str, Any]:
    return {"id": comment.id, "alias": alias, "badge": laurels.badge, "score": laurels.score, "text": comment.text,
            "posted_at": rfc3339(comment.posted_at),
            "published_at": comment.published_at and exact(comment.published_at),
            "revision": comment.revision, "edited": comment.edited_at is not None,
            "round_id": comment.round_id, "at_ms": comment.at_ms, "reply_to": comment.parent_id,
            "reactions": reactions}
