"""How often: moving windows per player and per address, in memory or shared through Redis."""

import hashlib
import hmac
import ipaddress
import math
import threading
import time
from dataclasses import dataclass
from enum import StrEnum, auto

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from server.config import LimitsConfig

ROUND_SECONDS = 51  # countdown 3 s, nine waves 45 s, stretch 3 s: a round opened within it is still going on
WRONG_CODES_MINUTES = 10
SWEEP_S = 10  # between two sweeps of the counts in memory
REDIS_PATIENCE_S = 0.5  # a Redis that is away must not hold a player up for long
IPV6_PREFIX = 64  # what one household or phone is given; the addresses inside it cost nothing


class Rule(StrEnum):
    """What is counted. A key (a player's id, an address's keyed hash) has its own count under each."""

    TOKEN_CALLS = auto()
    ADDRESS_CALLS = auto()
    ADDRESS_PLAYERS = auto()
    ADDRESS_PLAYING = auto()
    COMMENTS = auto()
    REACTIONS = auto()
    REPORTS = auto()
    FREE_REPORTS = auto()
    CARDS = auto()
    WRONG_CODES = auto()


@dataclass(frozen=True)
class Wait:
    """What to tell a caller who is over a limit: the whole seconds, at least 1, until a call would pass."""

    seconds: int


class _NoTimer(threading.Timer):
    """Seems to run, so that the library never starts one of its own."""

    def is_alive(self) -> bool:
        return True


class Counts(MemoryStorage):
    """The library's counts in memory, swept every `SWEEP_S` and wholly.

    The library walks through all callers 10 ms after a call and keeps those without calls for ever: once
    26,000 had come, a call took 3 ms of CPU.
    """

    def __init__(self) -> None:
        super().__init__()
        self.timer.cancel()
        self.timer = _NoTimer(0, self.sweep)
        self._swept_at = time.time()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        if time.time() >= self._swept_at + SWEEP_S:
            self.sweep()
        return super().acquire_entry(key, limit, expiry, amount)

    def sweep(self) -> None:
        """Forget the calls that have left their window, and the callers that have none left."""
        now = self._swept_at = time.time()
        for key in list(self.events):
            with self.locks[key]:
                kept = [call for call in self.events.pop(key, ()) if call.expiry > now]
                if kept:
                    self.events[key] = kept
                else:
                    self.locks.pop(key, None)


class Limiter:
    """Counts calls. One a process; with a Redis URL the processes share their counts."""

    def __init__(self, limits: LimitsConfig, redis_url: str | None = None) -> None:
        self._items = _items(limits)
        self._own = MovingWindowRateLimiter(Counts())
        self._shared = _share(redis_url) if redis_url else None

    def allows(self, rule: Rule, key: str) -> Wait | None:
        """Count a call: None when it may go on, else how long to wait. A refused call is not counted."""
        item = self._items[rule]
        if self._shared is not None:
            try:
                return _count(self._shared, item, rule, key)
            except StorageError:
                pass  # Redis is away: each process counts for itself, looser, but nobody passes uncounted
        return _count(self._own, item, rule, key)


def _items(limits: LimitsConfig) -> dict[Rule, RateLimitItem]:
    return {
        Rule.TOKEN_CALLS: RateLimitItemPerSecond(limits.token_calls_per_second),
        Rule.ADDRESS_CALLS: RateLimitItemPerSecond(limits.address_calls_per_second),
        Rule.ADDRESS_PLAYERS: RateLimitItemPerSecond(limits.address_players_per_second),
        Rule.ADDRESS_PLAYING: RateLimitItemPerSecond(limits.address_playing_at_once, ROUND_SECONDS),
        Rule.COMMENTS: RateLimitItemPerMinute(limits.comments_per_minute),
        Rule.REACTIONS: RateLimitItemPerMinute(limits.reactions_per_minute),
        Rule.REPORTS: RateLimitItemPerMinute(limits.reports_per_minute),
        Rule.FREE_REPORTS: RateLimitItemPerHour(limits.free_reports_per_hour),
        Rule.CARDS: RateLimitItemPerMinute(limits.cards_per_minute),
        Rule.WRONG_CODES: RateLimitItemPerMinute(limits.wrong_codes, WRONG_CODES_MINUTES),
    }


def _share(redis_url: str) -> MovingWindowRateLimiter:
    patience = {"socket_timeout": REDIS_PATIENCE_S, "socket_connect_timeout": REDIS_PATIENCE_S}
    return MovingWindowRateLimiter(storage_from_string(redis_url, wrap_exceptions=True, **patience))


def _count(counter: MovingWindowRateLimiter, item: RateLimitItem, rule: Rule, key: str) -> Wait | None:
    if counter.hit(item, rule, key):
        return None
    first_leaves_at = counter.get_window_stats(item, rule, key).reset_time
    return Wait(max(1, math.ceil(first_leaves_at - time.time())))


NETWORK_PREFIX = {4: 24, 6: 56}  # what one office, school or provider's customer is given
SITE_PREFIX = {4: 24, 6: 48}  # the most that one customer is given: 256 of the /56 below it cost nothing


def address_key(key: bytes, address: str) -> str:
    """The only form in which an address is kept: 32 hex digits of HMAC-SHA256(key, network).

    The network is one IPv4 address or one IPv6 /64; IPv4 written as IPv6 counts as itself. What is no
    address at all (a socket's path, nothing) is hashed as it is written.
    """
    return _hash(key, _network(address, {4: 32, 6: IPV6_PREFIX}))


def network_key(key: bytes, address: str, prefixes: dict[int, int] = NETWORK_PREFIX) -> str:
    """The same of the wider network that an address is in, an IPv4 /24 or an IPv6 /56: what win limits count by; with
    `SITE_PREFIX` what reports count readers by.
    """
    return _hash(key, "network:" + _network(address, prefixes))


def _hash(key: bytes, network: str) -> str:
    return hmac.digest(key, network.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()[:32]


def _network(address: str, prefixes: dict[int, int]) -> str:
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    known = getattr(known, "ipv4_mapped", None) or known
    prefix = prefixes[known.version]
    if prefix == known.max_prefixlen:
        return str(known)
    network = ipaddress.IPv4Network if known.version == 4 else ipaddress.IPv6Network
    return str(network((int(known), prefix), strict=False))
