"""Campaigns with instant wins in memory, through the real plan and the real choice of the next moment.

Which gifts are drawn is chance, as test_moments.py shows: only drawn ones are played here.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from heapq import heappop, heappush

import numpy as np

from prizes.moments import (
    EPOCH,
    MILLISECOND,
    Due,
    Recipe,
    Share,
    first_due,
    milliseconds,
    moments_of,
    rolled_to,
)
from prizes.plan_moments import ROOM
from prizes.take_moment import HOLD
from tests.prizes.instant_scene import DAY
from tests.rig.clock import NOON

LENGTH = timedelta(days=4)
PRIZES = {"cap": 36, "plush": 12}
ONE_IN = 10
ROUNDS_A_DAY = 2_000  # of everybody but the one who polls
POLL_EVERY = timedelta(seconds=60)  # a round lasts 48 seconds, and nobody has two of them open
UNCLAIMED = 0.15
MANY = 100_000
LAST_CALL = milliseconds(NOON + LENGTH - ROOM)  # what is given up so late may stay, for want of players
FLAT = (1,) * 24
BY_DAY = (0,) * 7 + (4,) * 14 + (0,) * 3  # hours in which all play, and others in which nobody does


@dataclass
class Tally:
    """Rounds and wins of those who play normally and of the one who polls; units that nobody got in time."""

    rounds: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    wins: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    planned_left: int = 0
    rolled_left: int = 0
    rolled: int = 0

    def rate(self, *, polls: bool) -> float:
        return self.wins[polls] / self.rounds[polls]

    @property
    def edge(self) -> float:
        """How much more often a round of the one who polls wins."""
        return self.rate(polls=True) / self.rate(polls=False)


@dataclass
class Play:
    """One campaign in memory."""

    chance: random.Random
    plan: tuple[int, ...]
    audience: tuple[int, ...]
    tally: Tally

    def __post_init__(self) -> None:
        shares = tuple(Share(prize_id, 0, units, NOON, NOON + LENGTH - ROOM) for prize_id, units in PRIZES.items())
        self.key = self.chance.randbytes(32)
        self.moments = moments_of(self.key, Recipe("Europe/Paris", self.plan, shares))
        self.taken = dict.fromkeys(PRIZES, 0)
        self.rolled: list[Due] = []
        self.unclaimed: list[tuple[datetime, str]] = []

    def run(self) -> None:
        for at, polls in self.drawn_gifts():
            now = EPOCH + at * MILLISECOND
            self.expire(now)
            due = first_due(self.moments, self.taken, self.rolled, now)
            if due:
                self.take(due[0], now)
                self.tally.wins[polls] += 1
        self.tally.planned_left += sum(PRIZES[prize_id] - taken for prize_id, taken in self.taken.items())
        self.tally.rolled_left += sum(roll.at < LAST_CALL for roll in self.rolled)

    def drawn_gifts(self) -> Iterator[tuple[int, bool]]:
        """When gifts are drawn, and whether they are of the one who polls: those of others come with the audience."""
        rounds = ROUNDS_A_DAY * (LENGTH // DAY)
        others = audience(self.audience)[[self.chance.randrange(MANY) for _ in range(rounds) if self.is_drawn()]]
        polled = range(milliseconds(NOON), milliseconds(NOON + LENGTH), POLL_EVERY // MILLISECOND)
        self.tally.rounds[False] += rounds
        self.tally.rounds[True] += len(polled)
        mine = [at for at in polled if self.is_drawn()]
        return iter(sorted([*((at, False) for at in others.tolist()), *((at, True) for at in mine)]))

    def is_drawn(self) -> bool:
        return self.chance.random() < 1 / ONE_IN

    def take(self, due: Due, now: datetime) -> None:
        if due.rolled_from is None:
            self.taken[due.prize_id] += 1
        else:
            self.rolled = [roll for roll in self.rolled if roll.rolled_from != due.rolled_from]
        if self.chance.random() < UNCLAIMED:
            heappush(self.unclaimed, (now + HOLD, due.prize_id))

    def expire(self, now: datetime) -> None:
        while self.unclaimed and self.unclaimed[0][0] <= now:
            given_up_at, prize_id = heappop(self.unclaimed)
            award_id = self.chance.randbytes(10).hex()
            at = rolled_to(self.key, award_id, given_up_at, NOON + LENGTH)
            self.rolled.append(Due(at, prize_id, award_id))
            self.tally.rolled += 1


@cache
def audience(hours: tuple[int, ...]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Many moments at which somebody who plays normally finishes a round."""
    share = Share("rounds", 0, MANY, NOON, NOON + LENGTH)
    times = moments_of(b"audience", Recipe("Europe/Paris", hours, (share,)))["rounds"]
    return np.asarray(times)


def played(campaigns: int, plan: tuple[int, ...], hours: tuple[int, ...]) -> Tally:
    """So many campaigns, planned for one audience and played by another, each from a seed of its own."""
    tally = Tally()
    for number in range(campaigns):
        Play(random.Random(number), plan, hours, tally).run()
    return tally
