"""One campaign's course in numbers: hour by hour, a column of campaigns at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from prizes.audience import Audience, hits_a_round, reach

Counts = NDArray[np.int64]  # one number a campaign
Hits = NDArray[np.floating]  # the same, of means
CLAIM_HOURS = 14 * 24  # until an award that nobody claims is free again
MOMENT_HOURS = 48  # the same for one that a winning moment gave


class Part(NamedTuple):
    """Units of a prize that are released at a moment, once all together have made `at_hits`, or after both."""

    units: int
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    at_hits: int | None = None


@dataclass(frozen=True)
class Offered:
    """A prize as the forecast sees it: its units, when each part of them is released, its caps."""

    id: str
    name: str
    units: int
    value_cents: int
    currency: str
    per_player: int = 1
    per_day: int | None = None
    per_hour: int | None = None
    is_unlimited: bool = False
    releases: tuple[Part, ...] = ()


@dataclass(frozen=True)
class ByScore:
    """Whoever reaches `score` wins it, or the best one below that is left."""

    prize_id: str
    score: int


@dataclass(frozen=True)
class ByMoment:
    """One gift hit in `one_in` takes the next moment that is due; every unit has one."""

    prize_id: str
    one_in: int


@dataclass(frozen=True)
class AtClose:
    """So many units go at the end, if there are as many who may have them."""

    prize_id: str
    units: int


@dataclass(frozen=True)
class ByHits:
    """At so many hits by all together a step opens the prize, or releases more of it."""

    prize_id: str
    hits: int


Demand = ByScore | ByMoment | AtClose | ByHits


@dataclass(frozen=True)
class Hours:
    """A campaign's window in steps of an hour; the last one may be shorter.

    `share` is the part of the audience that comes in each, `day` numbers the local days, `noon` is the first hour
    that begins at or after noon of the first local day.
    """

    starts: tuple[datetime, ...]
    share: NDArray[np.float64]
    day: NDArray[np.int64]
    noon: int

    @classmethod
    def of(cls, opens_at: datetime, closes_at: datetime, timezone: str, weights: Sequence[float]) -> "Hours":
        count = -(-(closes_at - opens_at) // timedelta(hours=1))
        starts = tuple(opens_at + timedelta(hours=hour) for hour in range(count))
        local = [start.astimezone(ZoneInfo(timezone)) for start in starts]
        lengths = [min(1.0, (closes_at - start) / timedelta(hours=1)) for start in starts]
        weight = np.array([weights[at.hour] * length for at, length in zip(local, lengths, strict=True)], float)
        if not weight.any():  # nobody is expected in the whole window: all of it alike
            weight = np.array(lengths)
        first = local[0].date()
        noon = next((hour for hour, at in enumerate(local) if (at.date(), at.hour) >= (first, 12)), count)
        return cls(starts, weight / weight.sum(), np.array([(at.date() - first).days for at in local]), noon)

    def at(self, moment: datetime | None, default: int) -> int:
        """The hour in which a moment lies, counted from 0; `default` for none."""
        if moment is None:
            return default
        return min(len(self.starts), max(0, (moment - self.starts[0]) // timedelta(hours=1)))


@dataclass(frozen=True)
class Played:
    """What a chunk of campaigns came to. `given` and `kept` have a row an hour and a column a campaign: how many units
    were given in it, and how many more were with winners at its end. `reached` says by a step's hits who came so far.
    """

    rounds: Counts
    reached: Mapping[int, NDArray[np.bool_]]
    given: Mapping[str, NDArray[np.int32]]
    kept: Mapping[str, NDArray[np.int32]]
    left: Mapping[str, Counts]
    gone_by_noon: Mapping[str, NDArray[np.bool_]]


class Course:
    """One campaign's offer, ready to be played many times."""

    def __init__(self, offered: Sequence[Offered], demands: Sequence[Demand], audience: Audience,
                 hours: Hours) -> None:
        self.offered = {prize.id: prize for prize in offered}
        self.audience, self.hours = audience, hours
        by_score = [demand for demand in demands if isinstance(demand, ByScore)]
        self.ladder = sorted(by_score, key=lambda step: (-step.score, -self.offered[step.prize_id].value_cents))
        self.moments = [demand for demand in demands if isinstance(demand, ByMoment)]
        self.at_close = [demand for demand in demands if isinstance(demand, AtClose)]
        self.steps = sorted({demand.hits for demand in demands if isinstance(demand, ByHits)})
        self.hits = hits_a_round(audience.mix) if self.steps else 0.0  # without a step nobody counts them
        planned = {moment.prize_id for moment in self.moments}
        self.holds = {prize.id: MOMENT_HOURS if prize.id in planned else CLAIM_HOURS for prize in offered}
        self.unlocked = {prize.id: self._unlocked(prize) for prize in offered}
        self.chances = self._ladder_chances()

    def _unlocked(self, prize: Offered) -> NDArray[np.int64]:
        """How many units may have been won by the end of each hour, and at the close, whatever is hit."""
        locked = np.zeros(len(self.hours.starts) + 1, np.int64)
        for part in prize.releases:
            locked[:self.hours.at(part.opens_at, 0) if part.at_hits is None else None] += part.units
        return prize.units - locked

    def _ladder_chances(self) -> list[float]:
        """For each step from the best down, the share of rounds that reach it but none above."""
        reached = [reach(step.score, self.audience.mix) for step in self.ladder]
        return [here - higher for here, higher in zip(reached, [0.0, *reached], strict=False)]

    def play(self, campaigns: int, chance: np.random.Generator) -> Played:
        tally = Tallies(self, campaigns)
        factor = chance.lognormal(-self.audience.doubt**2 / 2, self.audience.doubt, campaigns)
        waiting = {moment.prize_id: self._moments(moment.prize_id, campaigns, chance) for moment in self.moments}
        rounds = np.zeros(campaigns, np.int64)
        for hour, share in enumerate(self.hours.share):
            came = chance.poisson(self.audience.rounds * share * factor)
            rounds += came
            for prize_id, back in tally.begin(hour, rounds * self.hits, chance).items():
                if prize_id in waiting:  # a moment that nobody claimed rolls forward
                    waiting[prize_id][hour] += back
            self._open_gifts(came, waiting, hour, tally, chance)
            self._climb(came, hour, tally, chance)
        for demand in self.at_close:
            tally.give(demand.prize_id, len(self.hours.starts) - 1, np.minimum(rounds, demand.units), is_last=True)
        reached = {hits: rounds * self.hits >= hits for hits in self.steps}
        return Played(rounds, reached, tally.given, tally.kept, tally.left(), tally.gone_by_noon)

    def _climb(self, came: Counts, hour: int, tally: "Tallies", chance: np.random.Generator) -> None:
        """From the best step down: who finds no unit, or has enough of it already, goes on to the next."""
        left, spill, above = came, np.zeros_like(came), 0.0
        for step, exact in zip(self.ladder, self.chances, strict=True):
            direct = chance.binomial(left, min(1.0, exact / max(1e-12, 1.0 - above)))
            left, above = left - direct, above + exact
            wanting = direct + spill
            able = chance.binomial(wanting, self._may_still_win(step, hour))
            spill = wanting - tally.give(step.prize_id, hour, able)

    def _may_still_win(self, step: ByScore, hour: int) -> float:
        """The chance that a round's player is below the cap: each earlier round of theirs may have won the prize."""
        passed = float(self.hours.share[:hour].sum())
        earlier = (self.audience.per_player - 1) * passed
        wins = earlier * reach(step.score, self.audience.mix)
        return float(sum(np.exp(-wins) * wins**count / np.prod(np.arange(1, count + 1, dtype=float))
                         for count in range(min(self.offered[step.prize_id].per_player, 50))))

    def _moments(self, prize_id: str, campaigns: int, chance: np.random.Generator) -> NDArray[np.int32]:
        """How many moments fall into each hour: each release's units spread as the audience comes."""
        prize, count = self.offered[prize_id], len(self.hours.starts)
        planned = sum(part.units for part in prize.releases)
        spread = [*prize.releases, *([Part(prize.units - planned)] if planned < prize.units else [])]
        moments = np.zeros((count, campaigns), np.int32)
        for part in spread:
            first = min(self.hours.at(part.opens_at, 0), count - 1)
            last = max(first + 1, self.hours.at(part.closes_at, count))
            weight = self.hours.share[first:last] + 1e-12
            moments[first:last] += chance.multinomial(part.units, weight / weight.sum(), campaigns).T
        return moments

    def _open_gifts(self, came: Counts, waiting: Mapping[str, NDArray[np.int32]], hour: int, tally: "Tallies",
                    chance: np.random.Generator) -> None:
        """Of the hits that pass the first draw each takes a moment that is due and whose prize may be given now; the
        prizes share them evenly.
        """
        if not self.moments:
            return
        passes = chance.poisson(came * self.audience.gifts / self.moments[0].one_in)
        due = np.array([np.minimum(waiting[moment.prize_id][hour], tally.room(moment.prize_id, hour))
                        for moment in self.moments])
        taken = _share_out(np.minimum(passes, due.sum(axis=0)), due, chance)
        for moment, mine in zip(self.moments, taken, strict=True):
            given, wait = tally.give(moment.prize_id, hour, mine), waiting[moment.prize_id]
            if hour + 1 < len(self.hours.starts):
                wait[hour + 1] += (wait[hour] - given).astype(np.int32)


