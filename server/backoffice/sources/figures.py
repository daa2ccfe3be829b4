"""How many came from where, counted from rounds and awards; what few have in common is not told to the unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, and_, case, func, not_, select
from sqlalchemy.orm import Session

from prizes.award import GIVEN_UP, HANDED_OVER, Award
from server.backoffice.few import told
from server.backoffice.home.pulse import hour_of
from server.campaigns.came_from import CameFrom, SourceKind
from server.campaigns.campaign import Campaign
from server.campaigns.source import Source
from server.play.posters.poster import PosterKind
from server.play.round import Round, Verdict

Counts = tuple[int, ...]  # players, rounds, accepted, wins, claims


@dataclass(frozen=True)
class Line:
    """A source with its counts; None is what is too few to be told."""

    came_from: CameFrom
    is_ours: bool
    players: int | None
    rounds: int | None
    accepted: int | None
    wins: int | None
    claims: int | None

    @property
    def counts(self) -> tuple[int | None, ...]:
        return self.players, self.rounds, self.accepted, self.wins, self.claims


def count_sources(session: Session, campaign: Campaign, days: int, now: datetime) -> list[Line]:
    """Each source with its counts over the last `days`, the running one among them; 0 is the whole campaign. Most
    rounds first, then what staff announced and nobody has come by. Rounds of before sources were kept are direct ones.

    Wins end with the last full hour: who saw them at once would see when no winning moment is left.
    """
    since = campaign.opens_at if days == 0 else now - timedelta(days=days)
    played, won = _played(session, campaign.id, since), _won(session, campaign.id, since, hour_of(now))
    sources = session.scalars(select(Source).where(Source.campaign_id == campaign.id)).all()
    known: dict[int | None, tuple[CameFrom, bool]] = {one.id: (one.came_from, one.is_ours) for one in sources}
    direct = next((key for key, (came, _) in known.items() if came.kind == SourceKind.DIRECT), None)
    known.setdefault(direct, (CameFrom(SourceKind.DIRECT), False))
    found: dict[int | None, Counts] = {}
    for source_id in {*played, *won}:
        key = direct if source_id is None else source_id
        both = (*played.get(source_id, (0, 0, 0)), *won.get(source_id, (0, 0)))
        found[key] = tuple(map(sum, zip(found.get(key, (0,) * 5), both, strict=True)))
    exact = [(*known[key], found.get(key, (0,) * 5)) for key in known if key in found or known[key][1]]
    exact.sort(key=lambda one: (-one[2][1], one[0]))
    return [Line(came_from, is_ours, *map(told, counts)) for came_from, is_ours, counts in exact]


def links_of(session: Session, campaign_id: str) -> Sequence[Source]:
    """The links that staff made, the newest first; those of posters and packs stand at the desk of QR codes."""
    is_poster = and_(Source.kind == SourceKind.QR, Source.name.in_([*PosterKind]))
    own = (Source.campaign_id == campaign_id, Source.is_ours, not_(is_poster))
    return session.scalars(select(Source).where(*own).order_by(Source.id.desc())).all()


def _played(session: Session, campaign_id: str, since: datetime) -> dict[int | None, Counts]:
    """Players, rounds and accepted rounds by source."""
    accepted = func.count(case((Round.verdict == Verdict.ACCEPTED, 1)))
    each = (select(Round.source_id, func.count().label("rounds"), accepted.label("accepted"))
            .where(Round.campaign_id == campaign_id, Round.opened_at >= since)
            .group_by(Round.source_id, Round.player_id).subquery())
    rows = session.execute(select(each.c.source_id, func.count(), func.sum(each.c.rounds), func.sum(each.c.accepted))
                           .group_by(each.c.source_id))
    return _by_source(rows.all())


def _won(session: Session, campaign_id: str, since: datetime, until: datetime) -> dict[int | None, Counts]:
    """Awards that stand, and those that were claimed, by the source of their rounds."""
    claimed = func.count(case((Award.state.in_(HANDED_OVER), 1)))
    rows = session.execute(
        select(Round.source_id, func.count(), claimed).join(Award, Award.round_id == Round.id)
        .where(and_(Award.campaign_id == campaign_id, Award.awarded_at >= since, Award.awarded_at < until),
               Award.state.not_in(GIVEN_UP)).group_by(Round.source_id))
    return _by_source(rows.all())


def _by_source(rows: Sequence[Row[*tuple[int | None, *tuple[int, ...]]]]) -> dict[int | None, Counts]:
    return {source_id: tuple(map(int, counts)) for source_id, *counts in rows}
