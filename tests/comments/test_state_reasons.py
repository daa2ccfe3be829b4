"""Every restriction states its reasons to its author, in words that stand; what is taken back is void."""

from typing import Any

import pytest
from sqlalchemy import update

from server.comments.canned import can_reason
from server.comments.comment import THE_RULES, Comment, CommentState, RulingEntry, ruling_entry
from server.comments.desk_marks import mute_author, unmute_author
from server.comments.hide_comment import HIDING
from server.comments.report import Statement
from server.comments.rule_on_comment import Seen
from server.comments.ruling import Decision, Reason
from server.comments.state_reasons import state_reasons
from server.comments.undo_ruling import undo_ruling
from server.db import transaction
from tests.comments.cast import MONA, Cast, Person, every_brand


def told(person: Person) -> dict[str, Any]:
    """The statement of a person's only comment."""
    [mine] = person.mine()["comments"]
    statement: dict[str, Any] = mine["statement"]
    return statement


def lines(statement: dict[str, Any]) -> list[str]:
    return str(statement["text"]).split("\n")


def hide_as_readers_do(cast: Cast, comment_id: str) -> None:
    """What three reports lead to: the rules hide it, without a person."""
    with cast.database.sessions() as session, transaction(session):
        session.execute(update(Comment).where(Comment.id == comment_id).values(
            state=CommentState.HIDDEN, reason=Reason.REPORTED, rulings=Comment.rulings + 1))
        comment = session.get_one(Comment, comment_id)
        entry = ruling_entry(comment, comment.rulings, HIDING, THE_RULES, cast.clock())
        session.add(entry)
        state_reasons(session, [(comment, entry)])


