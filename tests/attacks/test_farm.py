"""A farm of a thousand tokens, fifty networks and a thousand mailboxes, against people who play from home."""

import random
from dataclasses import dataclass, replace

import pytest

from prizes.audit import audit
from prizes.award import Way
from prizes.claim import AboveCap, Contact, claim, claim_code
from prizes.way import AwardTerms, ClaimTerms, Win
from prizes.ways.ladder import climb
from server.db import Database, transaction
from tests.prizes.scene import CAMPAIGN, TERMS, Scene
from tests.rig.clock import NOON

HONEST, FARM, NETWORKS, MAILBOXES, LETTERBOXES = 700, 1_000, 50, 1_000, 10
UNITS = 600
CAPS = replace(TERMS, per_network=1)
AT_CLAIM = ClaimTerms(b"p" * 32, per_person=2, per_household=2)


@dataclass(frozen=True)
class Token:
    """One player, the network that it plays from, and who claims for it."""

    player: str
    network: str
    contact: Contact
    is_farmed: bool


def honest(number: int) -> Token:
    contact = Contact(f"h{number}@example.org", f"H {number}", f"Street {number}")
    return Token(f"h{number}", f"home{number}", contact, False)


def farmed(number: int) -> Token:
    letterbox = f"Box {number % LETTERBOXES}"
    return Token(f"f{number}", f"proxy{number % NETWORKS}",
                 Contact(f"f{number % MAILBOXES}@example.org", "Mr Farm", letterbox), True)


def play(database: Database, token: Token, terms: AwardTerms, at_claim: ClaimTerms) -> bool:
    """A round that reaches the prize, and its claim; whether it was granted."""
    with database.sessions() as session:
        with transaction(session):
            won = climb(session, Win(CAMPAIGN, Way.LADDER, token.player, token.player, token.player, token.network),
                        100, NOON, terms)
        if won is None:
            return False
        with transaction(session):
            return not isinstance(claim(session, claim_code(terms.claim_key, won.id), token.contact, NOON, at_claim),
                                  AboveCap)


def campaign(database: Database, tokens: list[Token], terms: AwardTerms, at_claim: ClaimTerms) -> tuple[int, int]:
    """Everybody plays once in a mixed order: what honest players and what the farm was granted."""
    Scene(database).add_prize(units=UNITS)
    random.Random(5).shuffle(tokens)
    granted = [token for token in tokens if play(database, token, terms, at_claim)]
    with database.sessions() as session:
        assert audit(session) == []
    farm = sum(token.is_farmed for token in granted)
    return len(granted) - farm, farm


@pytest.fixture
def everybody() -> list[Token]:
    return [*map(honest, range(HONEST)), *map(farmed, range(FARM))]


@pytest.mark.timeout(300)
def test_the_farm_claims_no_more_than_the_caps_and_honest_players_hardly_notice(database: Database,
                                                                                everybody: list[Token]) -> None:
    people, farm = campaign(database, everybody, CAPS, AT_CLAIM)
    assert farm <= min(NETWORKS * 1, LETTERBOXES * 2)
    without_farm = min(HONEST, UNITS)
    assert people >= 0.95 * without_farm


@pytest.mark.timeout(300)
def test_without_caps_the_farm_takes_most_of_it(database: Database, everybody: list[Token]) -> None:
    """The control: the rig can show a farm at work."""
    people, farm = campaign(database, everybody, TERMS, ClaimTerms())
    assert farm > people
