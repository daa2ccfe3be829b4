"""Posting: what is kept, what is refused, and that nothing of it shows."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from server.campaigns.campaign import CommentsMode
from server.comments.comment import Comment, RulingEntry, rulings_on
from server.comments.ruling import Decision, Reason
from tests.comments.cast import Cast, Person
from tests.rig.clock import FakeClock
from tests.rig.databases import fresh_sqlite
from tests.rig.race import Race


def count(cast: Cast) -> int:
    with cast.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(Comment)) or 0


def test_a_comment_is_held_and_its_author_is_told_so(alice: Person) -> None:
    answer = alice.say("Trop bien !")
    comment = answer.get_json()["comment"]
    assert answer.status_code == 201
    assert comment == {"id": comment["id"], "state": "held", "reason": "awaits_review", "revision": 1,
                       "editable_until": "2026-12-01T12:05:00.000Z"}


def test_a_comment_is_kept_as_it_was_typed(cast: Cast, alice: Person) -> None:
    typed = "ＴＲＯＰ   bien…\nmérçi 👩\u200d🚀"
    assert cast.seen(cast.posted(alice, f"  {typed}\n")).text == typed


def test_a_new_comment_waits_in_the_queue_with_the_ruling_of_the_rules(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "mon numéro : 06 12 34 56 78")
    assert cast.waiting() == [comment_id]
    with cast.database.sessions() as session:
        [entry] = rulings_on(session, comment_id)
    assert (entry.decision, entry.reason, entry.ruled_by) == (Decision.HOLD, Reason.CONTACT, "rules")
    assert cast.texts() == []


def test_a_refused_comment_is_kept_nowhere_and_says_why(cast: Cast, alice: Person) -> None:
    answer = alice.say("a" * 501)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert (answer.get_json()["code"], answer.get_json()["reason"]) == ("comment_refused", "too_long")
    assert count(cast) == 0


def test_the_same_comment_again_is_refused_for_a_day_and_in_its_campaign_only(cast: Cast, alice: Person) -> None:
    cast.posted(alice, "Trop bien")
    assert alice.say("TROP bien").get_json()["reason"] == "repeat"
    assert cast.player().say("Trop bien").status_code == 201
    cast.clock.advance(hours=25)
    assert alice.say("Trop bien").status_code == 201
    assert count(cast) == 3


@pytest.mark.parametrize("body", [
    {}, {"text": None}, {"text": 7}, {"text": ["a"]}, {"text": {"a": 1}}, {"text": "a\x00b"}, [], "text",
    {"text": "fine", "round_id": 7}, {"text": "fine", "round_id": "a\x00b"},
])
def test_a_body_of_another_shape_is_malformed(cast: Cast, alice: Person, body: Any) -> None:
    answer = alice.post("/campaigns/boss/comments", body)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")
    assert count(cast) == 0


def test_half_of_a_surrogate_pair_is_malformed(cast: Cast, alice: Person) -> None:
    answer = cast.client.post("/api/v1/campaigns/boss/comments", data=b'{"text": "\\ud800"}',
                              headers={"Authorization": f"Bearer {alice.token}"})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_a_text_of_many_pages_is_too_large(alice: Person) -> None:
    assert alice.say("a" * 5_000).get_json()["code"] == "too_large"


def test_a_stranger_cannot_post(cast: Cast) -> None:
    answer = cast.client.post("/api/v1/campaigns/boss/comments", json={"text": "Trop bien"})
    assert (answer.status_code, answer.get_json()["code"]) == (401, "unknown_player")


def test_a_comment_may_name_an_own_round_and_no_one_elses(cast: Cast, alice: Person) -> None:
    round_id, other = cast.round_of(alice), cast.round_of(cast.player())
    assert alice.say("Ma partie !", round_id=round_id).status_code == 201
    assert alice.say("Leur partie !", round_id=other).get_json()["code"] == "round_not_found"
    assert alice.say("Nulle part !", round_id="nowhere").get_json()["code"] == "round_not_found"
    assert count(cast) == 1


def test_nobody_posts_to_a_campaign_that_is_not_there_takes_none_or_is_over(cast: Cast, alice: Person) -> None:
    cast.open_campaign("silent", CommentsMode.OFF)
    assert alice.post("/campaigns/nowhere/comments", {"text": "Trop bien"}).get_json()["code"] == "campaign_not_found"
    assert alice.post("/campaigns/silent/comments", {"text": "Trop bien"}).get_json()["code"] == "not_allowed"
    cast.clock.advance(days=30)
    assert alice.say("Trop bien").get_json()["code"] == "campaign_closed"
    assert count(cast) == 0


def test_who_posts_too_often_is_told_when_to_come_back(cast: Cast, alice: Person) -> None:
    for number in range(6):
        cast.posted(alice, f"Trop bien, numéro {number}")
    answer = alice.say("Trop bien, encore")
    assert (answer.status_code, answer.get_json()["code"]) == (429, "slow_down")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert cast.player().say("Trop bien").status_code == 201


def test_no_comment_call_sets_a_cookie(cast: Cast, alice: Person) -> None:
    answers = (alice.say("Trop bien"), alice.get("/campaigns/boss/comments"),
               cast.client.get("/api/v1/campaigns/boss/comments"), alice.post("/comments/x/reports", {}))
    assert [answer.headers.get("Set-Cookie") for answer in answers] == [None] * 4


def test_a_ruling_is_kept_for_each_comment_and_for_no_refused_one(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Trop bien")
    alice.say("")
    with cast.database.sessions() as session:
        assert session.scalars(select(RulingEntry.comment_id)).all() == [comment_id]


def test_the_same_text_twice_at_once_is_kept_once(
        prepared_sqlite: Path, tmp_path: Path, clock: FakeClock) -> None:
    """On SQLite, where each post is screened in the transaction that writes it."""
    with fresh_sqlite(prepared_sqlite, tmp_path) as database:
        cast = Cast(database, clock)
        alice = cast.player()
        answers = Race(database)(lambda _session: alice.say("Trop bien").status_code, players=4)
        assert sorted(answers) == [201, 422, 422, 422]
        assert count(cast) == 1
