"""The awards of some campaigns, the newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Way
from prizes.claim import ClaimContact
from prizes.db import UtcDateTime
from prizes.prize import Prize, PrizeKind
from server.players.player import Player

A_PAGE = 50
AT_ONCE = 100  # campaigns in one statement: SQLite joins at most 500 parts


class Place(NamedTuple):
    """Where an award stands in the list."""

    awarded_at: datetime
    id: str


@dataclass(frozen=True)
class Wanted:
    """Which awards; None is any. `award_ids` are those that a search found; the dates are [since, until)."""

    campaign_ids: tuple[str, ...]
    prize_id: str | None = None
    kind: PrizeKind | None = None
    way: Way | None = None
    state: AwardState | None = None
    since: datetime | None = None
    until: datetime | None = None
    award_ids: tuple[str, ...] | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """All but the campaign, each answered by `ix_award_newest` alone."""
        wanted: list[ColumnElement[bool] | None] = [
            None if self.prize_id is None else Award.prize_id == self.prize_id,
            None if self.kind is None else Award.prize_id.in_(select(Prize.id).where(Prize.kind == self.kind)),
            None if self.way is None else Award.way == self.way,
            None if self.state is None else Award.state == self.state,
            None if self.since is None else Award.awarded_at >= self.since,
            None if self.until is None else Award.awarded_at < self.until,
            None if self.award_ids is None else Award.id.in_(self.award_ids)]
        return [condition for condition in wanted if condition is not None]


@dataclass(frozen=True)
class AwardRow:
    """An award with its prize and whose it is: `alias` is None once the player is erased, `name` that of the claim."""

    award: Award
    prize: Prize
    alias: str | None
    name: str | None


@dataclass(frozen=True)
class AwardPage:
    """`next` is where the following page begins, None on the last one."""

    rows: list[AwardRow] = field(default_factory=list)
    next: Place | None = None


def list_awards(session: Session, wanted: Wanted, after: Place | None = None, most: int = A_PAGE) -> AwardPage:
    """The newest so many awards, or those after a place."""
    places = newest_places(session, wanted, after, most + 1)
    rows = rows_of(session, [place.id for place in places[:most]])
    return AwardPage(rows, places[most - 1] if len(places) > most else None)


def newest_places(session: Session, wanted: Wanted, after: Place | None, most: int) -> list[Place]:
    """Where the newest so many awards stand. Each campaign is asked for its own: one index, read from its end."""
    found = list[Place]()
    parts = [_newest_of(campaign_id, wanted, after, most) for campaign_id in wanted.campaign_ids]
    for start in range(0, len(parts), AT_ONCE):
        found += [Place(*row) for row in session.execute(union_all(*parts[start:start + AT_ONCE]))]
    return sorted(found, reverse=True)[:most]


def _newest_of(campaign_id: str, wanted: Wanted, after: Place | None, most: int) -> Select[Any]:
    own = select(Award.awarded_at, Award.id).where(Award.campaign_id == campaign_id, *wanted.conditions())
    if after is not None:
        own = own.where(comes_after(after))
    newest = own.order_by(Award.awarded_at.desc(), Award.id.desc()).limit(most).subquery()
    return select(newest.c.awarded_at, newest.c.id)


def comes_after(place: Place) -> ColumnElement[bool]:
    """The condition that an award is older than one at a place."""
    return tuple_(Award.awarded_at, Award.id) < tuple_(literal(place.awarded_at, UtcDateTime()),
                                                       literal(place.id, String()))


def rows_of(session: Session, award_ids: Sequence[str]) -> list[AwardRow]:
    """These awards, in the order of their ids; what is not there is left out."""
    found = (select(Award, Prize, Player.alias, ClaimContact.name).join(Prize, Prize.id == Award.prize_id)
             .outerjoin(Player, Player.id == Award.player_id)
             .outerjoin(ClaimContact, ClaimContact.award_id == Award.id).where(Award.id.in_(award_ids)))
    rows = {award.id: AwardRow(award, prize, alias, name) for award, prize, alias, name in session.execute(found)}
    return [rows[award_id] for award_id in award_ids if award_id in rows]
