"""Replies: one level, public only beneath what is public, the first ones in the list and the others by pages."""

import pytest

from server.comments.ruling import Decision, Reason
from tests.comments.cast import Cast, Person


@pytest.fixture
def parent(cast: Cast) -> str:
    return cast.publish("Who is the boss?")


def test_a_published_reply_stands_beneath_what_it_answers_and_not_beside_it(cast: Cast, parent: str) -> None:
    reply = cast.publish("You are!", reply_to=parent)
    [shown] = cast.published()["comments"]
    assert [(one["id"], one["text"], one["reply_to"]) for one in shown["replies"]] == [(reply, "You are!", parent)]
    assert (shown["id"], shown["reply_to"], shown["replies_next"]) == (parent, None, None)


def test_a_reply_waits_for_a_person_as_every_comment(cast: Cast, parent: str) -> None:
    cast.posted(cast.player(), "You are!", reply_to=parent)
    assert cast.published()["comments"][0]["replies"] == []


def test_a_reply_disappears_with_its_parent_and_comes_back_with_it(cast: Cast, parent: str) -> None:
    reply = cast.publish("You are!", reply_to=parent)
    cast.rule(parent, Decision.HOLD, Reason.OTHER)
    assert cast.published()["comments"] == []
    assert cast.client.get(f"/api/v1/comments/{parent}/replies").status_code == 404
    cast.rule(parent, Decision.PUBLISH)
    assert [one["id"] for one in cast.published()["comments"][0]["replies"]] == [reply]


def test_nobody_answers_what_is_not_public_is_elsewhere_or_is_an_answer_itself(cast: Cast, alice: Person,
                                                                                 parent: str) -> None:
    reply, held = cast.publish("You are!", reply_to=parent), cast.posted(cast.player(), "Waiting")
    cast.open_campaign("other")
    for wrong in (reply, held, "0" * 20, "nowhere", "é"):
        answer = alice.say("Me too", reply_to=wrong)
        assert (answer.status_code, answer.get_json()["code"]) == (404, "comment_not_found"), wrong
    answer = alice.post("/campaigns/other/comments", {"text": "Me too", "reply_to": parent})
    assert answer.get_json()["code"] == "comment_not_found"


def test_the_first_three_are_shown_and_pages_of_twenty_cover_the_others_oldest_first(cast: Cast, parent: str) -> None:
    replies = [cast.publish(f"number {number}", reply_to=parent) for number in range(26)]
    [shown] = cast.published()["comments"]
    assert [one["id"] for one in shown["replies"]] == replies[:3]
    first = cast.client.get(f"/api/v1/comments/{parent}/replies?after={shown['replies_next']}").get_json()
    assert [one["id"] for one in first["replies"]] == replies[3:23]
    second = cast.client.get(f"/api/v1/comments/{parent}/replies?after={first['next']}").get_json()
    assert ([one["id"] for one in second["replies"]], second["next"]) == (replies[23:], None)


def test_without_a_cursor_the_replies_begin_at_the_first(cast: Cast, parent: str) -> None:
    replies = [cast.publish(f"number {number}", reply_to=parent) for number in range(4)]
    page = cast.client.get(f"/api/v1/comments/{parent}/replies").get_json()
    assert ([one["id"] for one in page["replies"]], page["next"]) == (replies, None)


def test_a_reply_is_about_what_it_answers_and_names_no_round(cast: Cast, alice: Person, parent: str) -> None:
    answer = alice.say("Look", reply_to=parent, round_id=cast.public_round(alice))
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


@pytest.mark.parametrize("comment_id", ["nowhere", "0" * 20, "%00"])
def test_what_is_not_there_has_no_replies(cast: Cast, comment_id: str) -> None:
    answer = cast.client.get(f"/api/v1/comments/{comment_id}/replies")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_bad_cursor_of_replies_is_malformed(cast: Cast, parent: str) -> None:
    answer = cast.client.get(f"/api/v1/comments/{parent}/replies?after=x")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")
