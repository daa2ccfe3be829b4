"""Readers report: it brings a comment back to a person, and hides nothing that a person has let through."""

from typing import Any

import pytest
from sqlalchemy import func, select, update

from server.campaigns.campaign import CommentsMode
from server.comments.comment import Comment, CommentState
from server.comments.queue import read_alarms
from server.comments.report import CommentReport, ReportReason
from server.comments.report_comment import Reader, Report, report_comment
from server.comments.rule_on_comment import open_reports
from server.comments.ruling import Decision
from server.db import transaction
from server.errors import Problem
from tests.comments.cast import KEYS, Cast, Person
from tests.comments.readers import outcome, report, trusting, try_report

__all__ = ["trusting"]


@pytest.fixture
def published(cast: Cast, alice: Person) -> str:
    comment_id = cast.posted(alice, "Trop bien")
    cast.rule(comment_id, Decision.PUBLISH)
    return comment_id


def count(cast: Cast) -> int:
    with cast.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(CommentReport)) or 0


@pytest.mark.parametrize("reason", list(ReportReason))
def test_anybody_may_report_without_a_token(cast: Cast, published: str, reason: ReportReason) -> None:
    answer = cast.client.post(f"/api/v1/comments/{published}/reports", json={"reason": reason, "text": "look"})
    assert answer.status_code == 202
    with cast.database.sessions() as session:
        [report] = open_reports(session, published)
    assert (report.reason, report.text, report.player_id) == (reason, "look", None)


def test_a_reported_comment_waits_for_a_person_and_stays_public(cast: Cast, published: str) -> None:
    cast.player().post(f"/comments/{published}/reports", {"reason": "insult"})
    assert cast.waiting() == [published]
    assert cast.texts() == ["Trop bien"]


def test_a_ruling_settles_the_reports_until_another_one_comes(cast: Cast, published: str) -> None:
    cast.player().post(f"/comments/{published}/reports", {"reason": "insult"})
    cast.rule(published, Decision.PUBLISH)
    assert cast.waiting() == []
    cast.player().post(f"/comments/{published}/reports", {"reason": "spam"})
    assert cast.waiting() == [published]


def test_a_players_second_report_of_a_comment_changes_nothing(cast: Cast, published: str) -> None:
    reader = cast.player()
    for reason in ("insult", "spam"):
        assert reader.post(f"/comments/{published}/reports", {"reason": reason}).status_code == 202
    assert count(cast) == 1


def test_what_is_not_public_is_not_found(cast: Cast, alice: Person) -> None:
    held = cast.posted(alice, "Trop bien")
    for comment_id, more in ((held, {}), (held, {"revision": 2}), ("f" * 20, {}), ("nowhere", {}), ("é", {})):
        answer = alice.post(f"/comments/{comment_id}/reports", {"reason": "insult", **more})
        assert (answer.status_code, answer.get_json()["code"]) == (404, "comment_not_found")
    assert count(cast) == 0


@pytest.mark.parametrize("body", [{}, {"reason": None}, {"reason": "boring"}, {"reason": 3}, {"reason": "INSULT"},
                                  {"reason": "insult", "text": 3}, {"reason": "insult", "text": "a\x00"},
                                  *({"reason": "insult", "revision": bad} for bad in (0, -1, 2, 2**40, "1", True))])
def test_a_report_of_another_shape_is_malformed(cast: Cast, published: str, body: Any) -> None:
    answer = cast.client.post(f"/api/v1/comments/{published}/reports", json=body)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")
    assert count(cast) == 0


def test_a_report_is_about_the_text_that_the_reader_saw(cast: Cast, alice: Person, published: str) -> None:
    reader = cast.player()
    assert [told["revision"] for told in cast.published()["comments"]] == [1]
    alice.edit(published, "Another text")
    receipt = report(reader, published, "danger", text="he means it", revision=1)
    assert report(reader, published, "spam", revision=1) == receipt
    assert report(reader, published, "spam") != receipt
    with cast.database.sessions() as session:
        words = {told.revision: told.text for told in open_reports(session, published)}
        assert words == {1: "he means it", 2: ""}
        assert [line.comment.id for line in read_alarms(session)] == [published]
    cast.rule(published, Decision.PUBLISH)
    assert [told["revision"] for told in cast.published()["comments"]] == [2]
    assert outcome(cast, receipt)["outcome"] == "gone"


def test_readers_of_an_earlier_text_bring_the_comment_back_and_hide_no_later_one(trusting: Cast, alice: Person) -> None:
    comment_id = trusting.posted(alice, "Seen by nobody")
    alice.edit(comment_id, "Seen by nobody either")
    with trusting.database.sessions() as session, transaction(session):  # public again by no person's word
        session.execute(update(Comment).values(state=CommentState.PUBLISHED))
    for _ in range(3):
        report(trusting.player(), comment_id, revision=1)
    assert (trusting.waiting(), trusting.texts()) == ([comment_id], ["Seen by nobody either"])
    for _ in range(3):
        report(trusting.player(), comment_id, revision=2)
    assert trusting.seen(comment_id).state == CommentState.HIDDEN


def test_what_was_public_is_reported_also_once_comments_are_switched_off(cast: Cast, published: str) -> None:
    held = cast.posted(cast.player(), "Never seen")
    cast.switch(CommentsMode.OFF)
    assert cast.texts() == []
    report(cast.player(), published, "danger")
    assert try_report(cast.player(), held).get_json()["code"] == "comment_not_found"
    with cast.database.sessions() as session:
        assert [line.comment.id for line in read_alarms(session)] == [published]


def test_an_address_that_reports_too_often_is_slowed_down_and_a_player_beside_it_is_not(cast: Cast, published: str,
                                                                                        alice: Person) -> None:
    path = f"/api/v1/comments/{published}/reports"
    answers = [cast.client.post(path, json={"reason": "spam"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [202] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert alice.post(f"/comments/{published}/reports", {"reason": "spam"}).status_code == 202


def test_who_was_just_erased_leaves_no_report(cast: Cast, published: str) -> None:
    who = cast.player()
    told, reader = Report(ReportReason.INSULT, "my words", None, KEYS.legal), Reader(who.id, "a network")
    who.delete("/players/me")
    with cast.database.sessions() as session, pytest.raises(Problem, match="erased") as refusal:
        report_comment(session, published, told, reader, cast.clock())
    assert (refusal.value.code, count(cast)) == ("unknown_player", 0)
