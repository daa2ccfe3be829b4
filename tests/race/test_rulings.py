"""The desk under a crowd: an undo against a ruling, many rulings against an edit. One wins, nothing unseen shows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.comments.comment import Comment, CommentState, find_comment, rulings_on
from server.comments.rule_on_comment import Seen, rule_on_many, seen_of
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.undo_ruling import undo_ruling
from server.db import Database, transaction
from tests.rig.app import add_campaign
from tests.rig.desk import Said, put_comments
from tests.rig.race import Race

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
PUBLISH = Ruling(Decision.PUBLISH, Reason.FINE)
REFUSE = Ruling(Decision.REFUSE, Reason.INSULT)
MANY = 12


@pytest.fixture
def seen(database: Database) -> list[Seen]:
    """Comments that wait, as a moderator has them on the screen."""
    add_campaign(database, "boss")
    ids = put_comments(database, [Said(f"unseen {number}") for number in range(MANY)], NOW)
    return [Seen(comment_id, 1, 1) for comment_id in ids]


def in_turn(*attempts: Callable[[Session], object]) -> Callable[[Session], object]:
    """Each of a race's players takes the next of these."""
    waiting = iter(attempts)
    return lambda session: next(waiting)(session)  # noqa: PLW0108


def edit(session: Session, seen: Seen) -> bool:
    """What an author's edit does to the row: it names what it saw, and goes back to held."""
    with transaction(session):
        change = update(Comment).where(Comment.id == seen.comment_id, Comment.revision == seen.revision,
                                       Comment.rulings == seen.rulings)
        edited = change.values(text="edited", revision=seen.revision + 1, rulings=seen.rulings + 1,
                               state=CommentState.HELD, edited_at=LATER)
        return session.scalar(edited.returning(Comment.id)) is not None


def naive_publish_all(session: Session, seen: list[Seen]) -> None:
    """A bulk ruling that names no revision: the control."""
    with transaction(session):
        session.execute(update(Comment).where(Comment.id.in_([one.comment_id for one in seen]))
                        .values(state=CommentState.PUBLISHED))


def public_texts(session: Session) -> list[str]:
    return sorted(session.scalars(select(Comment.text).where(Comment.state == CommentState.PUBLISHED)))


def test_an_edit_shows_unseen_when_many_are_published_without_naming_what_was_seen(
        session: Session, seen: list[Seen]) -> None:
    assert edit(session, seen[0])
    naive_publish_all(session, seen)
    assert "edited" in public_texts(session)


def test_many_published_while_their_authors_edit_never_show_an_unseen_text(
        session: Session, seen: list[Seen], race: Race) -> None:
    ruled: dict[str, str] = {}

    def publish(session: Session) -> None:
        ruled.update(rule_on_many(session, seen, PUBLISH, "mona", LATER))

    edits = [lambda session, one=one: edit(session, one) for one in seen[: MANY // 2]]
    outcomes = race(in_turn(publish, *edits), players=1 + len(edits))
    assert "edited" not in public_texts(session)
    assert len(ruled) == len(public_texts(session)) == MANY - sum(outcome is True for outcome in outcomes)


def test_two_selections_that_overlap_rule_each_comment_once(session: Session, seen: list[Seen], race: Race) -> None:
    halves = (seen[: MANY * 2 // 3], seen[MANY // 3 :][::-1])
    attempts = [lambda session, half=half, by=by: rule_on_many(session, half, REFUSE, by, LATER)
                for half, by in zip(halves, ("mona", "second"), strict=True)]
    race(in_turn(*attempts), players=2)
    assert [len(rulings_on(session, one.comment_id)) for one in seen] == [2] * MANY


def test_of_an_undo_and_another_ruling_at_once_one_wins(session: Session, seen: list[Seen], race: Race) -> None:
    first = rule_on_many(session, seen[:1], PUBLISH, "mona", NOW)[seen[0].comment_id]
    published = find_comment(session, seen[0].comment_id)
    assert published is not None
    now = seen_of(published)
    outcomes = race(in_turn(lambda session: undo_ruling(session, now, first, "mona", LATER),
                            lambda session: bool(rule_on_many(session, [now], REFUSE, "second", LATER))), players=2)
    assert sorted(map(bool, outcomes)) == [False, True]
    session.rollback()
    entries = rulings_on(session, now.comment_id)
    after = find_comment(session, now.comment_id)
    assert after is not None
    assert len(entries) == 3
    assert after.state == (CommentState.HELD if entries[-1].undoes else CommentState.REFUSED)


def test_one_ruling_is_undone_once(session: Session, seen: list[Seen], race: Race) -> None:
    first = rule_on_many(session, seen[:1], PUBLISH, "mona", NOW)[seen[0].comment_id]
    now = Seen(seen[0].comment_id, 1, 2)
    outcomes = race(lambda session: undo_ruling(session, now, first, "mona", LATER), players=6)
    assert sum(outcomes) == 1
    assert len(rulings_on(session, now.comment_id)) == 3
