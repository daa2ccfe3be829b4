"""Three distinct readers hide what no person has ruled on; what a person let through only comes back to the desk."""

import pytest
from sqlalchemy import update

from server.comments.comment import Comment, CommentState, rulings_on
from server.comments.rule_on_comment import seen_of
from server.comments.ruling import Decision, Reason
from server.comments.undo_ruling import undo_ruling
from server.db import transaction
from server.outbox import Tail
from tests.comments.cast import MONA, Cast, Person
from tests.comments.readers import nobody, outcome, report, report_by, trusting, try_report

__all__ = ["trusting"]


@pytest.fixture
def unruled(trusting: Cast, alice: Person) -> str:
    """Public by the rules alone."""
    comment_id = trusting.posted(alice, "Trop bien")
    assert trusting.texts() == ["Trop bien"]
    return comment_id


def test_the_third_distinct_reader_hides_what_no_person_has_ruled_on(cast: Cast, alice: Person, unruled: str) -> None:
    report_by(cast, unruled, 2)
    assert cast.texts() == ["Trop bien"]
    with cast.database.sessions() as session:
        heard = Tail()
        heard.read(session, cast.clock())
    report_by(cast, unruled, 1)
    assert cast.texts() == []
    with cast.database.sessions() as session:
        entry = rulings_on(session, unruled)[-1]
        told = [line for line in heard.read(session, cast.clock()) if line.topic == "comments"]
    assert (entry.decision, entry.reason, entry.ruled_by) == (Decision.HOLD, Reason.REPORTED, "rules")
    assert len(told) == 1, "rooms must hear of it"
    [own] = alice.mine()["comments"]
    assert (own["state"], own["reason"], own["ruled_by"]) == ("hidden", "reported", "rules")


def test_several_tokens_from_one_network_are_one_reader(cast: Cast, unruled: str) -> None:
    for last in range(1, 5):
        report(cast.player(f"203.0.113.{last}"), unruled)
    report(nobody(cast, "203.0.113.77"), unruled)
    assert cast.texts() == ["Trop bien"]


def test_one_token_from_several_networks_is_one_reader(cast: Cast, unruled: str) -> None:
    reader = cast.player()
    for first in range(20, 25):
        reader.address = f"{first}.0.0.1"
        report(reader, unruled)
    assert cast.texts() == ["Trop bien"]


def test_readers_without_a_token_count_by_their_networks(cast: Cast, unruled: str) -> None:
    for address in ("203.0.113.1", "198.51.100.1", "2001:db8::1"):
        assert cast.texts() == ["Trop bien"]
        report(nobody(cast, address), unruled)
    assert cast.texts() == []


def test_what_a_person_let_through_is_never_hidden_and_comes_back_to_the_desk(cast: Cast, unruled: str) -> None:
    report_by(cast, unruled, 2)
    cast.rule(unruled, Decision.PUBLISH)
    report_by(cast, unruled, 5)
    assert cast.texts() == ["Trop bien"]
    assert cast.seen(unruled).state == CommentState.PUBLISHED


def test_a_person_shows_a_hidden_one_again_at_its_old_place_and_it_stays(cast: Cast, unruled: str) -> None:
    place = cast.seen(unruled).published_at
    receipts = report_by(cast, unruled, 3)
    cast.clock.advance(minutes=1)
    assert cast.rule(unruled, Decision.PUBLISH)
    report_by(cast, unruled, 3)
    assert cast.texts() == ["Trop bien"]
    assert cast.seen(unruled).published_at == place
    assert {outcome(cast, receipt)["outcome"] for receipt in receipts} == {"kept"}


def test_reports_of_an_earlier_text_do_not_hide_the_present_one(cast: Cast, alice: Person, unruled: str) -> None:
    report_by(cast, unruled, 2)
    assert alice.edit(unruled, "Encore mieux").status_code == 200
    cast.rule(unruled, Decision.PUBLISH)
    with cast.database.sessions() as session, transaction(session):
        session.execute(update(Comment).values(ruled_revision=None))  # as if the rules might publish an edit
    report_by(cast, unruled, 2)
    assert cast.texts() == ["Encore mieux"]
    report_by(cast, unruled, 1)
    assert cast.texts() == []


def test_a_hidden_one_may_be_edited_and_waits_for_a_person(cast: Cast, alice: Person, unruled: str) -> None:
    report_by(cast, unruled, 3)
    assert alice.edit(unruled, "Encore mieux").get_json()["comment"]["state"] == "held"
    assert cast.rule(unruled, Decision.PUBLISH)
    assert cast.texts() == ["Encore mieux"]


def test_undoing_the_word_on_a_hidden_one_hides_it_again(cast: Cast, unruled: str) -> None:
    [receipt, *_] = report_by(cast, unruled, 3)
    cast.rule(unruled, Decision.PUBLISH)
    undo(cast, unruled)
    assert cast.texts() == []
    assert (cast.seen(unruled).state, cast.seen(unruled).reason) == (CommentState.HIDDEN, Reason.REPORTED)
    assert outcome(cast, receipt)["state"] == "open"


def test_undoing_the_word_that_kept_it_lets_three_readers_hide_it(cast: Cast, unruled: str) -> None:
    report_by(cast, unruled, 2)
    cast.rule(unruled, Decision.PUBLISH)
    report_by(cast, unruled, 1)
    assert cast.texts() == ["Trop bien"]
    undo(cast, unruled)
    assert (cast.texts(), cast.seen(unruled).state) == ([], CommentState.HIDDEN)


def test_a_fourth_reader_who_still_sees_it_is_heard(cast: Cast, unruled: str) -> None:
    report_by(cast, unruled, 3)
    assert try_report(cast.player(), unruled, "danger").status_code == 202


def undo(cast: Cast, comment_id: str) -> None:
    with cast.database.sessions() as session:
        ruling = rulings_on(session, comment_id)[-1].id
        assert undo_ruling(session, seen_of(cast.seen(comment_id)), ruling, MONA, cast.clock())


def test_many_networks_of_one_site_are_one_reader_and_three_sites_are_three(cast: Cast, unruled: str) -> None:
    """Who is given an IPv6 /48 has 256 of /56."""
    for one in ("2001:db8:1::1", "2001:db8:1:100::1", "2001:db8:1:ff00::1", "2001:db8:2::1"):
        report(nobody(cast, one), unruled)
        assert cast.texts() == ["Trop bien"]
    report(nobody(cast, "2001:db8:3::1"), unruled)
    assert cast.texts() == []


def test_the_second_report_from_a_site_within_the_hour_wants_a_proof(cast: Cast, unruled: str) -> None:
    report(nobody(cast, "2001:db8:1::1"), unruled)
    another = f"/comments/{cast.publish('another')}/reports"
    assert nobody(cast, "2001:db8:1:100::1").post(another, {"reason": "spam"}).status_code == 403
    assert nobody(cast, "2001:db8:2::1").post(another, {"reason": "spam"}).status_code == 202
