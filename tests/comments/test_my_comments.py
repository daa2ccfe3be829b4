"""What an author alone is told of the own comments."""

from sqlalchemy import update

from server.comments.ruling import Decision, Reason
from server.db import transaction
from server.players.player import Player
from tests.comments.cast import Cast, Person


def test_a_waiting_comment_is_told_with_why_and_until_when_it_may_change(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "appelle le 06 12 34 56 78")
    assert alice.mine()["comments"] == [{
        "id": comment_id, "state": "held", "reason": "contact", "revision": 1, "text": "appelle le 06 12 34 56 78",
        "editable_until": "2026-12-01T12:05:00.000Z", "posted_at": "2026-12-01T12:00:00.000Z", "round_id": None,
        "at_ms": None, "reply_to": None, "ruled_by": "rules", "statement": None, "may_appeal": False, "appeal": None}]


def test_a_refusal_is_told_with_its_reason_and_that_a_person_gave_it(cast: Cast, alice: Person) -> None:
    cast.rule(cast.posted(alice, "Bof"), Decision.REFUSE, Reason.OFF_TOPIC)
    [told] = alice.mine()["comments"]
    assert (told["state"], told["reason"], told["ruled_by"], told["editable_until"]) == (
        "refused", "off_topic", "person", None)


def test_a_public_one_is_told_only_while_it_may_change(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Trop bien", alice)
    assert [(told["id"], told["state"]) for told in alice.mine()["comments"]] == [(comment_id, "published")]
    cast.clock.advance(minutes=5)
    assert alice.mine()["comments"] == []


def test_which_of_the_public_ones_are_the_authors_is_told_by_id_as_long_as_they_are_public(cast: Cast,
                                                                                           alice: Person) -> None:
    namesake = cast.player()
    with cast.database.sessions() as session, transaction(session):
        session.execute(update(Player).values(alias="Namesake"))
    cast.publish("not Alice", namesake)
    first, gone = cast.publish("first", alice), cast.publish("gone", alice)
    cast.clock.advance(minutes=6)
    reply = cast.publish("a reply", alice, reply_to=cast.publish("another's"))
    cast.posted(alice, "waits")
    assert cast.rule(gone, Decision.REFUSE, Reason.SPAM)
    assert alice.mine()["published"] == [reply, first]


def test_what_waits_longer_is_told_as_no_longer_to_be_changed(cast: Cast, alice: Person) -> None:
    cast.posted(alice, "Trop bien")
    cast.clock.advance(minutes=5)
    assert alice.mine()["comments"][0]["editable_until"] is None


def test_nobody_elses_are_told_nor_those_of_another_campaign(cast: Cast, alice: Person) -> None:
    cast.posted(cast.player(), "somebody else")
    cast.open_campaign("other")
    alice.post("/campaigns/other/comments", {"text": "elsewhere"})
    assert alice.mine() == {"comments": [], "published": [], "reactions": {}, "mute": None}


def test_a_stranger_has_none(cast: Cast) -> None:
    answer = cast.client.get("/api/v1/campaigns/boss/comments/mine")
    assert (answer.status_code, answer.get_json()["code"]) == (401, "unknown_player")


def test_everything_kept_of_a_comment_is_told_under_me(cast: Cast, alice: Person) -> None:
    parent = cast.publish("Who?")
    comment_id = cast.posted(alice, "Me", reply_to=parent)
    alice.edit(comment_id, "Me!")
    alice.react(parent, "heart")
    told = alice.get("/players/me").get_json()
    [mine] = told["comments"]
    assert (mine["reply_to"], mine["earlier_texts"], mine["text"]) == (parent, ["Me"], "Me!")
    assert told["reactions"] == [{"comment_id": parent, "kind": "heart"}]
