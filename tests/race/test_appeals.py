"""An appeal in a crowd: two at once, against an undo, against another ruling. It is about a ruling that stands."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from prizes.db import new_id
from server.comments.appeal_comment import appeal_comment
from server.comments.comment import Comment, CommentState, rulings_on
from server.comments.report import Appeal
from server.comments.rule_on_comment import Seen, rule_on_many
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.settle_appeal import settle_appeal
from server.comments.undo_ruling import standing_rulings, undo_ruling
from server.db import Database, transaction
from server.errors import Problem
from tests.race.test_rulings import LATER, NOW, PUBLISH, REFUSE, in_turn
from tests.rig.app import add_campaign
from tests.rig.desk import Said, put_comments
from tests.rig.race import Race

PATIENCE_S = 30
SECOND = "second"


@pytest.fixture
def refused(database: Database, session: Session) -> Seen:
    """A comment that Mona has refused, as it is then."""
    add_campaign(database, "boss")
    [comment_id] = put_comments(database, [Said("Bof")], NOW)
    assert rule_on_many(session, [Seen(comment_id, 1, 1)], REFUSE, "mona", NOW + timedelta(seconds=1))
    return Seen(comment_id, 1, 2)


@pytest.fixture
def author(session: Session, refused: Seen) -> Iterator[str]:
    yield session.scalars(select(Comment.player_id).where(Comment.id == refused.comment_id)).one()
    session.rollback()


def appeal(session: Session, seen: Seen, author: str) -> bool:
    """Whether the author's appeal was taken."""
    try:
        appeal_comment(session, seen.comment_id, author, "Why?", LATER)
    except Problem as refusal:
        if refusal.code != "not_appealable":
            raise
        return False
    return True


def naive_appeal(seen: Seen, looked: Callable[[], object]) -> Callable[[Session], bool]:
    """Look first and write later, without holding the row: the control."""
    def attempt(session: Session) -> bool:
        is_refused = session.scalar(select(Comment.state).where(Comment.id == seen.comment_id)) == CommentState.REFUSED
        ruling = standing_rulings(rulings_on(session, seen.comment_id))[-1].id
        session.rollback()
        looked()
        if is_refused:
            with transaction(session):
                session.add(Appeal(id=new_id(), comment_id=seen.comment_id, ruling_id=ruling, text="", at=LATER))
                session.execute(update(Comment).where(Comment.id == seen.comment_id).values(
                    state=CommentState.APPEALED))
        return is_refused

    return attempt


def ends(session: Session, comment_id: str) -> tuple[CommentState, bool]:
    """The comment's state, and whether what is appealed against stands."""
    session.rollback()
    state = session.scalars(select(Comment.state).where(Comment.id == comment_id)).one()
    standing = {entry.id for entry in standing_rulings(rulings_on(session, comment_id))}
    return state, set(session.scalars(select(Appeal.ruling_id))) <= standing


def test_who_looks_first_and_writes_later_appeals_against_what_was_undone(session: Session, refused: Seen,
                                                                          race: Race) -> None:
    looked, undone = Barrier(2, timeout=PATIENCE_S), Barrier(2, timeout=PATIENCE_S)

    def undo(session: Session) -> bool:
        looked.wait()
        is_undone = undo_ruling(session, refused, f"{refused.comment_id}.000002", "mona", LATER)
        undone.wait()
        return is_undone

    naive = naive_appeal(refused, lambda: (looked.wait(), undone.wait()))
    assert race(in_turn(naive, undo), players=2) == [True, True]
    assert ends(session, refused.comment_id) == (CommentState.APPEALED, False)


def test_of_an_appeal_and_the_undo_of_its_ruling_one_wins(session: Session, refused: Seen, author: str,
                                                          race: Race) -> None:
    outcomes = race(in_turn(
        lambda session: appeal(session, refused, author),
        lambda session: undo_ruling(session, refused, f"{refused.comment_id}.000002", "mona", LATER)), players=2)
    assert sorted(map(bool, outcomes)) == [False, True]
    state, stands = ends(session, refused.comment_id)
    assert stands
    assert state in (CommentState.APPEALED, CommentState.HELD)


def test_of_many_appeals_at_once_one_is_taken(session: Session, refused: Seen, author: str, race: Race) -> None:
    assert sum(race(lambda session: appeal(session, refused, author), players=6)) == 1
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Appeal)) == 1


def test_an_appeal_at_the_moment_of_another_ruling_is_about_the_one_that_stands(
        session: Session, refused: Seen, author: str, race: Race) -> None:
    illegal = Ruling(Decision.REFUSE, Reason.ILLEGAL)
    outcomes = race(in_turn(lambda session: appeal(session, refused, author),
                            lambda session: bool(rule_on_many(session, [refused], illegal, SECOND, LATER))), players=2)
    state, stands = ends(session, refused.comment_id)
    assert (state, stands) == (CommentState.APPEALED, True)
    ruled = len(rulings_on(session, refused.comment_id)) == 3
    assert sorted(map(bool, outcomes)) == [ruled, True]  # who has not seen the appeal ruled before it, or not at all


def test_of_two_who_decide_an_appeal_at_once_one_does(session: Session, refused: Seen, author: str,
                                                      race: Race) -> None:
    assert appeal(session, refused, author)
    outcomes = race(in_turn(*(lambda session, by=by, ruling=ruling: settle_appeal(session, refused, ruling, by, LATER)
                              for by, ruling in ((SECOND, PUBLISH), ("third", REFUSE)))), players=2)
    assert sum(outcome is not None for outcome in outcomes) == 1
    session.rollback()
    kept = session.scalars(select(Appeal)).one()
    state = session.scalars(select(Comment.state)).one()
    assert kept.is_upheld == (state == CommentState.REFUSED)
    assert (kept.settled_by == SECOND) == (state == CommentState.PUBLISHED)


def settle(session: Session, seen: Seen) -> str:
    """What became of Mona's word on the appeal against her own ruling."""
    try:
        return "settled" if settle_appeal(session, seen, PUBLISH, "mona", LATER) else "nothing"
    except Problem as refusal:
        return refusal.code


def test_who_looks_first_and_rules_later_settles_the_appeal_against_the_own_ruling(
        session: Session, refused: Seen, author: str, race: Race) -> None:
    looked, appealed = Barrier(2, timeout=PATIENCE_S), Barrier(2, timeout=PATIENCE_S)

    def naive(session: Session) -> bool:
        is_free = session.scalar(select(func.count()).select_from(Appeal)) == 0
        session.rollback()
        looked.wait()
        appealed.wait()
        is_appealed = (Comment.id == refused.comment_id, Comment.state == CommentState.APPEALED)
        with transaction(session):
            out = update(Comment).where(*is_appealed).values(state=CommentState.PUBLISHED)
            return is_free and session.scalar(out.returning(Comment.id)) is not None

    def object_to_it(session: Session) -> bool:
        looked.wait()
        is_taken = appeal(session, refused, author)
        appealed.wait()
        return is_taken

    assert race(in_turn(naive, object_to_it), players=2) == [True, True]


def test_who_ruled_never_settles_an_appeal_that_comes_at_the_same_moment(session: Session, refused: Seen, author: str,
                                                                         race: Race) -> None:
    outcomes = race(in_turn(lambda session: settle(session, refused),
                            lambda session: appeal(session, refused, author)), players=2)
    assert True in outcomes
    assert {"nothing", "own_ruling"} & set(outcomes)
    assert ends(session, refused.comment_id) == (CommentState.APPEALED, True)
