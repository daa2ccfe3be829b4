"""What is kept about a player is shown to that player whole."""

import json

from prizes.claim import claim_code
from prizes.give_up import return_awards
from prizes.keepsake import give_keepsake, ticket_of
from prizes.prize import PrizeKind
from prizes.staff_word import mark_sent
from prizes.way import ClaimTerms
from server.comments.ruling import Decision, Reason
from server.db import transaction
from tests.comments.cast import KEYS, Cast, Person
from tests.privacy.scene import ALICE_MAIL, claim_it, me, rank, win


def test_a_new_player_is_a_name_and_a_moment(alice: Person) -> None:
    assert me(alice) == {"player": {"id": alice.id, "alias": alice.alias, "created_at": "2026-12-01T12:00:00.000Z"},
                         "rounds": [], "standings": [], "awards": [], "keepsakes": [], "bonus_rounds": [],
                         "friend_links": [], "comments": [], "reactions": [],
                         "reports": [], "mutes": [], "mute_appeals": [], "scans": []}


def test_my_rounds_and_places_are_told(cast: Cast, alice: Person) -> None:
    round_id = cast.round_of(alice)
    rank(cast, alice, round_id, 4200)
    told = me(alice)
    assert [(round_["id"], round_["campaign"], round_["campaign_title"], round_["state"])
            for round_ in told["rounds"]] == [(round_id, "boss", "The boss", "open")]
    assert [(place["campaign"], place["round_id"], place["score"]) for place in told["standings"]] == [
        ("boss", round_id, 4200)]


def test_my_awards_are_told_with_the_code_until_they_are_claimed_and_with_my_contact_after(cast: Cast,
                                                                                           alice: Person) -> None:
    award = win(cast, alice, cast.round_of(alice))
    [told] = me(alice)["awards"]
    assert (told["state"], told["prize"]["name"], told["claim_code"]) == (
        "open", "Dart", claim_code(KEYS.claim, award.id))
    claim_it(cast, award)
    [told] = me(alice)["awards"]
    assert told["state"] == "claimed"
    assert "claim_code" not in told
    assert told["claim"] == {"claimed_at": "2026-12-01T12:00:00.000Z", "name": "Alice A.", "email": ALICE_MAIL,
                             "address": "1 rue du Tir"}


def test_a_claimed_voucher_is_told_with_the_page_of_its_code_and_without_the_code(cast: Cast, alice: Person) -> None:
    award = win(cast, alice, cast.round_of(alice), PrizeKind.VOUCHER)
    page = f"/claim/{claim_code(KEYS.claim, award.id)}"
    [told] = me(alice)["awards"]
    assert told["claim_url"].endswith(page)
    claim_it(cast, award)
    [told] = me(alice)["awards"]
    assert told["claim"]["code_handed_out"] is True
    assert told["claim_url"].endswith(page)
    assert "SECRET" not in json.dumps(told)


def test_a_claimed_download_is_told_with_its_address(cast: Cast, alice: Person) -> None:
    claim_it(cast, win(cast, alice, cast.round_of(alice), PrizeKind.DOWNLOAD))
    [told] = me(alice)["awards"]
    assert told["claim"]["download"] == "/darts.pdf"
    assert "code_handed_out" not in told["claim"]


def test_my_keepsakes_are_told_with_their_pages(cast: Cast, alice: Person) -> None:
    round_id, theirs = cast.round_of(alice), cast.round_of(cast.player())
    with cast.database.sessions() as session, transaction(session):
        for kept in (round_id, theirs):
            give_keepsake(session, cast.campaign.id, kept, KEYS.claim, cast.clock())
    [told] = me(alice)["keepsakes"]
    ticket = ticket_of(KEYS.claim, round_id)
    assert (told["round_id"], told["campaign"], told["at"]) == (round_id, "boss", "2026-12-01T12:00:00.000Z")
    assert (told["ticket"], told["url"].endswith(f"/claim/{ticket}")) == (ticket, True)


def test_a_prize_on_its_way_is_told_with_the_moment_and_not_with_who_sent_it(cast: Cast, alice: Person) -> None:
    award = win(cast, alice, cast.round_of(alice))
    claim_it(cast, award)
    assert "sent_at" not in me(alice)["awards"][0]
    with cast.database.sessions() as session, transaction(session):
        assert mark_sent(session, award.id, "mona", cast.clock())
    [told] = me(alice)["awards"]
    assert (told["state"], told["sent_at"]) == ("sent", "2026-12-01T12:00:00.000Z")
    assert "mona" not in json.dumps(told)


def test_an_award_that_went_back_is_told_with_the_true_reason(cast: Cast, alice: Person) -> None:
    kept, capped, rejected = (win(cast, alice, cast.round_of(cast.player())) for _ in range(3))
    for award in (kept, capped):
        claim_it(cast, award, ClaimTerms(KEYS.person, per_person=1))
    with cast.database.sessions() as session, transaction(session):
        return_awards(session, rejected.round_id, cast.clock(), "round_rejected")
    assert {(told["id"], told["state"], told.get("reason")) for told in me(alice)["awards"]} == {
        (kept.id, "claimed", None), (capped.id, "returned", "above_cap"), (rejected.id, "returned", "round_rejected")}


def test_my_comments_are_told_with_every_ruling_but_not_with_who_ruled(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "appelle 06 12 34 56 78")
    cast.rule(comment_id, Decision.REFUSE, Reason.CONTACT)
    [told] = me(alice)["comments"]
    assert (told["text"], told["state"], told["reason"]) == ("appelle 06 12 34 56 78", "refused", "contact")
    assert [(ruling["decision"], ruling["by"]) for ruling in told["rulings"]] == [("hold", "rules"),
                                                                                  ("refuse", "person")]
    assert "mona" not in json.dumps(told)


def test_my_reports_are_told(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(cast.player(), "Trop bien")
    cast.rule(comment_id, Decision.PUBLISH)
    told = {"reason": "spam", "text": "hm", "email": "alice@home.example"}
    receipt = alice.post(f"/comments/{comment_id}/reports", told).get_json()["receipt"]["id"]
    assert me(alice)["reports"] == [{"receipt": receipt, "comment_id": comment_id, "reason": "spam", "text": "hm",
                                     "contact_sealed": True, "at": "2026-12-01T12:00:00.000Z", "settled_at": None,
                                     "outcome": None}]


def test_a_mute_is_told_with_its_reason_and_not_with_who_decided_it(cast: Cast, alice: Person) -> None:
    cast.mute(alice, days=7)
    told = {"until": "2026-12-08T12:00:00.000Z", "reason": "spam", "at": "2026-12-01T12:00:00.000Z"}
    assert (me(alice)["mutes"], me(cast.player())["mutes"]) == ([told], [])
    cast.clock.advance(days=8)
    assert me(alice)["mutes"] == [told]


def test_nothing_of_another_player_is_told(cast: Cast, alice: Person) -> None:
    other = cast.player()
    round_id = cast.round_of(other)
    rank(cast, other, round_id, 100)
    win(cast, other, round_id)
    cast.posted(other, "somebody else")
    told = json.dumps(me(alice))
    assert not any(theirs in told for theirs in (other.id, round_id, "somebody else", "Dart"))


def test_a_stranger_is_told_nothing_and_erases_nothing(cast: Cast) -> None:
    for method in ("GET", "DELETE"):
        answer = cast.client.open("/api/v1/players/me", method=method)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "unknown_player")


def test_what_is_told_is_kept_by_no_cache(alice: Person) -> None:
    assert alice.get("/players/me").headers["Cache-Control"] == "no-store"
