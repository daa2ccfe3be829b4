"""The standings: each player's best accepted round, ties by who reached the score first."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into
from prizes.way import Ranked
from server.fairplay.review import Review, ReviewRuling
from server.play.round import Ending, Round
from server.players.player import Player


class Standing(Base):
    """One row a player and campaign: the best score, the round that made it, when it was reached."""

    __tablename__ = "standing"
    __table_args__ = (Index("ix_standing_order", "campaign_id", "score", "reached_at"),)

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    player_id: Mapped[str] = mapped_column(ForeignKey("player.id"), primary_key=True, index=True)
    round_id: Mapped[str] = mapped_column(String(32))
    score: Mapped[int] = mapped_column(Integer)
    reached_at: Mapped[datetime]


def keep_best(session: Session, campaign_id: str, player_id: str, round_id: str, score: int, at: datetime) -> None:
    """Enter a score; a lower or equal one than the player's best changes nothing. One statement."""
    entered = insert_into(session, Standing).values(campaign_id=campaign_id, player_id=player_id,
                                                    round_id=round_id, score=score, reached_at=at)
    better = {"round_id": round_id, "score": score, "reached_at": at}
    session.execute(entered.on_conflict_do_update(
        index_elements=["campaign_id", "player_id"], set_=better, where=Standing.score < entered.excluded.score))


def forget_best(session: Session, campaign_id: str, player_id: str) -> None:
    """Take a player out of the standings; `keep_best` may enter what remains."""
    session.execute(delete(Standing).where(Standing.campaign_id == campaign_id, Standing.player_id == player_id))


def find_standing(session: Session, campaign_id: str, player_id: str) -> dict[str, int] | None:
    """A player's {"rank", "score", "players"}, None without an accepted round."""
    mine = session.get(Standing, (campaign_id, player_id), populate_existing=True)
    if mine is None:
        return None
    players = count_players(session, campaign_id)
    return {"rank": 1 + _count_ahead(session, mine), "score": mine.score, "players": players}


def foresee_standing(session: Session, entry: Standing) -> dict[str, int]:
    """What `find_standing` will say once an entry is kept. Counting takes time that grows with the campaign, so it
    is done before the writing transaction, which everybody who wins at this moment waits for."""
    best = session.get(Standing, (entry.campaign_id, entry.player_id), populate_existing=True)
    stands = best if best is not None and best.score >= entry.score else entry
    players = count_players(session, entry.campaign_id) + (best is None)
    return {"rank": 1 + _count_ahead(session, stands), "score": stands.score, "players": players}


def _count_ahead(session: Session, mine: Standing) -> int:
    ahead = or_(Standing.score > mine.score, and_(Standing.score == mine.score, Standing.reached_at < mine.reached_at))
    before = select(func.count()).select_from(Standing).where(Standing.campaign_id == mine.campaign_id, ahead)
    return session.scalar(before) or 0


def count_players(session: Session, campaign_id: str) -> int:
    players = select(func.count()).select_from(Standing).where(Standing.campaign_id == campaign_id)
    return session.scalar(players) or 0


def best_of(session: Session, campaign_id: str, most: int) -> list[Ranked]:
    """The best so many players, the first one first; ties by who reached the score first."""
    best = (select(Standing, Round.ending).join(Round, Round.id == Standing.round_id)
            .where(Standing.campaign_id == campaign_id)
            .order_by(Standing.score.desc(), Standing.reached_at, Standing.player_id).limit(most))
    return [Ranked(one.player_id, one.round_id, one.score, one.reached_at, may_win=ending != Ending.ABANDONED)
            for one, ending in session.execute(best)]


def top_of(session: Session, campaign_id: str, limit: int) -> list[dict[str, Any]]:
    """The best places; each stays provisional until a person has watched its round."""
    watched = exists().where(Review.round_id == Standing.round_id, Review.ruling == ReviewRuling.RELEASE)
    best = (select(Standing, Player.alias, watched).join(Player, Player.id == Standing.player_id)
            .where(Standing.campaign_id == campaign_id)
            .order_by(Standing.score.desc(), Standing.reached_at, Standing.player_id).limit(limit))
    return [{"rank": rank, "alias": alias, "score": standing.score, "round_id": standing.round_id,
             "provisional": not is_seen}
            for rank, (standing, alias, is_seen) in enumerate(session.execute(best), start=1)]
