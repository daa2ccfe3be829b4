"""What came of a campaign's posters: scans by day, players who played on from them, their rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from server.play.posters.poster import Poster, PosterDay, PosterUse
from server.play.round import Round


@dataclass(frozen=True)
class Figures:
    """Counts since a poster was made."""

    scans: int = 0
    players: int = 0
    rounds: int = 0


def posters_of(session: Session, campaign_id: str) -> Sequence[Poster]:
    """The newest first."""
    own = select(Poster).where(Poster.campaign_id == campaign_id)
    return session.scalars(own.order_by(Poster.created_at.desc(), Poster.id)).all()


def figures_of(session: Session, poster_ids: Sequence[str]) -> dict[str, Figures]:
    """By poster; a round counts for every poster by which its player had come before it."""
    scans = _counted(session, select(PosterDay.poster_id, func.sum(PosterDay.scans)), PosterDay, poster_ids)
    players = _counted(session, select(PosterUse.poster_id, func.count(PosterUse.player_id.distinct())), PosterUse,
                       poster_ids)
    played = (select(PosterUse.poster_id, func.count(Round.id.distinct())).select_from(PosterUse)
              .join(Poster, Poster.id == PosterUse.poster_id)
              .join(Round, (Round.player_id == PosterUse.player_id) & (Round.campaign_id == Poster.campaign_id)
                    & (Round.opened_at >= PosterUse.counts_from)))
    rounds = _counted(session, played, PosterUse, poster_ids)
    return {poster_id: Figures(scans.get(poster_id, 0), players.get(poster_id, 0), rounds.get(poster_id, 0))
            for poster_id in poster_ids}


def _counted(session: Session, counts: Select[str, int], table: type[PosterDay | PosterUse],
             poster_ids: Sequence[str]) -> dict[str, int]:
    found = session.execute(counts.where(table.poster_id.in_(poster_ids)).group_by(table.poster_id))
    return {poster_id: int(count) for poster_id, count in found}


def days_of(session: Session, poster_id: str, last: str, days: int) -> list[tuple[str, int, int]]:
    """(day, scans, unlocks) of the last days, the oldest first, also where nothing happened."""
    every = [str(date.fromisoformat(last) - timedelta(days=back)) for back in reversed(range(days))]
    own = select(PosterDay).where(PosterDay.poster_id == poster_id, PosterDay.day.between(every[0], last))
    known = {row.day: row for row in session.scalars(own)}
    return [(day, known[day].scans, known[day].unlocks) if day in known else (day, 0, 0) for day in every]
