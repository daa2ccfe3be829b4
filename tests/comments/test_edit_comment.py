"""An author changes or takes back a comment within five minutes; what nobody has seen never shows meanwhile."""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from prizes.db import Base
from server.comments.comment import Comment, CommentRevision, CommentState, rulings_on
from server.comments.edit_comment import edit_comment
from server.comments.rule_on_comment import rule_on_comment
from server.comments.ruling import Decision, Reason, Ruling
from server.db import transaction
from server.errors import Problem
from tests.comments.cast import MONA, NOWHERE, Cast, Person
from tests.rig.race import PATIENCE_S, Race

PUBLISH = Ruling(Decision.PUBLISH, Reason.FINE)
TRIES = 12


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


def count(cast: Cast, table: type[Base]) -> int:
    with cast.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_edit_is_a_new_revision_that_waits_again(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Trop bein")
    answer = alice.edit(comment_id, "Trop bien, appelle 06 12 34 56 78")
    assert answer.get_json() == {"comment": {"id": comment_id, "state": "held", "reason": "contact", "revision": 2,
                                             "editable_until": "2026-12-01T12:05:00.000Z"}}
    with cast.database.sessions() as session:
        told = [(entry.revision, entry.decision, entry.reason, entry.ruled_by)
                for entry in rulings_on(session, comment_id)]
        old = [(one.number, one.text) for one in session.scalars(select(CommentRevision))]
    assert told == [(1, "hold", "awaits_review", "rules"), (2, "hold", "contact", "rules")]
    assert old == [(1, "Trop bein")]


def test_a_public_comment_disappears_with_its_edit_until_a_person_has_read_the_new_text(cast: Cast,
                                                                                         alice: Person) -> None:
    comment_id = cast.publish("seen", alice)
    assert cast.texts() == ["seen"]
    assert alice.edit(comment_id, "unseen").status_code == 200
    assert cast.texts() == []
    assert cast.rule(comment_id, Decision.PUBLISH)
    assert cast.texts() == ["unseen"]
    assert cast.published()["comments"][0]["edited"]


def test_a_ruling_on_the_text_before_is_no_ruling(cast: Cast, alice: Person) -> None:
    seen = cast.seen(cast.posted(alice, "seen"))
    alice.edit(seen.id, "unseen")
    with cast.database.sessions() as session:
        assert not rule_on_comment(session, seen, PUBLISH, MONA, cast.clock())
    assert cast.texts() == []


def test_an_edit_of_another_revision_is_told_that_it_changed(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "one")
    alice.edit(comment_id, "two")
    assert code_of(alice.edit(comment_id, "three", revision=1)) == (409, "comment_changed")
    assert alice.edit(comment_id, "three", revision=2).status_code == 200
    assert count(cast, CommentRevision) == 2


def test_after_five_minutes_it_stays(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "one")
    cast.clock.advance(minutes=4, seconds=59)
    assert alice.edit(comment_id, "two").status_code == 200
    cast.clock.advance(seconds=1)
    assert code_of(alice.edit(comment_id, "three", revision=2)) == (410, "edit_expired")
    assert code_of(alice.take_back(comment_id)) == (410, "edit_expired")
    assert cast.seen(comment_id).text == "two"


def test_nobody_changes_somebody_elses(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "one")
    for other in (cast.player(), cast.player()):
        assert code_of(other.edit(comment_id, "two")) == (404, "comment_not_found")
        assert code_of(other.take_back(comment_id)) == (404, "comment_not_found")
    assert cast.seen(comment_id).text == "one"


def test_a_refused_comment_stays_for_its_appeal(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "one")
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    assert code_of(alice.edit(comment_id, "two")) == (409, "comment_changed")
    assert code_of(alice.take_back(comment_id)) == (409, "comment_changed")


def test_an_edit_that_the_rules_refuse_leaves_the_comment_as_it_was(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("seen", alice)
    assert alice.edit(comment_id, "a" * 501).get_json()["reason"] == "too_long"
    assert cast.texts() == ["seen"]
    assert cast.seen(comment_id).revision == 1


def test_correcting_a_capital_is_no_repeat_but_posting_the_same_again_is(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "trop bien")
    assert alice.edit(comment_id, "Trop bien").status_code == 200
    assert alice.say("trop bien").get_json()["reason"] == "repeat"


def test_reactions_do_not_pass_to_another_text(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("seen", alice)
    cast.player().react(comment_id)
    alice.edit(comment_id, "unseen")
    cast.rule(comment_id, Decision.PUBLISH)
    assert cast.published()["comments"][0]["reactions"] == {}
    assert cast.seen(comment_id).liked == 0


@pytest.mark.parametrize("body", [{}, {"text": "two"}, {"revision": 1}, {"text": "two", "revision": "1"},
                                  {"text": "two", "revision": True}, {"text": "a\x00b", "revision": 1}])
def test_an_edit_of_another_shape_is_malformed(cast: Cast, alice: Person, body: Any) -> None:
    answer = alice._call("PATCH", f"/comments/{cast.posted(alice, 'one')}", body)  # noqa: SLF001
    assert code_of(answer) == (400, "malformed")


def test_a_muted_author_neither_posts_nor_edits_and_is_told_until_when(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "one")
    cast.mute(alice, days=1)
    for answer in (alice.say("two"), alice.edit(comment_id, "two")):
        assert code_of(answer) == (403, "muted")
        assert answer.get_json()["until"] == "2026-12-02T12:00:00.000Z"
        assert "2026-12-02 13:00 (Europe/Paris)" in answer.get_json()["detail"]
    cast.clock.advance(days=1)
    assert alice.say("two").status_code == 201


def test_what_is_taken_back_is_gone_and_the_rulings_stay(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("regretted", alice)
    assert alice.take_back(comment_id).status_code == 204
    assert (cast.texts(), count(cast, Comment), count(cast, CommentRevision)) == ([], 0, 0)
    assert code_of(alice.take_back(comment_id)) == (404, "comment_not_found")
    with cast.database.sessions() as session:
        assert len(rulings_on(session, comment_id)) == 2


def test_what_others_have_answered_keeps_its_place_without_a_text(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("regretted", alice)
    reply = cast.publish("answer", reply_to=comment_id)
    alice.take_back(comment_id)
    left = cast.seen(comment_id)
    assert (left.state, left.text) == (CommentState.TAKEN_BACK, "")
    assert cast.texts() == []
    assert cast.seen(reply).text == "answer"
    assert code_of(alice.edit(comment_id, "again")) == (404, "comment_not_found")
    assert alice.mine()["comments"] == []


def edit_at_once(session: Session, cast: Cast, comment_id: str, author: Person) -> bool:
    try:
        edit_comment(session, comment_id, author.id, "unseen", 1, NOWHERE, cast.clock())
    except Problem as problem:
        if problem.code == "comment_changed":
            return False
        raise
    return True


def naive_edit(session: Session, comment_id: str, meet: Barrier) -> bool:
    """What not to do: read that it is held, change the text alone. The barrier lets the moderator read it too."""
    state = session.scalar(select(Comment.state).where(Comment.id == comment_id))
    session.rollback()
    meet.wait()
    meet.wait()
    if state == CommentState.HELD:
        with transaction(session):
            session.execute(update(Comment).where(Comment.id == comment_id).values(text="unseen"))
    return True


def run_both(race: Race, *deeds: Callable[[Session], bool]) -> list[bool]:
    todo: Iterator[Callable[[Session], bool]] = iter(deeds)

    def attempt(session: Session) -> bool:
        return next(todo)(session)

    return race(attempt, players=len(deeds))


def test_an_edit_that_names_nothing_shows_a_text_that_nobody_saw(cast: Cast, alice: Person, race: Race) -> None:
    seen, meet = cast.seen(cast.posted(alice, "seen")), Barrier(2, timeout=PATIENCE_S)

    def moderator(session: Session) -> bool:
        meet.wait()
        ruled = rule_on_comment(session, seen, PUBLISH, MONA, cast.clock())
        meet.wait()
        return ruled

    assert run_both(race, moderator, lambda session: naive_edit(session, seen.id, meet)) == [True, True]
    assert cast.texts() == ["unseen"]


def test_however_an_edit_and_a_ruling_meet_nothing_unseen_shows(cast: Cast, race: Race) -> None:
    for _ in range(TRIES):
        author = cast.player()
        seen = cast.seen(cast.posted(author, "seen"))
        done = run_both(race, partial(edit_at_once, cast=cast, comment_id=seen.id, author=author),
                        partial(rule_on_comment, seen=seen, ruling=PUBLISH, by=MONA, now=cast.clock()))
        left = cast.seen(seen.id)
        assert (left.state, left.text) in ((CommentState.PUBLISHED, "seen"), (CommentState.HELD, "unseen"))
        assert sum(done) == 1 + (left.rulings - 2)  # the edit may also come second, and see the ruling
    assert set(cast.texts()) <= {"seen"}
