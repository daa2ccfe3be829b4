"""A farm of a thousand tokens, fifty networks and a thousand mailboxes, against people who play from home."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import GIVEN_UP, Award, Way
from prizes.claim import Contact, claim, claim_code
from prizes.way import AwardTerms, ClaimTerms, Win
from prizes.ways.ladder import climb
from server.db import Database, transaction
from tests.prizes.scene import TERMS, Scene
from tests.rig.clock import NOON

HONEST, FARM, NETWORKS, MAILBOXES, LETTERBOXES = 520, 1_000, 50, 1_000, 10
UNITS = 450  # fewer than honest players, so that each unit of the farm is one that somebody else does not get
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


def play(database: Database, campaign_id: str, token: Token, terms: AwardTerms, at_claim: ClaimTerms) -> None:
    """A round that reaches the prize, and the claim of what it won."""
    win = Win(campaign_id, Way.LADDER, token.player, token.player, token.player, token.network)
    with database.sessions() as session:
        with transaction(session):
            won = climb(session, win, 100, NOON, terms)
        if won is not None:
            with transaction(session):
                claim(session, claim_code(terms.claim_key, won.id), token.contact, NOON, at_claim)


def campaign(database: Database, tokens: Sequence[Token], units: int, terms: AwardTerms,
             at_claim: ClaimTerms) -> tuple[int, int]:
    """Everybody plays once, in turn: the awards that honest players and the farm have in the end."""
    scene = Scene(database)
    scene.add_prize(units=units)
    for token in tokens:
        play(database, scene.campaign_id, token, terms, at_claim)
    with database.sessions() as session:
        assert audit(session) == []
        return count_awards(session, tokens)


def count_awards(session: Session, tokens: Sequence[Token]) -> tuple[int, int]:
    held = select(Award.player_id).where(Award.state.not_in(GIVEN_UP))
    winners = set(session.scalars(held))
    honestly, by_farm = (sum(token.player in winners for token in tokens if token.is_farmed is is_farmed)
                        for is_farmed in (False, True))
    return honestly, by_farm


@pytest.fixture
def everybody() -> list[Token]:
    """In a mixed order."""
    tokens = [*map(honest, range(HONEST)), *map(farmed, range(FARM))]
    random.Random(5).shuffle(tokens)
    return tokens


@pytest.mark.timeout(300)
def test_the_farm_wins_no_more_than_the_caps_and_honest_players_hardly_notice(database: Database,
                                                                              everybody: list[Token]) -> None:
    people, farm = campaign(database, everybody, UNITS, CAPS, AT_CLAIM)
    assert farm <= min(NETWORKS * 1, LETTERBOXES * 2)
    assert people >= 0.95 * UNITS  # without a farm they could not have more than all


def test_without_caps_the_farm_takes_most_of_it(database: Database, everybody: list[Token]) -> None:
    """The control, at a fifth of the size: the rig can show a farm at work."""
    people, farm = campaign(database, everybody[::5], UNITS // 5, TERMS, ClaimTerms())
    assert farm > people
    assert people < 0.95 * UNITS // 5
