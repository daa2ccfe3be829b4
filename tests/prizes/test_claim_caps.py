"""Caps by person and household at the claim, and what staff say of an award afterwards; the books agree throughout."""

from collections import Counter
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award, AwardState
from prizes.caps import Cap, Tally
from prizes.claim import (
    AboveCap,
    Claim,
    ClaimAboveCap,
    ClaimContact,
    ClaimNotFound,
    ClaimRefused,
    ClaimTaken,
    Contact,
    claim,
    claim_code,
    was_above_cap,
)
from prizes.forget import forget_winner
from prizes.staff_word import mark_sent, revoke_award
from prizes.way import ClaimTerms
from server.db import Database, transaction
from tests.prizes.scene import TERMS, Scene
from tests.prizes.voucher_scene import VoucherScene, claim_voucher
from tests.rig.clock import NOON
from tests.rig.race import PATIENCE_S, Race

HOME = "1 rue du Tir, Paris"
ALICE = Contact("alice@example.org", "Alice", HOME)
CAPS = ClaimTerms(person_key=b"p" * 32, per_person=2, per_household=3)


def win(scene: Scene, player: str) -> Award:
    won = scene.win(player=player)
    assert won is not None
    return won


def claim_it(session: Session, award: Award, contact: Contact = ALICE, terms: ClaimTerms = CAPS) -> Claim | AboveCap:
    with transaction(session):
        return claim(session, claim_code(TERMS.claim_key, award.id), contact, NOON, terms)


def test_one_person_with_many_tokens_claims_no_more_than_the_cap(session: Session, scene: Scene) -> None:
    prize_id = scene.add_prize(units=5, per_player=9)
    awards = [win(scene, f"token{number}") for number in range(3)]
    mails = ["alice@example.org", "ALICE+2@example.org", "alice+3@example.org"]
    claims = [claim_it(session, award, replace(ALICE, email=mail)) for award, mail in zip(awards, mails, strict=True)]
    assert [type(one) for one in claims] == [Claim, Claim, AboveCap]
    assert isinstance(claims[2], AboveCap)
    assert (claims[2].limit.cap, claims[2].limit.most) == (Cap.PERSON, 2)
    stock = scene.stock(prize_id)
    assert (stock.free, stock.reserved, stock.awarded) == (3, 0, 2)
    assert audit(session) == []


def test_what_went_back_above_a_cap_is_nobodys_any_more(session: Session, scene: Scene) -> None:
    scene.add_prize(units=5, per_player=9)
    awards = [win(scene, f"token{number}") for number in range(3)]
    for award in awards:
        claim_it(session, award)
    with pytest.raises(ClaimNotFound):
        claim_it(session, awards[2], replace(ALICE, email="charlie@example.org"))
    assert sorted(award.state for award in scene.awards()) == ["claimed", "claimed", "returned"]


def test_one_household_with_many_mailboxes_claims_no_more_than_the_cap(session: Session, scene: Scene) -> None:
    scene.add_prize(units=9, per_player=9)
    awards = [win(scene, f"token{number}") for number in range(4)]
    claims = [claim_it(session, award, replace(ALICE, email=f"{number}@example.org"))
              for number, award in enumerate(awards)]
    assert [type(one) for one in claims] == [Claim, Claim, Claim, AboveCap]
    assert audit(session) == []


def test_a_person_has_a_prize_as_often_as_a_player_may(session: Session, scene: Scene) -> None:
    scene.add_prize(units=5, per_player=1)
    first, second = win(scene, "one"), win(scene, "two")
    assert isinstance(claim_it(session, first, terms=ClaimTerms(b"p" * 32)), Claim)
    refused = claim_it(session, second, terms=ClaimTerms(b"p" * 32))
    assert isinstance(refused, AboveCap)
    assert refused.limit.cap == Cap.PERSON_PRIZE


def test_sixteen_claims_of_one_person_at_once_keep_to_the_cap(session: Session, scene: Scene, race: Race) -> None:
    scene.add_prize(units=20, per_player=99)
    todo = iter([win(scene, f"token{number}") for number in range(16)])
    claims = race(lambda own: claim_it(own, next(todo)), players=16)
    assert sum(isinstance(one, Claim) for one in claims) == 2
    assert audit(session) == []


def above_the_cap(scene: Scene) -> Award:
    """An award whose claim by Alice would pass her cap: she has two prizes already."""
    scene.add_prize(units=5, per_player=9)
    awards = [win(scene, f"token{number}") for number in range(3)]
    with scene.database.sessions() as session:
        for award in awards[:2]:
            claim_it(session, award)
    return awards[2]


def outcome(session: Session, award: Award) -> type:
    """What a claim of Alice comes to: the kind of its answer, or of its refusal."""
    try:
        return type(claim_it(session, award))
    except ClaimRefused as refused:
        return type(refused)


