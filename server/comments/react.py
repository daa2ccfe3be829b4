"""React to a public comment, or take that back: one reaction a player and comment, and `liked` counts them."""

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from prizes.db import insert_into
from server.campaigns.campaign import Campaign, CommentsMode
from server.comments.comment import Comment, comment_not_found, is_comment_id
from server.comments.feed import touch_feed
from server.comments.reaction import Reaction, ReactionKind
from server.comments.show_comment import public_comments, reactions_to
from server.db import transaction
from server.errors import Problem
from server.players.player import is_erased


def react(session: Session, comment_id: str, player_id: str, kind: ReactionKind | None) -> Mapping[str, int]:
    """Set a player's reaction, None for none; how many of each kind the comment has then.

    The comment's row is held first: reactions to it come one after the other, and an edit or a ruling between them.
    Raises Problem comment_not_found for whatever is not public, not_allowed where comments are switched off (what was
    given may be taken back), unknown_player when the player was just erased.
    """
    if not is_comment_id(comment_id):
        raise comment_not_found()
    with transaction(session):
        if is_erased(session, player_id):  # who is being erased at this moment must not leave a reaction behind
            raise Problem("unknown_player", "This player has been erased.")
        campaign_id, mode = _hold_public(session, comment_id)
        if kind is not None and mode == CommentsMode.OFF:
            raise Problem("not_allowed", "This campaign takes no comments, and no reactions to them.")
        added = _set(session, comment_id, player_id, kind) if kind else -_unset(session, comment_id, player_id)
        if added:
            session.execute(update(Comment).where(Comment.id == comment_id).values(liked=Comment.liked + added))
        touch_feed(session, campaign_id)
        return reactions_to(session, [comment_id])[comment_id]


def own_reactions(session: Session, campaign_id: str, player_id: str, most: int) -> Mapping[str, str]:
    """A player's reactions in a campaign, on the newest comments first: {comment id: kind}."""
    given = (select(Reaction.comment_id, Reaction.kind).join(Comment, Comment.id == Reaction.comment_id)
             .where(Reaction.player_id == player_id, Comment.campaign_id == campaign_id)
             .order_by(Comment.published_at.desc()).limit(most))
    return dict(session.execute(given).all())


def _hold_public(session: Session, comment_id: str) -> tuple[str, CommentsMode]:
    """Lock a comment that anybody may read, where comments are shown; its campaign, and whether they are."""
    of_campaign = public_comments().join(Campaign, Campaign.id == Comment.campaign_id)
    held = of_campaign.with_only_columns(Campaign.id, Campaign.comments_mode).where(Comment.id == comment_id)
    found = session.execute(held.with_for_update(of=Comment)).one_or_none()
    if found is None:
        raise comment_not_found()
    return found.id, found.comments_mode


def _set(session: Session, comment_id: str, player_id: str, kind: ReactionKind) -> int:
    """1 when it is the player's first one to this comment."""
    row = insert_into(session, Reaction).values(comment_id=comment_id, player_id=player_id, kind=kind)
    fresh = row.on_conflict_do_nothing(index_elements=["comment_id", "player_id"]).returning(Reaction.comment_id)
    if session.scalar(fresh) is not None:
        return 1
    own = (Reaction.comment_id == comment_id, Reaction.player_id == player_id)
    session.execute(update(Reaction).where(*own).values(kind=kind))
    return 0


def _unset(session: Session, comment_id: str, player_id: str) -> int:
    """1 when there was one."""
    own = (Reaction.comment_id == comment_id, Reaction.player_id == player_id)
    return len(session.scalars(delete(Reaction).where(*own).returning(Reaction.comment_id)).all())
