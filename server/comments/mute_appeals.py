"""Appeals against mutes as the desk has them: which wait, and another person than who muted decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from server import outbox
from server.campaigns.campaign import Campaign
from server.comments.appeal_mute import find_mute_statement
from server.comments.comment import Comment
from server.comments.desk_rows import Mute
from server.comments.feed import TOPIC
from server.comments.report import MUTE, MuteAppeal, Statement
from server.comments.state_reasons import state_mute
from server.db import transaction
from server.errors import Problem
from server.players.player import Player

MOST = 50


@dataclass(frozen=True)
class OpenMuteAppeal:
    """An author's words against a mute. `until` is None when another mute has taken the place of this one since; `said`
    when the comment that led to it is gone.
    """

    appeal: MuteAppeal
    alias: str | None
    until: datetime | None
    said: str | None


def open_mute_appeals(session: Session, by: str, brands: Collection[str]) -> Sequence[OpenMuteAppeal]:
    """The oldest 50 of these brands that this person may decide."""
    of_this = and_(Mute.player_id == MuteAppeal.player_id, Mute.brand_id == MuteAppeal.brand_id,
                   Mute.at == MuteAppeal.muted_at)
    statement = (select(Comment.text).join(Statement, Statement.ruling_id == Comment.id + MUTE)
                 .join(Campaign, Campaign.id == Comment.campaign_id)
                 .where(Comment.player_id == MuteAppeal.player_id, Statement.at == MuteAppeal.muted_at,
                        Campaign.brand_id == MuteAppeal.brand_id)
                 .limit(1).scalar_subquery())
    waiting = (select(MuteAppeal, Player.alias, Mute.until, statement)
               .join(Player, Player.id == MuteAppeal.player_id).outerjoin(Mute, of_this)
               .where(MuteAppeal.settled_at.is_(None), MuteAppeal.muted_by != by, MuteAppeal.brand_id.in_(brands))
               .order_by(MuteAppeal.at, MuteAppeal.id).limit(MOST))
    return [OpenMuteAppeal(*row) for row in session.execute(waiting)]


def count_mute_appeals(session: Session, brands: Collection[str], against: str | None = None) -> int:
    """How many of these brands are open, all or those against mutes of a person."""
    still_open = (select(func.count()).select_from(MuteAppeal)
                  .where(MuteAppeal.settled_at.is_(None), MuteAppeal.brand_id.in_(brands)))
    return session.scalar(still_open if against is None else still_open.where(MuteAppeal.muted_by == against)) or 0


def get_mute_appeal(session: Session, appeal_id: str, brands: Collection[str]) -> MuteAppeal:
    """An appeal to one of these brands, open or settled; raises Problem not_found for any other."""
    found = session.get(MuteAppeal, appeal_id)
    if found is None or found.brand_id not in brands:
        raise Problem("not_found", "There is no such appeal.")
    return found


def settle_mute_appeal(session: Session, appeal_id: str, by: str, now: datetime, *, is_upheld: bool,
                       is_sorted: bool = False) -> None:
    """Let a mute stand, or end it at once (its author was right); either way the author's page hears of it. What is
    over by itself is decided all the same: its author asked.

    Raises Problem own_ruling for who muted, appeal_settled when it is not open (any more).
    """
    with transaction(session):
        appeal = session.get(MuteAppeal, appeal_id)
        if appeal is None:
            raise _settled()
        if appeal.muted_by == by:
            raise Problem("own_ruling", "The author appeals against your mute: somebody else decides now.")
        comment, mute = _hold(session, appeal)
        _settle(session, appeal_id, by, now, is_upheld=is_upheld)
        if mute is not None and is_upheld and comment is not None:
            state_mute(session, comment, mute.reason, mute.until, mute.at, is_upheld=True, is_sorted=is_sorted)
        elif mute is not None and not is_upheld:
            mute.until = min(mute.until, now)
        if comment is not None:
            outbox.tell(session, comment.campaign_id, TOPIC, comment.id, now)


def _hold(session: Session, appeal: MuteAppeal) -> tuple[Comment | None, Mute | None]:
    """The comment that led to the mute, and the mute: in the order in which muting and erasing take them."""
    statement = find_mute_statement(session, appeal.player_id, appeal.brand_id, appeal.muted_at)
    named = select(Comment).where(Comment.id == statement.comment_id) if statement else None
    comment = session.scalar(named.with_for_update(read=True)) if named is not None else None
    mute = select(Mute).where(Mute.player_id == appeal.player_id, Mute.brand_id == appeal.brand_id,
                              Mute.at == appeal.muted_at)
    return comment, session.scalar(mute.with_for_update())


def _settle(session: Session, appeal_id: str, by: str, now: datetime, *, is_upheld: bool) -> None:
    still_open = (MuteAppeal.id == appeal_id, MuteAppeal.settled_at.is_(None))
    settled = update(MuteAppeal).where(*still_open).values(is_upheld=is_upheld, settled_by=by, settled_at=now)
    if session.scalar(settled.returning(MuteAppeal.id)) is None:
        raise _settled()


def _settled() -> Problem:
    return Problem("appeal_settled", "This appeal has been decided, or is gone.")
