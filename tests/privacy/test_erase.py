"""What is kept about a player is gone after one call; what must keep adding up stays, tied to nobody."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award
from prizes.caps import AwardTally, Cap, Tally
from prizes.claim import ClaimContact
from prizes.keepsake import Keepsake, give_keepsake, ticket_of
from prizes.ledger import StockEntry
from prizes.prize import PrizeKind
from prizes.staff_word import mark_sent, revoke_award
from prizes.way import ClaimTerms
from server.comments.comment import Comment, RulingEntry
from server.comments.desk_marks import mute_author
from server.comments.desk_rows import Mute
from server.comments.post_comment import Posting, post_comment
from server.comments.report import CommentReport, Statement
from server.comments.ruling import Decision, Reason
from server.db import transaction
from server.errors import Problem
from server.outbox import Tail
from server.play.round import Round
from server.play.standings import Standing
from server.players.player import Player
from tests.comments.cast import KEYS, MONA, NOWHERE, Cast, Person
from tests.privacy.scene import ALICE_MAIL, claim_it, count, everything_stored, me, rank, win
from tests.rig.race import Race


def test_after_erasing_the_token_is_unknown(alice: Person) -> None:
    assert alice.delete("/players/me").status_code == 204
    for answer in (alice.get("/players/me"), alice.delete("/players/me"), alice.say("still there?")):
        assert (answer.status_code, answer.get_json()["code"]) == (401, "unknown_player")


def test_erasing_takes_every_typed_word_and_the_name_out_of_every_table(cast: Cast, alice: Person) -> None:
    other = cast.posted(cast.player(), "Trop bien")
    cast.rule(other, Decision.PUBLISH)
    alice.post(f"/comments/{other}/reports", {"reason": "spam", "text": "reported-by-alice"})
    own = cast.posted(alice, "typed-by-alice")
    cast.rule(own, Decision.PUBLISH)
    cast.player().post(f"/comments/{own}/reports", {"reason": "spam", "text": "about-alice"})
    cast.mute(alice, days=7)
    alice.post("/players/me/mute/appeal", {"text": "muted-alice"})
    traces = (alice.alias, "typed-by-alice", "reported-by-alice", "about-alice", "muted-alice")
    with cast.database.sessions() as session:
        assert all(trace in everything_stored(session) for trace in traces)
    alice.delete("/players/me")
    with cast.database.sessions() as session:
        assert not any(trace in everything_stored(session) for trace in traces)
    assert cast.texts() == ["Trop bien"]


def test_an_erased_player_leaves_the_standings_and_the_rooms_hear_it(cast: Cast, alice: Person) -> None:
    rank(cast, alice, cast.round_of(alice), 4200)
    alice.delete("/players/me")
    assert count(cast, Standing) == 0
    with cast.database.sessions() as session:
        assert [(line.campaign_id, line.topic) for line in Tail().read(session, cast.clock())] == [
            (cast.campaign.id, "standings")]


def test_rounds_rulings_and_reports_stay_without_a_name(cast: Cast, alice: Person) -> None:
    other = cast.posted(cast.player(), "Trop bien")
    cast.rule(other, Decision.PUBLISH)
    alice.post(f"/comments/{other}/reports", {"reason": "spam"})
    cast.round_of(alice)
    own = cast.posted(alice, "typed-by-alice")
    alice.delete("/players/me")
    assert count(cast, Player, Player.id == alice.id, Player.token_hash.is_(None), Player.alias.is_(None)) == 1
    assert count(cast, Round, Round.player_id == alice.id) == 1
    assert count(cast, RulingEntry, RulingEntry.comment_id == own) == 1
    assert count(cast, CommentReport, CommentReport.comment_id == other, CommentReport.player_id.is_(None)) == 1


def test_a_claimed_prize_can_still_be_sent_after_erasing(cast: Cast, alice: Person) -> None:
    claim_it(cast, win(cast, alice, cast.round_of(alice)))
    alice.delete("/players/me")
    with cast.database.sessions() as session:
        assert ALICE_MAIL in everything_stored(session)


HASHED = ("person", "person_prize", "household", "network")


def links(cast: Cast) -> tuple[int, int, int]:
    """How many rows say which person, household or network has an award; how many contacts and keepsakes there are."""
    return (count(cast, AwardTally, AwardTally.cap.in_(HASHED)), count(cast, ClaimContact), count(cast, Keepsake))


def test_erasing_unties_a_claimed_voucher_from_who_claimed_it_and_keeps_award_and_ledger(cast: Cast,
                                                                                         alice: Person) -> None:
    round_id = cast.round_of(alice)
    award = win(cast, alice, round_id, PrizeKind.VOUCHER)
    claim_it(cast, award)
    with cast.database.sessions() as session, transaction(session):
        give_keepsake(session, cast.campaign.id, round_id, KEYS.claim, cast.clock())
        session.execute(update(Round).values(network="a network"))
    with cast.database.sessions() as session:
        lines = session.scalars(select(StockEntry.move).where(StockEntry.award_id == award.id)).all()
    assert links(cast) == (3, 1, 1)
    alice.delete("/players/me")
    assert links(cast) == (0, 0, 0)
    assert count(cast, Round, Round.network.is_not(None)) == 0
    assert count(cast, Award, Award.id == award.id, Award.state == "claimed") == 1
    with cast.database.sessions() as session:
        assert session.scalars(select(StockEntry.move).where(StockEntry.award_id == award.id)).all() == lines
        assert audit(session) == []


@pytest.mark.parametrize("deed", ["sent", "revoked"])
def test_a_parcel_keeps_its_contact_after_erasing_until_it_is_sent_or_taken_back(cast: Cast, alice: Person,
                                                                                 deed: str) -> None:
    other = cast.player()
    awards = [win(cast, person, cast.round_of(person)) for person in (alice, other)]
    for award, mail in zip(awards, (ALICE_MAIL, "charlie@home.example"), strict=True):
        claim_it(cast, award, mail=mail)
    alice.delete("/players/me")
    assert links(cast) == (3, 2, 0)  # the other's hashes, and both contacts
    with cast.database.sessions() as session, transaction(session):
        for award in awards:
            done = (mark_sent(session, award.id, "bob", cast.clock()) if deed == "sent"
                    else revoke_award(session, award.id, "lost", "bob", cast.clock()))
            assert done
    with cast.database.sessions() as session:
        assert session.scalars(select(ClaimContact.award_id)).all() == [awards[1].id]
        assert audit(session) == []


def test_who_erases_and_claims_again_has_claimed_before(cast: Cast, alice: Person) -> None:
    once = ClaimTerms(KEYS.person, KEYS.vouchers, per_person=1)
    claim_it(cast, win(cast, alice, cast.round_of(alice)), once)
    alice.delete("/players/me")
    again = cast.player()
    claim_it(cast, win(cast, again, cast.round_of(again)), once)
    assert [told["reason"] for told in me(again)["awards"]] == ["above_cap"]
    with cast.database.sessions() as session:
        assert audit(session) == []


def test_the_ticket_of_an_erased_player_is_nobodys(cast: Cast, alice: Person) -> None:
    round_id = cast.round_of(alice)
    with cast.database.sessions() as session, transaction(session):
        give_keepsake(session, cast.campaign.id, round_id, KEYS.claim, cast.clock())
    alice.delete("/players/me")
    asked = cast.client.post("/api/v1/claims/look", json={"claim_code": ticket_of(KEYS.claim, round_id)})
    assert (asked.status_code, asked.get_json()["code"]) == (404, "claim_not_found")


def test_erasing_leaves_other_players_alone(cast: Cast, alice: Person) -> None:
    other = cast.player()
    round_id = cast.round_of(other)
    rank(cast, other, round_id, 100)
    cast.posted(other, "somebody else")
    before = me(other)
    alice.delete("/players/me")
    assert me(other) == before


def test_who_is_erased_while_posting_leaves_no_text(cast: Cast, alice: Person) -> None:
    with cast.database.sessions() as session:
        player = session.get_one(Player, alice.id)  # the token was read and found good
        alice.delete("/players/me")
        with pytest.raises(Problem, match="erased"):
            post_comment(session, cast.campaign, player.id, Posting("typed-by-alice"), NOWHERE, cast.clock())
    assert count(cast, Comment) == 0


def test_erasing_and_posting_at_once_leave_no_text(cast: Cast, alice: Person, race: Race) -> None:
    deeds = iter(("erase", "first word", "second word", "third word"))

    def act(_session: Session) -> int:
        deed = next(deeds)
        return (alice.delete("/players/me") if deed == "erase" else alice.say(deed)).status_code

    statuses = race(act, players=4)
    assert 204 in statuses
    assert set(statuses) <= {204, 201, 401}
    assert count(cast, Comment) == 0


def test_erasing_and_claiming_at_once_leave_books_that_agree_and_no_contact_of_an_erased_player(
        cast: Cast, alice: Person, race: Race) -> None:
    """Of a voucher nothing is owed once it is claimed: a contact may only be there when its claim came later."""
    awards = [win(cast, alice, cast.round_of(cast.player()), PrizeKind.VOUCHER) for _ in range(5)]
    todo = iter([None, *awards])

    def act(_session: Session) -> str:
        award = next(todo)
        if award is None:
            return alice.delete("/players/me").status
        claim_it(cast, award)
        return "claimed"

    assert sorted(race(act, players=6)) == ["204 NO CONTENT", *["claimed"] * 5]
    contacts, unlinked = count(cast, ClaimContact), count(cast, Tally, Tally.unlinked > 0)
    with cast.database.sessions() as session:
        assert audit(session) == []
        tied = session.scalars(select(AwardTally.award_id).where(AwardTally.cap == Cap.PERSON)).all()
    assert (len(tied), unlinked > 0) == (contacts, contacts < 5)


def test_an_erased_author_is_muted_no_more(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Trop bien", alice)
    cast.publish("a reply", reply_to=comment_id)
    alice.delete("/players/me")
    with cast.database.sessions() as session, pytest.raises(Problem) as refusal:
        mute_author(session, comment_id, 7, Reason.INSULT, MONA, cast.clock())
    assert (refusal.value.code, count(cast, Mute), count(cast, Statement)) == ("comment_not_found", 0, 0)
