"""POST /api/v1/claims, as a winner and as everybody else meets it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from prizes.award import Award, Way
from prizes.claim import Claim, ClaimContact, claim_code
from prizes.way import AwardTerms, Win
from prizes.ways.ladder import climb
from server.campaigns.campaign import find_campaign
from server.db import Database, transaction
from server.keys import derive_keys
from tests.rig.app import MASTER, app, client
from tests.rig.clock import NOON, FakeClock

__all__ = ["app", "client"]

CLAIM_KEY = derive_keys(MASTER).claim
EMAIL = {"email": "alice@example.org"}
WHERE = {"name": "Alice", "address": "1 rue du Tir\n75001 Paris"}

Claiming = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def award(app: Flask, database: Database) -> Award:
    """A parcel that Alice won at noon; thirty days to claim it."""
    terms = AwardTerms(claim_key=CLAIM_KEY, claim_days=30, value_limit_cents=None, keep_back=False)
    with database.sessions() as session, transaction(session):
        campaign = find_campaign(session, "boss")
        assert campaign is not None
        won = climb(session, Win(campaign.id, Way.LADDER, "round", "alice", "round"), 1_500, NOON, terms)
    assert won is not None
    return won


@pytest.fixture
def code(award: Award) -> str:
    return claim_code(CLAIM_KEY, award.id)


@pytest.fixture
def claim(client: FlaskClient) -> Claiming:
    def post(**body: Any) -> tuple[int, dict[str, Any]]:
        response = client.post("/api/v1/claims", json={**WHERE, **body})
        answer = response.get_json()
        assert isinstance(answer, dict)
        return response.status_code, answer

    return post


def test_a_claim_says_what_was_claimed_and_when(claim: Claiming, award: Award, code: str) -> None:
    assert claim(claim_code=code, **EMAIL) == (201, {"claim": {
        "award_id": award.id, "prize": {"id": award.prize_id, "name": "Pack of 12 foam darts", "kind": "parcel"},
        "claimed_at": "2026-12-01T12:00:00.000Z", "state": "claimed"}})


def test_the_prize_is_named_in_the_language_asked_for(client: FlaskClient, code: str) -> None:
    response = client.post("/api/v1/claims?lang=fr", json={"claim_code": code, **EMAIL, **WHERE})
    assert response.json is not None
    assert response.json["claim"]["prize"]["name"] == "Pack de 12 fléchettes en mousse"


def test_the_same_claim_again_gets_the_same_answer_whatever_the_hour(
        claim: Claiming, clock: FakeClock, code: str) -> None:
    first = claim(claim_code=code, **EMAIL)
    clock.advance(days=99)
    typed_again = code.lower().replace("-", " ").replace("0", "o")
    assert claim(claim_code=typed_again, **EMAIL, score=9) == first


def test_another_address_is_told_that_the_prize_was_claimed(claim: Claiming, code: str) -> None:
    claim(claim_code=code, **EMAIL)
    status, problem = claim(claim_code=code, email="charlie@example.org")
    assert (status, problem["code"]) == (409, "claim_taken")
    assert "alice" not in str(problem)


@pytest.mark.parametrize("wrong", ["", "00000-00000-00000-00000", "🎁", "' OR 1=1 --", "%00"])
def test_a_code_that_nobody_has_is_not_found(claim: Claiming, award: Award, wrong: str) -> None:
    status, problem = claim(claim_code=wrong, **EMAIL)
    assert (status, problem["code"]) == (404, "claim_not_found")


def test_after_the_deadline_the_prize_has_expired(claim: Claiming, clock: FakeClock, code: str) -> None:
    clock.advance(days=30)
    status, problem = claim(claim_code=code, **EMAIL)
    assert (status, problem["code"]) == (410, "claim_expired")
    clock.advance(seconds=-1)
    assert claim(claim_code=code, **EMAIL)[0] == 201


@pytest.mark.parametrize("email", ["", "alice", "alice@", "@example.org", "alice@example", "a b@example.org",
                                   "alice@example.org\nBcc: all@example.org", "a@b@example.org", "a@example..org",
                                   "a\x7f@example.org",
                                   7, None, ["alice@example.org"]])
def test_what_is_no_address_is_refused_and_the_code_stays_good(claim: Claiming, code: str, email: Any) -> None:
    status, problem = claim(claim_code=code, email=email)
    assert (status, problem["code"]) == (400, "malformed")
    assert claim(claim_code=code, **EMAIL)[0] == 201


@pytest.mark.parametrize("email", ["alice+popshot@mail.example.co.uk", "élodie@exämple.fr", "a@b.c"])
def test_an_unusual_address_is_taken(claim: Claiming, code: str, email: str) -> None:
    assert claim(claim_code=code, email=email)[0] == 201


@pytest.mark.parametrize(("body", "status"), [
    ({"claim_code": None}, 400),
    ({"claim_code": 12}, 400),
    ({"claim_code": {}}, 400),
    ({"claim_code": "\0"}, 400),
    ({"claim_code": "A" * 65}, 413),
    ({"email": "a" * 250 + "@example.org"}, 413),
    ({"name": "a" * 121}, 413),
    ({"name": 3}, 400),
    ({"name": "Alice\nBob"}, 400),
    ({"name": "Alice\u2028Bob"}, 400),
])
def test_a_malformed_body_stores_nothing(
        claim: Claiming, database: Database, code: str, body: dict[str, Any], status: int) -> None:
    assert claim(**{"claim_code": code, **EMAIL, **body})[0] == status
    with database.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Claim)) == 0
        assert session.scalar(select(func.count()).select_from(ClaimContact)) == 0


def test_the_longest_address_and_name_are_taken(claim: Claiming, code: str) -> None:
    assert claim(claim_code=code, email="a" * 242 + "@example.org", name="é" * 120)[0] == 201


def test_no_body_is_malformed(client: FlaskClient) -> None:
    assert client.post("/api/v1/claims").status_code == 400


def test_a_claim_sets_no_cookie_and_asks_for_no_token(client: FlaskClient, code: str) -> None:
    response = client.post("/api/v1/claims", json={"claim_code": code, **EMAIL, **WHERE})
    assert response.status_code == 201
    assert "Set-Cookie" not in response.headers
