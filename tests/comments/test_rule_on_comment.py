"""A person's ruling: it decides alone what is public, it is kept for ever, and of two at once one wins."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from server.comments.comment import Comment, CommentState, RulingEntry, rulings_on
from server.comments.rule_on_comment import LEADS_TO, rule_on_comment, seen_of
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.undo_ruling import undo_ruling
from server.db import transaction
from server.outbox import Line, Tail
from tests.comments.cast import MONA, Cast, Person
from tests.comments.test_state_reasons import hide_as_readers_do
from tests.rig.race import Race

PUBLISH = Ruling(Decision.PUBLISH, Reason.FINE)
REFUSE = Ruling(Decision.REFUSE, Reason.INSULT)


def told(cast: Cast) -> list[Line]:
    with cast.database.sessions() as session:
        return Tail().read(session, cast.clock())


def test_a_published_comment_is_public_and_out_of_the_queue(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    assert cast.rule(comment_id, Decision.PUBLISH)
    assert cast.texts() == ["Trop bien"]
    assert cast.waiting() == []


def test_publishing_is_told_to_the_rooms_by_id_alone(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    assert told(cast) == []
    cast.rule(comment_id, Decision.PUBLISH)
    assert [(line.campaign_id, line.topic, line.subject_id) for line in told(cast)] == [
        (cast.campaign.id, "comments", comment_id)]


@pytest.mark.parametrize("decision", [Decision.REFUSE, Decision.HOLD])
def test_a_public_comment_disappears_when_it_is_refused_or_held_again(cast: Cast, alice: Person,
                                                                      decision: Decision) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    cast.rule(comment_id, Decision.PUBLISH)
    cast.rule(comment_id, decision, Reason.INSULT)
    assert cast.texts() == []


@pytest.mark.parametrize("is_hidden", [False, True])
def test_holding_what_was_public_hides_it_with_a_statement_and_an_appeal(cast: Cast, alice: Person,
                                                                         is_hidden: bool) -> None:
    comment_id = cast.publish("Trop bien", alice)
    if is_hidden:
        hide_as_readers_do(cast, comment_id)
    cast.player().post(f"/comments/{comment_id}/reports", {"reason": "spam"})
    assert cast.rule(comment_id, Decision.HOLD, Reason.SPAM)
    [mine] = alice.mine()["comments"]
    assert (mine["state"], mine["may_appeal"], mine["statement"]["by"]) == ("hidden", True, "person")
    assert str(mine["statement"]["text"]).split("\n")[:4] == [
        "Your comment is hidden for now.", "It is advertising.", "It may break the house rules of these comments.",
        "A person decided this. Readers had reported it."]
    assert comment_id in cast.waiting()
    assert alice.post(f"/comments/{comment_id}/appeal", {}).status_code == 201


@pytest.mark.parametrize("reason", [Reason.SPAM, Reason.ILLEGAL])
def test_holding_what_is_refused_changes_nothing(cast: Cast, alice: Person, reason: Reason) -> None:
    comment_id = cast.publish("Trop bien", alice)
    cast.rule(comment_id, Decision.REFUSE, reason)
    before = alice.mine()
    assert not cast.rule(comment_id, Decision.HOLD, Reason.OTHER)
    assert alice.mine() == before
    assert alice.edit(comment_id, "Trop mal").status_code == 409


@pytest.mark.parametrize(("first", "state"), [(Decision.PUBLISH, CommentState.HIDDEN),
                                              (Decision.HOLD, CommentState.HELD)])
def test_undoing_what_followed_a_hold_leads_back_to_where_that_led(cast: Cast, alice: Person, first: Decision,
                                                                   state: CommentState) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    for decision in (first, Decision.HOLD, Decision.REFUSE):
        cast.clock.advance(seconds=1)
        cast.rule(comment_id, decision, Reason.OTHER)
    seen = seen_of(cast.seen(comment_id))
    with cast.database.sessions() as session:
        assert undo_ruling(session, seen, f"{comment_id}.000004", MONA, cast.clock())
    assert cast.seen(comment_id).state == state
    [mine] = alice.mine()["comments"]
    assert mine["may_appeal"] == (mine["statement"] is not None) == (state == CommentState.HIDDEN)


def test_an_undo_that_read_the_rulings_before_another_one_changes_nothing(cast: Cast, alice: Person,
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    comment_id = cast.posted(alice, "Bof")
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    with cast.database.sessions() as session:
        earlier = rulings_on(session, comment_id)
        cast.rule(comment_id, Decision.REFUSE, Reason.ILLEGAL)
        monkeypatch.setattr("server.comments.undo_ruling.rulings_on", lambda *_: earlier)
        assert not undo_ruling(session, seen_of(cast.seen(comment_id)), f"{comment_id}.000002", MONA, cast.clock())
    assert cast.seen(comment_id).state == CommentState.REMOVED_LEGAL


def test_a_comment_published_again_takes_its_old_place(cast: Cast, alice: Person) -> None:
    first = cast.posted(alice, "first")
    cast.rule(first, Decision.PUBLISH)
    cast.clock.advance(seconds=1)
    cast.rule(cast.posted(alice, "second"), Decision.PUBLISH)
    cast.clock.advance(seconds=1)
    cast.rule(first, Decision.REFUSE, Reason.SPAM)
    cast.rule(first, Decision.PUBLISH)
    assert cast.texts() == ["second", "first"]


def test_every_ruling_is_a_row_with_who_when_and_why(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    ruled_at = cast.clock.advance(minutes=5)
    cast.rule(comment_id, Decision.REFUSE, Reason.OFF_TOPIC)
    with cast.database.sessions() as session:
        entry = rulings_on(session, comment_id)[-1]
    assert (entry.decision, entry.reason, entry.ruled_by, entry.at) == (Decision.REFUSE, Reason.OFF_TOPIC, MONA,
                                                                        ruled_at)


@pytest.mark.parametrize("rewriting", [update(RulingEntry).values(ruled_by="nobody"), delete(RulingEntry)])
def test_the_database_refuses_to_rewrite_a_ruling(cast: Cast, alice: Person, rewriting: object) -> None:
    cast.posted(alice, "Trop bien")
    with cast.database.sessions() as session, pytest.raises(DBAPIError, match="append-only"), transaction(session):
        session.execute(rewriting)  # type: ignore[call-overload]


def test_a_ruling_on_what_was_seen_before_another_ruling_changes_nothing(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    seen = cast.seen(comment_id)
    cast.rule(comment_id, Decision.HOLD, Reason.CONTACT)  # the state is the same as before, the ruling is not
    with cast.database.sessions() as session:
        assert not rule_on_comment(session, seen, PUBLISH, MONA, cast.clock())
        assert len(rulings_on(session, comment_id)) == 2
    assert cast.texts() == []


def naive_ruling(session: Session, seen: Comment, ruling: Ruling) -> bool:
    """What a read-then-write would do, with the read already done: the control."""
    with transaction(session):
        session.execute(update(Comment).where(Comment.id == seen.id).values(state=LEADS_TO[ruling.decision]))
    return True


def test_two_people_both_rule_when_nobody_names_what_was_seen(cast: Cast, alice: Person, race: Race) -> None:
    seen = cast.seen(cast.posted(alice, "Trop bien"))
    rulings = iter([PUBLISH, REFUSE])
    assert race(lambda session: naive_ruling(session, seen, next(rulings)), players=2) == [True, True]


def test_of_many_rulings_at_once_one_wins_and_only_it_is_kept(cast: Cast, alice: Person, race: Race) -> None:
    seen = cast.seen(cast.posted(alice, "Trop bien"))
    rulings = iter([PUBLISH, REFUSE] * 4)

    def rule(session: Session) -> tuple[bool, Ruling]:
        ruling = next(rulings)
        return rule_on_comment(session, seen, ruling, MONA, cast.clock()), ruling

    outcomes = race(rule, players=8)
    [winner] = [ruling for won, ruling in outcomes if won]
    assert cast.seen(seen.id).state == LEADS_TO[winner.decision]
    with cast.database.sessions() as session:
        assert [entry.decision for entry in rulings_on(session, seen.id)] == [Decision.HOLD, winner.decision]


def test_the_queue_is_oldest_first(cast: Cast, alice: Person) -> None:
    ids = []
    for text in ("one", "two", "three"):
        ids.append(cast.posted(alice, text))
        cast.clock.advance(seconds=1)
    assert cast.waiting() == ids
    with cast.database.sessions() as session:
        assert set(session.scalars(select(Comment.state))) == {CommentState.HELD}