def test_a_refusal_is_stated_with_what_why_ground_who_and_how_to_object(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Bof")
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    statement = told(alice)
    assert lines(statement) == [
        "Your comment is not shown.", "It hurts somebody.", "It does not keep to the house rules of these comments.",
        "A person decided this.",
        "If you do not agree, ask here for another person to look at it: one click, free of charge."]
    assert {name: statement[name] for name in ("ruling_id", "ground", "by", "at")} == {
        "ruling_id": f"{comment_id}.000002", "ground": "rules", "by": "person", "at": "2026-12-01T12:00:00.000Z"}


def test_what_is_refused_for_the_law_is_removed_and_courts_are_named(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Bof")
    cast.rule(comment_id, Decision.REFUSE, Reason.ILLEGAL)
    statement = told(alice)
    assert cast.seen(comment_id).state == CommentState.REMOVED_LEGAL
    assert (statement["ground"], lines(statement)[0]) == ("law", "Your comment has been removed.")
    assert "Article 21 of the Digital Services Act" in lines(statement)[-1]


def test_what_readers_hide_is_stated_as_done_by_no_person(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Bof", alice)
    hide_as_readers_do(cast, comment_id)
    statement = told(alice)
    assert (statement["by"], statement["ground"]) == ("rules", "doubt")
    assert alice.get("/players/me").get_json()["comments"][0]["statements"] == [statement]
    assert lines(statement)[-3:-1] == ["It may break the house rules of these comments.",
                                       "This happened automatically; no person has decided yet."]


def test_what_a_person_hides_is_stated_as_in_doubt_until_it_is_refused(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Bof", alice)
    cast.rule(comment_id, Decision.HOLD, Reason.ILLEGAL)
    assert (told(alice)["by"], told(alice)["ground"]) == ("person", "doubt")
    assert "It may break the house rules of these comments." in lines(told(alice))
    alice.post(f"/comments/{comment_id}/appeal", {})
    assert told(alice)["ground"] == "doubt"


def test_who_pointed_at_it_is_told_without_a_name(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("appelle le 06 12 34 56 78", alice)
    cast.player().post(f"/comments/{comment_id}/reports", {"reason": "contact"})
    cast.rule(comment_id, Decision.REFUSE, Reason.CONTACT)
    assert lines(told(alice))[3] == (
        "A person decided this. Our automatic rules had marked the text before. Readers had reported it.")


@pytest.mark.parametrize("decision", [Decision.HOLD, Decision.PUBLISH])
def test_what_waits_or_shows_is_no_restriction(cast: Cast, alice: Person, decision: Decision) -> None:
    cast.rule(cast.posted(alice, "Bof"), decision, Reason.OTHER)
    assert told(alice) is None


def test_it_is_read_in_each_language_of_the_campaign_else_in_its_first(cast: Cast, alice: Person) -> None:
    cast.open_campaign("tour", nl="De toren", fr="La tour")
    posted = alice.post("/campaigns/tour/comments", {"text": "Bof"}).get_json()["comment"]["id"]
    cast.rule(posted, Decision.REFUSE, Reason.INSULT)
    for asked, said in (("fr", "Votre commentaire"), ("nl", "Je reactie"), ("en", "Je reactie")):
        [mine] = alice.get(f"/campaigns/tour/comments/mine?lang={asked}").get_json()["comments"]
        assert mine["statement"]["text"].startswith(said)


def test_what_an_author_was_told_stands_when_the_house_says_it_otherwise_later(cast: Cast, alice: Person) -> None:
    with cast.database.sessions() as session:
        can_reason(session, every_brand(session)[0], "en", Reason.SPAM, "No adverts, thanks.")
        cast.rule(cast.posted(alice, "Bof"), Decision.REFUSE, Reason.SPAM)
        can_reason(session, every_brand(session)[0], "en", Reason.SPAM, "Advertising is not for us.")
    assert lines(told(alice))[1] == "No adverts, thanks."


def test_undoing_makes_it_void_and_the_one_before_holds_again(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Bof")
    for reason in (Reason.INSULT, Reason.ILLEGAL):
        cast.clock.advance(seconds=1)
        cast.rule(comment_id, Decision.REFUSE, reason)
    for ruling, ground in ((3, "rules"), (2, None)):
        seen = cast.seen(comment_id)
        with cast.database.sessions() as session:
            assert undo_ruling(session, Seen(comment_id, 1, seen.rulings), f"{comment_id}.{ruling:06}", MONA,
                               cast.clock.advance(seconds=1))
        statement = told(alice)
        assert (statement and statement["ground"]) == ground
    assert cast.seen(comment_id).state == CommentState.HELD
    assert alice.get("/players/me").get_json()["comments"][0]["statements"] == []


def test_a_statement_goes_with_the_comment_and_the_ruling_stays(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Bof")
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    assert alice.delete("/players/me").status_code == 204
    with cast.database.sessions() as session:
        assert session.query(Statement).count() == 0
        assert session.get(RulingEntry, f"{comment_id}.000002") is not None


def test_a_mute_is_stated_to_whom_it_silences_until_it_ends(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Bof", alice)
    with cast.database.sessions() as session:
        until = mute_author(session, comment_id, 7, Reason.SPAM, MONA, cast.clock())
    mute = alice.mine()["mute"]
    assert mute["until"] == "2026-12-08T12:00:01.000Z"
    assert lines(mute["statement"])[:2] == ["You cannot write comments until December 8, 2026.",
                                            "It is advertising."]
    assert (mute["statement"]["ground"], mute["statement"]["by"]) == ("rules", "person")
    assert cast.player().mine()["mute"] is None
    cast.clock.now = until
    assert alice.mine()["mute"] is None


def test_a_new_mute_takes_the_place_of_the_old_and_none_is_stated_once_it_is_lifted(cast: Cast, alice: Person) -> None:
    first, other = cast.publish("Bof", alice), cast.publish("Bif", alice)
    with cast.database.sessions() as session:
        for comment_id, days, reason in ((first, 1, Reason.SPAM), (first, 7, Reason.INSULT), (other, 30, Reason.SPAM)):
            mute_author(session, comment_id, days, reason, MONA, cast.clock.advance(seconds=1))
        assert lines(alice.mine()["mute"]["statement"])[1] == "It is advertising."
        unmute_author(session, first)
        assert session.query(Statement).count() == 0
    assert alice.mine()["mute"] is None


def test_all_that_was_stated_is_among_what_is_kept_about_a_player(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Bof")
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    alice.post(f"/comments/{comment_id}/appeal", {"text": "It was meant kindly."})
    [kept] = alice.get("/players/me").get_json()["comments"]
    assert [statement["ruling_id"] for statement in kept["statements"]] == [f"{comment_id}.000002"]
    assert kept["appeals"] == [{"state": "open", "at": "2026-12-01T12:00:00.000Z", "settled_at": None,
                                "text": "It was meant kindly."}]
