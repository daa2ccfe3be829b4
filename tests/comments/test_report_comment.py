"""Readers report: it brings a comment back to a person, and hides nothing that a person has let through."""

from typing import Any

import pytest
from sqlalchemy import func, select

from server.comments.report import CommentReport, ReportReason
from server.comments.report_comment import Reader, Report, report_comment
from server.comments.rule_on_comment import open_reports
from server.comments.ruling import Decision
from server.errors import Problem
from tests.comments.cast import KEYS, Cast, Person


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
    for comment_id in (held, "f" * 20, "nowhere", "é"):
        answer = alice.post(f"/comments/{comment_id}/reports", {"reason": "insult"})
        assert (answer.status_code, answer.get_json()["code"]) == (404, "comment_not_found")
    assert count(cast) == 0


@pytest.mark.parametrize("body", [{}, {"reason": None}, {"reason": "boring"}, {"reason": 3}, {"reason": "INSULT"},
                                  {"reason": "insult", "text": 3}, {"reason": "insult", "text": "a\x00"}])
def test_a_report_of_another_shape_is_malformed(cast: Cast, published: str, body: Any) -> None:
    answer = cast.client.post(f"/api/v1/comments/{published}/reports", json=body)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")
    assert count(cast) == 0


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