def _share_out(total: Counts, due: Counts, chance: np.random.Generator) -> NDArray[np.int64]:
    """Split a total over rows in proportion to what is due, in whole units, none above what is due."""
    edges = np.cumsum(due, axis=0) * (total / np.maximum(1, due.sum(axis=0)))
    rounded = np.floor(edges + chance.random(total.shape))
    rounded[-1] = total  # which a sum of fractions may miss by a hair
    return np.diff(np.vstack([np.zeros_like(total), rounded]), axis=0).astype(np.int64)


class Tallies:
    """What is left of each prize in each of the campaigns that are played side by side."""

    def __init__(self, course: Course, campaigns: int) -> None:
        self.course = course
        shape = (len(course.hours.starts), campaigns)
        self.given = {prize_id: np.zeros(shape, np.int32) for prize_id in course.offered}
        self.kept = {prize_id: np.zeros(shape, np.int32) for prize_id in course.offered}
        self.standing = {prize_id: np.zeros(campaigns, np.int64) for prize_id in course.offered}
        self.today = {prize_id: np.zeros(campaigns, np.int64) for prize_id in course.offered}
        self.gone_by_noon = {prize_id: np.zeros(campaigns, np.bool_) for prize_id in course.offered}
        self.day = -1
        self.hits: Hits = np.zeros(campaigns)

    def begin(self, hour: int, hits: Hits, chance: np.random.Generator) -> dict[str, Counts]:
        """A new hour, at whose end so many hits have been made: the day's caps start anew at midnight, unclaimed awards
        come back; how many of each prize.
        """
        self.hits = hits
        if self.course.hours.day[hour] != self.day:
            self.day = int(self.course.hours.day[hour])
            for today in self.today.values():
                today[:] = 0
        came_back = {}
        for prize_id, given in self.given.items():
            hold = self.course.holds[prize_id]
            if hour >= hold:
                came_back[prize_id] = chance.binomial(given[hour - hold], 1 - self.course.audience.claimed)
                self.standing[prize_id] -= came_back[prize_id]
                self.kept[prize_id][hour] -= came_back[prize_id].astype(np.int32)
        return came_back

    def give(self, prize_id: str, hour: int, wanted: Counts, *, is_last: bool = False) -> Counts:
        """Give as many as are wanted, left, released and within the caps; how many, by campaign."""
        prize, standing = self.course.offered[prize_id], self.standing[prize_id]
        if prize.is_unlimited:
            return wanted
        given = np.minimum(wanted, self.room(prize_id, hour, is_last=is_last))
        self.given[prize_id][hour] += given.astype(np.int32)
        self.kept[prize_id][hour] += given.astype(np.int32)
        self.today[prize_id] += given
        standing += given
        if hour < self.course.hours.noon:
            self.gone_by_noon[prize_id] |= standing >= prize.units
        return given

    def room(self, prize_id: str, hour: int, *, is_last: bool = False) -> Counts:
        """How many are left, released and within the caps, by campaign."""
        prize = self.course.offered[prize_id]
        room: Counts = self.course.unlocked[prize_id][-1 if is_last else hour] - self.standing[prize_id]
        for part in prize.releases:
            if part.at_hits is not None and (is_last or hour >= self.course.hours.at(part.opens_at, 0)):
                room += part.units * (self.hits >= part.at_hits)
        if prize.per_hour is not None:
            room = np.minimum(room, prize.per_hour - self.given[prize_id][hour])
        if prize.per_day is not None:
            room = np.minimum(room, prize.per_day - self.today[prize_id])
        return np.maximum(room, 0)

    def left(self) -> dict[str, Counts]:
        return {prize_id: prize.units - self.standing[prize_id] for prize_id, prize in self.course.offered.items()}
