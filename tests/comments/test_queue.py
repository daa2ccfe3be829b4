"""The desk's queue: what waits, the oldest first, page by page; and what a search finds."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from server.comments import queue
from server.comments.comment import Comment, CommentState
from server.comments.queue import PAGE, View, measure_waiting, read_place, read_queue, search_comments
from server.comments.report import CommentReport, ReportReason
from server.comments.ruling import Decision, Reason
from server.db import transaction
from server.errors import Problem
from tests.comments.cast import MONA, Cast, Person, every_brand
from tests.rig.clock import NOON


@pytest.fixture
def many(cast: Cast, alice: Person, session: Session) -> list[str]:
    """The ids of three pages less one of held comments, two at each moment, in the order of the queue."""
    with transaction(session):
        for number in range(3 * PAGE - 1):
            session.add(Comment(id=f"{number:020x}", campaign_id=cast.campaign.id, player_id=alice.id,
                                text=f"number {number}", state=CommentState.HELD, reason=Reason.AWAITS_REVIEW,
                                rulings=1, revision=1, posted_at=NOON + timedelta(seconds=number // 2)))
    return [f"{number:020x}" for number in range(3 * PAGE - 1)]


def ids(session: Session, view: View = View.WAITING) -> list[str]:
    return [line.comment.id for line in read_queue(session, view, MONA, every_brand(session)).lines]


def test_pages_follow_each_other_without_gap_or_repeat_while_others_rule(cast: Cast, session: Session,
                                                                         many: list[str]) -> None:
    page = read_queue(session, View.WAITING, MONA, every_brand(session))
    seen = [line.comment.id for line in page.lines]
    cast.rule(many[3], Decision.PUBLISH)
    while page.next is not None:
        session.rollback()
        page = read_queue(session, View.WAITING, MONA, every_brand(session), read_place(page.next.as_cursor()))
        seen += [line.comment.id for line in page.lines]
    assert seen == many


def test_every_alarm_stands_on_the_first_page_the_oldest_alarm_first(many: list[str], session: Session) -> None:
    alarmed = many[PAGE + 1 :: -1]  # the newest comment was reported first
    with transaction(session):
        session.add_all(CommentReport(comment_id=one, reason=ReportReason.DANGER, text="", network_hash="a network",
                                      at=NOON + timedelta(hours=1, seconds=number))
                        for number, one in enumerate(alarmed))
    assert ids(session)[: PAGE + 2] == alarmed


@pytest.mark.parametrize("cursor", ["x", "MS4y", "é", "MS4wMDAw"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Problem, match="no cursor"):
        read_place(cursor)


@pytest.mark.parametrize(("state", "waits"), [
    (CommentState.HELD, True), (CommentState.HIDDEN, True), (CommentState.APPEALED, True),
    (CommentState.PUBLISHED, False), (CommentState.REFUSED, False), (CommentState.TAKEN_BACK, False),
    (CommentState.REMOVED_LEGAL, False),
])  # fmt: skip
def test_who_waits_is_a_matter_of_state(cast: Cast, alice: Person, session: Session, state: CommentState, *,
                                        waits: bool) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    with transaction(session):
        session.execute(update(Comment).values(state=state))
    assert ids(session) == [comment_id] * waits
    assert measure_waiting(session)[0] == waits


def test_an_appeal_goes_to_another_person_than_who_ruled(cast: Cast, alice: Person, session: Session) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    assert alice.post(f"/comments/{comment_id}/appeal", {}).status_code == 201
    assert ids(session) == []
    page = read_queue(session, View.REPORTED, "second", every_brand(session))
    assert [line.comment.id for line in page.lines] == [comment_id]


def test_a_reported_comment_waits_once_whatever_the_number_of_reports(cast: Cast, alice: Person,
                                                                      session: Session) -> None:
    held, public = cast.posted(alice, "one"), cast.posted(alice, "two")
    cast.rule(public, Decision.PUBLISH)
    for _ in range(2):
        cast.player().post(f"/comments/{public}/reports", {"reason": "spam"})
    assert sorted(ids(session)) == sorted([held, public])
    assert ids(session, View.REPORTED) == [public]
    assert measure_waiting(session) == (2, NOON)


def found(session: Session, words: str) -> list[str]:
    return [line.comment.text for line in search_comments(session, words, every_brand(session)).lines]


@pytest.mark.parametrize("many", [0, queue.MANY])  # either way to ask SQLite
def test_a_search_wants_every_word_in_the_text_or_the_alias(
        cast: Cast, alice: Person, session: Session, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(queue, "MANY", many)
    cast.posted(alice, "Le boss a perdu ÉNORMÉMENT")
    cast.clock.advance(seconds=1)
    cast.posted(alice, "100 % raté, le boss esquive")
    assert found(session, "boss") == ["100 % raté, le boss esquive", "Le boss a perdu ÉNORMÉMENT"]
    assert found(session, "BOSS perdu") == ["Le boss a perdu ÉNORMÉMENT"]
    assert found(session, "énormément") == ["Le boss a perdu ÉNORMÉMENT"]
    assert found(session, f"{alice.alias.split()[0]} esquive") == ["100 % raté, le boss esquive"]
    assert found(session, "boss gagné") == []


@pytest.mark.parametrize(("words", "texts"), [("100%", ["100% de"]), ("a_b", ["a_b"]), ("c\\d", ["c\\d"])])
def test_signs_of_a_pattern_are_only_signs(cast: Cast, alice: Person, session: Session, words: str,
                                           texts: list[str]) -> None:
    for text in ("100% de", "1000 de", "a_b", "axb", "c\\d", "cxd"):
        cast.posted(alice, text)
    assert found(session, words) == texts


def test_what_one_person_leaves_to_others_waits_all_the_same(cast: Cast, alice: Person, session: Session) -> None:
    held, appealed = cast.posted(alice, "one"), cast.posted(alice, "two")
    cast.rule(held, Decision.HOLD, Reason.OTHER)
    cast.rule(appealed, Decision.REFUSE, Reason.INSULT)
    assert alice.post(f"/comments/{appealed}/appeal", {}).status_code == 201
    assert ids(session) == []
    assert sorted(cast.waiting()) == sorted([held, appealed])
