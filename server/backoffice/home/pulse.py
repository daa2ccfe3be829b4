"""How often something happened lately. An hour that is over does not change any more: it is counted once a process."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from prizes.award import Award
from server.play.round import Round

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BARS = 24
SETTLED = timedelta(minutes=1)  # after an hour's end whoever began to write in it has committed
MOST_KEPT = 20_000  # counts in the memory of a process

Span = tuple[datetime, datetime]
Asked = tuple[str, Span]  # a campaign's id, and from when to when


class Kind(StrEnum):
    PLAYS = "plays"  # rounds by when they were opened
    WINNERS = "winners"  # awards by when they were won, whatever became of them


COLUMNS: dict[Kind, tuple[InstrumentedAttribute[str], InstrumentedAttribute[datetime]]] = {
    Kind.PLAYS: (Round.campaign_id, Round.opened_at), Kind.WINNERS: (Award.campaign_id, Award.awarded_at)}


@dataclass(frozen=True)
class Pulse:
    """How often in the last hour and day, and in the hour and day before those; `by_hour` are the last 24 hours of the
    clock, the oldest first, the running one as far as it is.
    """

    hour: int
    hour_before: int
    day: int
    day_before: int
    by_hour: tuple[int, ...]

    @property
    def is_silent(self) -> bool:
        return self.day == self.day_before == 0


@dataclass
class HourCounts:
    """What this process has counted: {(kind, campaign id, hour): number}."""

    known: dict[tuple[Kind, str, datetime], int] = field(default_factory=dict)

    def pulses(self, session: Session, kind: Kind, campaign_ids: Sequence[str], until: datetime,
               now: datetime) -> dict[str, Pulse]:
        """The pulse of each campaign up to a moment. Reads."""
        wanted = _wanted(until)
        asked = {(campaign_id, piece) for campaign_id in campaign_ids for span in wanted for piece in pieces(*span)}
        counted = self._counts(session, kind, sorted(asked), now)

        def count(campaign_id: str, span: Span) -> int:
            return sum(counted[campaign_id, piece] for piece in pieces(*span))

        return {campaign_id: _pulse([count(campaign_id, span) for span in wanted]) for campaign_id in campaign_ids}

    def _counts(self, session: Session, kind: Kind, asked: Sequence[Asked], now: datetime) -> dict[Asked, int]:
        found = {one: self.known[_key(kind, one)] for one in asked if _is_whole(one) and _key(kind, one) in self.known}
        missing = [one for one in asked if one not in found]
        for span, own in groupby(sorted(missing, key=_span), key=_span):
            played = [campaign_id for campaign_id, _ in own]
            counted = dict(session.execute(_count(kind, played, span)).all())
            found.update({(campaign_id, span): counted.get(campaign_id, 0) for campaign_id in played})
        self._keep({_key(kind, one): found[one] for one in missing if _is_whole(one) and one[1][1] < now - SETTLED})
        return found

    def _keep(self, counts: dict[tuple[Kind, str, datetime], int]) -> None:
        if len(self.known) + len(counts) > MOST_KEPT:
            self.known.clear()
        self.known.update(counts)


def add_up(pulses: Sequence[Pulse]) -> Pulse:
    """The pulse of several campaigns together."""
    by_hour = tuple(sum(hours) for hours in zip(*(pulse.by_hour for pulse in pulses), strict=True)) or (0,) * BARS
    return Pulse(sum(pulse.hour for pulse in pulses), sum(pulse.hour_before for pulse in pulses),
                 sum(pulse.day for pulse in pulses), sum(pulse.day_before for pulse in pulses), by_hour)


def hour_of(moment: datetime) -> datetime:
    """When the clock hour of a moment began."""
    return moment.replace(minute=0, second=0, microsecond=0)


def pieces(start: datetime, end: datetime) -> Iterator[Span]:
    """A span cut at the hours of the clock."""
    while start < end:
        stop = min(hour_of(start) + HOUR, end)
        yield start, stop
        start = stop


def _wanted(until: datetime) -> list[Span]:
    """The hour, the one before, the day, the one before, then the bars."""
    last = hour_of(until) if hour_of(until) < until else until - HOUR
    bars = [last - HOUR * back for back in reversed(range(BARS))]
    return [(until - HOUR, until), (until - 2 * HOUR, until - HOUR), (until - DAY, until),
            (until - 2 * DAY, until - DAY), *((bar, min(bar + HOUR, until)) for bar in bars)]


def _pulse(counts: Sequence[int]) -> Pulse:
    hour, hour_before, day, day_before, *bars = counts
    return Pulse(hour, hour_before, day, day_before, tuple(bars))


def _span(asked: Asked) -> Span:
    return asked[1]


def _count(kind: Kind, campaign_ids: Sequence[str], span: Span) -> Select[str, int]:
    """How often in a span, by campaign; those where nothing happened are missing."""
    (of, at), (start, end) = COLUMNS[kind], span
    return select(of, func.count()).where(of.in_(campaign_ids), at >= start, at < end).group_by(of)


def _is_whole(asked: Asked) -> bool:
    start, end = asked[1]
    return end - start == HOUR


def _key(kind: Kind, asked: Asked) -> tuple[Kind, str, datetime]:
    return kind, asked[0], asked[1][0]
