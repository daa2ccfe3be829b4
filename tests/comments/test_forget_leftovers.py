"""What is of no use any more goes with time: marks of the desk, and emptied comments with the last reply to them."""

import pytest
from sqlalchemy import select

from server.comments import second_look
from server.comments.comment import Comment, CommentState
from server.comments.desk_marks import pass_on
from server.comments.desk_rows import Passed, SecondLook
from server.comments.queue import View, read_queue
from server.comments.ruling import Decision, Reason
from server.comments.second_look import give_second_look
from server.play.terms import make_terms
from server.runner import run_due
from tests.comments.cast import KEYS, MONA, Cast, Person, every_brand


def run(cast: Cast) -> None:
    with cast.database.sessions() as session:
        run_due(session, make_terms(cast.config, KEYS), cast.clock())


def stored(cast: Cast) -> dict[str, CommentState]:
    with cast.database.sessions() as session:
        return dict(session.execute(select(Comment.id, Comment.state)).all())


def test_what_was_passed_on_comes_back_after_a_month(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    with cast.database.sessions() as session:
        assert pass_on(session, comment_id, MONA, cast.clock())
    for days, waiting in ((30, []), (1, [comment_id])):
        cast.clock.advance(days=days)
        run(cast)
        with cast.database.sessions() as session:
            page = read_queue(session, View.WAITING, MONA, every_brand(session))
            assert [line.comment.id for line in page.lines] == waiting
            assert len(session.scalars(select(Passed)).all()) == 1 - len(waiting)


def test_a_second_look_that_nobody_gives_goes_after_a_month_and_a_given_one_stays(
        cast: Cast, alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_look, "is_sampled", lambda comment_id: True)
    given, _, gone = cast.publish("given"), cast.publish("not given"), cast.publish("taken back", alice)
    with cast.database.sessions() as session:
        assert give_second_look(session, given, 2, Decision.PUBLISH, "charlie", cast.clock())
    assert alice.take_back(gone).status_code == 204
    for days, looks in ((29, 3), (2, 1)):
        cast.clock.advance(days=days)
        run(cast)
        with cast.database.sessions() as session:
            assert len(session.scalars(select(SecondLook)).all()) == looks
    with cast.database.sessions() as session:
        assert session.scalars(select(SecondLook.comment_id)).all() == [given]


def test_an_emptied_comment_goes_with_the_last_reply_to_it(cast: Cast, alice: Person) -> None:
    parent, alone = cast.publish("a question", alice), cast.publish("another", alice)
    first, second = cast.player(), cast.player()
    cast.publish("a reply", first, reply_to=parent)
    refused = cast.posted(second, "another reply", reply_to=parent)
    cast.rule(refused, Decision.REFUSE, Reason.INSULT)
    assert alice.take_back(parent).status_code == 204
    first.delete("/players/me")
    run(cast)
    assert stored(cast) == {parent: CommentState.TAKEN_BACK, alone: CommentState.PUBLISHED,
                            refused: CommentState.REFUSED}
    second.delete("/players/me")
    assert parent in stored(cast)
    run(cast)
    assert stored(cast) == {alone: CommentState.PUBLISHED}