def test_two_claims_above_a_cap_at_once_both_look_before_it_is_passed(scene: Scene, race: Race) -> None:
    """The control: who looks before the claim sees no cap, and is refused for it all the same."""
    award = above_the_cap(scene)
    everybody_has_looked = Barrier(2, timeout=PATIENCE_S)

    def look_then_claim(own: Session) -> bool:
        seen = was_above_cap(own, own.get_one(Award, award.id))
        own.rollback()
        everybody_has_looked.wait()
        return seen or outcome(own, award) is Claim

    assert race(look_then_claim, players=2) == [False, False]


def test_sixteen_claims_at_once_of_one_award_above_a_cap_all_hear_of_the_cap(session: Session, scene: Scene,
                                                                             race: Race) -> None:
    award = above_the_cap(scene)
    assert Counter(race(lambda own: outcome(own, award), players=16)) == {AboveCap: 1, ClaimAboveCap: 15}
    assert audit(session) == []


def household(scene: Scene, session: Session, size: int) -> list[str]:
    """The players of one household, each with a claimed prize."""
    scene.add_prize(units=size)
    players = [f"token{number}" for number in range(size)]
    for player in players:
        contact = replace(ALICE, email=f"{player}@example.org")
        assert isinstance(claim_it(session, win(scene, player), contact, ClaimTerms(b"p" * 32)), Claim)
    return players


def unlinked(session: Session) -> int | None:
    return session.scalar(select(Tally.unlinked).where(Tally.cap == Cap.HOUSEHOLD))


def test_of_two_of_a_household_forgotten_at_once_one_is_lost_if_we_read_then_write(session: Session, scene: Scene,
                                                                                   race: Race) -> None:
    household(scene, session, 2)
    everybody_has_read = Barrier(2, timeout=PATIENCE_S)

    def naive_unlink(own: Session) -> None:
        seen = unlinked(own) or 0
        own.rollback()
        everybody_has_read.wait()
        with transaction(own):
            own.execute(update(Tally).where(Tally.cap == Cap.HOUSEHOLD).values(unlinked=seen + 1))

    race(naive_unlink, players=2)
    assert unlinked(session) == 1


def test_all_of_a_household_are_forgotten_at_once(session: Session, scene: Scene, race: Race) -> None:
    todo = iter(household(scene, session, 12))

    def forget(own: Session) -> None:
        with transaction(own):
            forget_winner(own, next(todo))

    race(forget, players=12)
    assert unlinked(session) == 12
    assert scene.count(ClaimContact) == 12  # parcels: to be sent first
    assert audit(session) == []


def test_a_claimed_prize_is_sent_once_and_the_claim_repeats_still(session: Session, scene: Scene) -> None:
    scene.add_prize(units=1)
    award = win(scene, "alice")
    with transaction(session):
        assert not mark_sent(session, award.id, "bob", NOON)
    first = claim_it(session, award)
    with transaction(session):
        assert mark_sent(session, award.id, "bob", NOON)
        assert not mark_sent(session, award.id, "bob", NOON)
    assert isinstance(first, Claim)
    again = claim_it(session, award)
    assert isinstance(again, Claim)
    assert again.body_hash == first.body_hash
    with pytest.raises(ClaimTaken):
        claim_it(session, award, replace(ALICE, name="Charlie"))
    assert audit(session) == []


@pytest.mark.parametrize("before", ["open", "sent"])
def test_a_revoked_award_frees_its_unit_and_its_code_is_nobodys(session: Session, scene: Scene, before: str) -> None:
    prize_id = scene.add_prize(units=1)
    award = win(scene, "alice")
    if before != "open":
        claim_it(session, award)
    with transaction(session):
        assert mark_sent(session, award.id, "bob", NOON) == (before != "open")
    with transaction(session):
        assert revoke_award(session, award.id, "fraud", "bob", NOON)
    with transaction(session):
        assert not revoke_award(session, award.id, "fraud", "bob", NOON)
        assert not revoke_award(session, "nobody", "fraud", "bob", NOON)
    assert scene.stock(prize_id).free == 1
    assert [entry.by for entry in scene.ledger() if entry.reason == "fraud"] == ["bob"]
    with pytest.raises(ClaimNotFound):
        claim_it(session, award)
    assert scene.awards()[0].state == AwardState.REVOKED
    assert isinstance(claim_it(session, win(scene, "alice")), Claim)  # neither the player nor the person is full
    assert audit(session) == []


def test_a_revoked_voucher_whose_code_was_shown_is_withdrawn(session: Session, database: Database) -> None:
    vouchers = VoucherScene(database)
    vouchers.add_voucher(codes=2)
    award = win(vouchers, "alice")
    claim_voucher(session, award)
    with transaction(session):
        assert revoke_award(session, award.id, "fraud", "bob", NOON)
    stock = vouchers.stock(award.prize_id)
    assert (stock.awarded, stock.withdrawn) == (0, 1)
    assert audit(session) == []
