"""The claim: once, in time, by whoever holds the code."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award, AwardState, release_awards
from prizes.claim import (
    Claim,
    ClaimContact,
    ClaimExpired,
    ClaimNotFound,
    ClaimTaken,
    Contact,
    claim,
    claim_code,
    hash_contact,
)
from prizes.give_up import expire_awards, return_awards
from server.db import transaction
from tests.prizes.scene import TERMS, Scene
from tests.rig.clock import NOON

ALICE = Contact("alice@example.org", "Alice")
DEADLINE = NOON + timedelta(days=30)
A_MOMENT = timedelta(microseconds=1)


@pytest.fixture
def award(scene: Scene) -> Award:
    """Alice's award, open."""
    scene.add_prize()
    won = scene.win(round_id="r")
    assert won is not None
    return won


def claim_it(session: Session, award: Award, contact: Contact = ALICE, after: timedelta = timedelta()) -> Claim:
    with transaction(session):
        claimed = claim(session, claim_code(TERMS.claim_key, award.id), contact, NOON + after)
    assert isinstance(claimed, Claim)
    return claimed


def test_a_claim_turns_the_reserved_unit_into_an_awarded_one(
        session: Session, scene: Scene, award: Award) -> None:
    claimed = claim_it(session, award)
    assert (claimed.award_id, claimed.claimed_at) == (award.id, NOON)
    assert scene.awards()[0].state == AwardState.CLAIMED
    stock = scene.stock(award.prize_id)
    assert (stock.reserved, stock.awarded) == (0, 1)
    assert audit(session) == []


def test_the_contact_is_kept_beside_the_claim_where_it_can_be_erased(session: Session, award: Award) -> None:
    claim_it(session, award)
    contact = session.get_one(ClaimContact, award.id)
    assert (contact.email, contact.name) == ("alice@example.org", "Alice")
    with transaction(session):
        session.delete(session.get_one(ClaimContact, award.id))
    assert session.get(ClaimContact, award.id) is None
    assert session.get(Claim, award.id) is not None


def test_the_same_claim_again_finds_the_first_one_even_after_the_deadline(
        session: Session, scene: Scene, award: Award) -> None:
    claim_it(session, award)
    again = claim_it(session, award, after=timedelta(days=99))
    assert again.claimed_at == NOON
    assert scene.count(Claim) == 1
    assert scene.stock(award.prize_id).awarded == 1


@pytest.mark.parametrize("contact", [Contact("charlie@example.org", "Alice"), replace(ALICE, name="Charlie")])
def test_another_contact_is_told_that_the_prize_was_claimed(
        session: Session, award: Award, contact: Contact) -> None:
    claim_it(session, award)
    with pytest.raises(ClaimTaken):
        claim_it(session, award, contact)
    assert session.get_one(ClaimContact, award.id).email == ALICE.email


def test_a_code_that_nobody_was_given_is_not_found(session: Session, award: Award) -> None:
    with pytest.raises(ClaimNotFound), transaction(session):
        claim(session, claim_code(b"another key" * 3, award.id), ALICE, NOON)


def test_an_award_kept_back_is_not_found_until_it_is_released(session: Session, scene: Scene) -> None:
    scene.add_prize()
    award = scene.win(round_id="r", terms=replace(TERMS, keep_back=True))
    assert award is not None
    with pytest.raises(ClaimNotFound):
        claim_it(session, award)
    with transaction(session):
        release_awards(session, "r", NOON, claim_days=30)
    assert claim_it(session, award).award_id == award.id


def test_an_award_taken_back_is_not_found(session: Session, award: Award) -> None:
    with transaction(session):
        return_awards(session, "r", NOON, "round_rejected")
    with pytest.raises(ClaimNotFound):
        claim_it(session, award)


def test_the_last_moment_to_claim_is_just_before_the_deadline(session: Session, award: Award) -> None:
    with pytest.raises(ClaimExpired, match="until 2026-12-31 12:00 UTC"):
        claim_it(session, award, after=timedelta(days=30))
    assert claim_it(session, award, after=timedelta(days=30) - A_MOMENT).award_id == award.id


def test_an_expired_award_stays_expired_for_a_late_clock(session: Session, award: Award) -> None:
    with transaction(session):
        assert expire_awards(session, DEADLINE, 10) == 1
    with pytest.raises(ClaimExpired):
        claim_it(session, award, after=timedelta(days=1))


def test_a_contact_cannot_be_told_from_its_hash_without_the_code() -> None:
    hashes = {hash_contact(code, contact) for code in ("AAAAA", "BBBBB")
              for contact in (ALICE, replace(ALICE, name=""))}
    assert len(hashes) == 4
    assert hash_contact("aaaa-o", ALICE) == hash_contact("AAAA0", ALICE)
