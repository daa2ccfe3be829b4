"""Winning moments: when each planned unit may be won. They follow from a key and are stored nowhere.

Times are whole milliseconds since 1970 and every step is integer arithmetic: the same plan on every machine.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.int64]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
QUARTER_MS = 15 * 60 * 1000  # every zone's clock stands a whole number of quarters from UTC, and is put on at one
CACHED_PLANS = 8  # of 8 MB each for a million units
ROLL_WITHIN = timedelta(hours=24)


class Share(NamedTuple):
    """Units of a prize that are spread over [starts_at, ends_at): those of a release, number 0 is all others."""

    prize_id: str
    number: int
    units: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Recipe:
    """All that a plan follows from beside the key; `hours` are 24 weights, the first one that of midnight."""

    timezone: str
    hours: tuple[int, ...]
    shares: tuple[Share, ...]


class Due(NamedTuple):
    """A moment that has come and that nobody took: planned, or rolled forward from an award that was given up."""

    at: int
    prize_id: str
    rolled_from: str | None


def moments_key(plan_key: bytes, campaign_id: str, nonce: str) -> bytes:
    """A campaign's own key: without the installation's it cannot be told from chance."""
    return hmac.digest(plan_key, f"moments:{campaign_id}:{nonce}".encode(), hashlib.sha256)


def commitment_to(key: bytes) -> str:
    """What is published at sealing: who shows the key later shows that no moment has moved."""
    return hashlib.sha256(key).hexdigest()


def milliseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MILLISECOND


@lru_cache(maxsize=CACHED_PLANS)
def moments_of(key: bytes, recipe: Recipe) -> Mapping[str, Times]:
    """By prize, one moment for each of its units, in order. What was worked out is kept for the next call."""
    parts: defaultdict[str, list[Times]] = defaultdict(list)
    for share in recipe.shares:
        parts[share.prize_id].append(_spread(key, recipe, share))
    return {prize_id: _sorted(times) for prize_id, times in parts.items()}


def _sorted(parts: list[Times]) -> Times:
    times = np.sort(np.concatenate(parts))
    times.flags.writeable = False  # everybody is handed the same array
    return times


def _spread(key: bytes, recipe: Recipe, share: Share) -> Times:
    """A moment for each unit of a share, as dense as the audience.

    The places come from SHAKE-256(key, share), which with a secret key is as good as chance (FIPS 202). They are
    64 bits each, so the modulo favours no millisecond by more than one part in a million.
    """
    edges, weights, before = _audience(recipe.timezone, recipe.hours, milliseconds(share.starts_at),
                                       milliseconds(share.ends_at))
    label = f"share:{share.prize_id}:{share.number}".encode()
    chance = np.frombuffer(hashlib.shake_256(key + label).digest(8 * share.units), dtype=">u8")
    places = (chance % np.uint64(before[-1])).astype(np.int64)
    step = np.searchsorted(before, places, side="right") - 1
    times: Times = edges[step] + (places - before[step]) // weights[step]
    return times


@lru_cache(maxsize=2 * CACHED_PLANS)
def _audience(timezone: str, hours: tuple[int, ...], start: int, end: int) -> tuple[Times, Times, Times]:
    """The quarters of a window: their edges, their weights, and the audience that has come before each edge."""
    first = start // QUARTER_MS * QUARTER_MS + QUARTER_MS
    edges = np.concatenate(([start], np.arange(first, end, QUARTER_MS), [end])).astype(np.int64)
    zone = ZoneInfo(timezone)
    local = (datetime.fromtimestamp(edge // 1000, zone).hour for edge in edges[:-1].tolist())
    weights = np.fromiter((hours[hour] for hour in local), np.int64)
    if not weights.any():  # nobody is expected in the whole window: all of it alike
        weights = np.ones_like(weights)
    return edges, weights, np.concatenate(([0], np.cumsum(np.diff(edges) * weights)))


def count_due(times: Times, now: datetime) -> int:
    """How many of the moments have come."""
    return int(np.searchsorted(times, milliseconds(now), side="right"))


def first_due(moments: Mapping[str, Times], taken: Mapping[str, int], rolled: Iterable[Due],
              now: datetime) -> list[Due]:
    """The first moment of each prize that is due, planned and rolled, the oldest first.

    One a prize is enough: when a cap refuses it, it refuses all others of that prize. So no prize whose cap is
    reached holds up the moments of another.
    """
    planned = [Due(int(times[taken[prize_id]]), prize_id, None) for prize_id, times in moments.items()
               if taken[prize_id] < count_due(times, now)]
    first_rolled: dict[str, Due] = {}
    for due in sorted(rolled):
        if due.at <= milliseconds(now):
            first_rolled.setdefault(due.prize_id, due)
    return sorted([*planned, *first_rolled.values()], key=lambda due: (due.at, due.prize_id))


def rolled_to(key: bytes, award_id: str, given_up_at: datetime, closes_at: datetime) -> int:
    """When a unit that was given up may be won again: any moment of the next day, or of the first half of what is
    left until the close, so that there is as much time again to win it.
    """
    start = milliseconds(given_up_at)
    window = min(ROLL_WITHIN // MILLISECOND, (milliseconds(closes_at) - start) // 2)
    return start + draw_below(key, f"roll:{award_id}", max(window, 1))


def is_drawn(secret: bytes, gift: str, one_in: int) -> bool:
    """Whether a gift draws one in so many from its round's secret."""
    return draw_below(secret, f"gift:{gift}", one_in) == 0


def draw_below(key: bytes, label: str, size: int) -> int:
    """A number below `size`, each as likely: HMAC-SHA256(key, label), and again with ":1", ":2", … while the number
    lies in the last, incomplete stretch of `size`.
    """
    fair = (1 << 256) // size * size
    attempt, drawn = 0, int.from_bytes(hmac.digest(key, label.encode(), hashlib.sha256))
    while drawn >= fair:
        attempt += 1
        drawn = int.from_bytes(hmac.digest(key, f"{label}:{attempt}".encode(), hashlib.sha256))
    return drawn % size
