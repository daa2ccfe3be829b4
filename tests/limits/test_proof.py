"""Proof of work: an answer counts once, within its time, for challenges of ours; all else is simply no proof."""

import base64
import json
from typing import Any

import altcha
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from server.db import Database, transaction
from server.limits.proof import COST, KEY_PREFIX, MOST_HEADER, forget_expired, new_challenge, spend
from tests.rig.clock import NOON, FakeClock
from tests.rig.race import Race

KEY, OTHER = b"k" * 32, b"o" * 32


def solve(challenge: dict[str, Any]) -> str:
    """What a browser sends after its work: some 256 tries, a third of a second here."""
    parsed = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(parsed)
    assert solution is not None
    return altcha.Payload(parsed, solution).to_base64()


@pytest.fixture(scope="module")
def challenge() -> dict[str, Any]:
    return new_challenge(KEY, NOON)


@pytest.fixture(scope="module")
def answer(challenge: dict[str, Any]) -> str:
    return solve(challenge)


def changed(answer: str, *path: str, to: Any) -> str:
    """The answer with one member of its JSON set to something else."""
    body = json.loads(base64.b64decode(answer))
    place = body
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = to
    return base64.b64encode(json.dumps(body).encode()).decode()


def test_a_challenge_asks_for_real_work(challenge: dict[str, Any]) -> None:
    asked = challenge["parameters"]
    assert (asked["algorithm"], asked["cost"], asked["keyPrefix"]) == ("PBKDF2/SHA-256", COST, KEY_PREFIX)
    assert new_challenge(KEY, NOON)["parameters"]["nonce"] != asked["nonce"]


def test_the_library_alone_accepts_an_answer_twice(answer: str) -> None:
    assert [altcha.verify_solution(answer, KEY).verified for _ in range(2)] == [True, True]


def test_an_answer_is_accepted_once(session: Session, answer: str) -> None:
    assert [spend(session, KEY, answer, NOON) for _ in range(3)] == [True, False, False]


def test_an_answer_is_not_accepted_again_in_other_words(session: Session, answer: str) -> None:
    assert spend(session, KEY, answer, NOON)
    assert not spend(session, KEY, changed(answer, "solution", "time", to=1), NOON)
    assert not spend(session, KEY, changed(answer, "more", to=1), NOON)


def test_of_many_at_once_one_is_accepted(race: Race, answer: str) -> None:
    assert race(lambda session: spend(session, KEY, answer, NOON), players=8).count(True) == 1


def test_an_answer_counts_for_ten_minutes_by_our_clock(database: Database, clock: FakeClock, answer: str) -> None:
    with database.sessions() as session:
        assert not spend(session, KEY, answer, clock.advance(minutes=10))
        assert spend(session, KEY, answer, clock.advance(seconds=-1))


def test_a_spent_answer_is_forgotten_when_nobody_could_spend_it_again(session: Session, clock: FakeClock,
                                                                      answer: str) -> None:
    assert spend(session, KEY, answer, clock())
    for wait, forgotten in ((599, 0), (1, 1)):
        now = clock.advance(seconds=wait)
        with transaction(session):
            assert forget_expired(session, now) == forgotten
    assert not spend(session, KEY, answer, clock())


def test_a_challenge_signed_by_somebody_else_does_not_count(session: Session) -> None:
    assert not spend(session, KEY, solve(new_challenge(OTHER, NOON)), NOON)


@pytest.mark.parametrize(("path", "to"), [
    (("challenge", "parameters", "cost"), 1), (("challenge", "parameters", "keyPrefix"), ""),
    (("challenge", "parameters", "data"), {"expires": 2**40}), (("challenge", "signature"), None),
    (("challenge", "signature"), "0" * 64), (("challenge", "signature"), ["0"]), (("challenge", "parameters"), None),
    (("challenge", "parameters", "nonce"), 7), (("challenge", "parameters", "algorithm"), "SHA-256"),
    (("challenge", "parameters", "expiresAt"), "never"), (("challenge",), []), (("challenge",), "x"),
    (("solution", "counter"), -1), (("solution", "counter"), "12"), (("solution", "counter"), 1.5),
    (("solution", "counter"), 2**70), (("solution", "counter"), True), (("solution", "derivedKey"), "00"),
    (("solution", "derivedKey"), None), (("solution", "derivedKey"), {}), (("solution",), None), (("solution",), [1]),
])
def test_an_answer_changed_anywhere_does_not_count(session: Session, answer: str, path: tuple[str, ...],
                                                   to: Any) -> None:
    assert not spend(session, KEY, changed(answer, *path, to=to), NOON)
    assert spend(session, KEY, answer, NOON), "the answer as it was does count"


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("header", [
    "", " ", "{}", "é", "\x00", "%%%", "a" * MOST_HEADER, "a" * 1_000_000, encoded(""), encoded("null"), encoded("[]"),
    encoded("7"), encoded('"x"'), encoded("{}"), encoded("[" * 1_400), encoded('{"a":' * 300), encoded("1e999"),
    encoded('{"challenge": {"parameters": {"algorithm": 1, "nonce": 1, "salt": 1, "cost": 1}}, "solution": {}}'),
    base64.b64encode(b"\xff\xfe").decode(), encoded("\x00"),
])
def test_a_header_that_is_no_answer_is_no_proof_and_no_crash(session: Session, header: str) -> None:
    assert not spend(session, KEY, header, NOON)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3))
NAMES = ("algorithm", "nonce", "salt", "cost", "keyLength", "keyPrefix", "data", "expiresAt", "keySignature")


@given(parameters=st.fixed_dictionaries(dict.fromkeys(NAMES[:4], JSON),
                                        optional=dict.fromkeys(NAMES[4:], JSON)),
       signature=JSON, solution=st.fixed_dictionaries({"counter": JSON, "derivedKey": JSON}) | JSON)
def test_no_json_in_the_shape_of_an_answer_makes_the_check_crash(parameters: Any, signature: Any,
                                                                 solution: Any) -> None:
    body = {"challenge": {"parameters": parameters, "signature": signature}, "solution": solution}
    header = base64.b64encode(json.dumps(body).encode()).decode()
    with Session() as nowhere:  # it is bound to no database: touching one would raise
        assert not spend(nowhere, KEY, header, NOON)
