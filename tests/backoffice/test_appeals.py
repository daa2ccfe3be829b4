"""An appeal at the desk: shown with the first ruling but not its giver, decided by somebody else, told in figures."""

from typing import Any

import pytest

from server.comments.ruling import Decision, Reason
from tests.backoffice.desk import Moderator
from tests.comments.cast import Cast, Person
from tests.comments.test_state_reasons import hide_as_readers_do


@pytest.fixture
def appealed(cast: Cast, alice: Person) -> str:
    """The id of Alice's comment, which Mona has refused and Alice appeals about."""
    return appeal_of(cast, alice, text="It was meant kindly.")


def appeal_of(cast: Cast, author: Person, **body: str) -> str:
    comment_id = cast.posted(author, "Bof")
    cast.clock.advance(minutes=1)
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    cast.clock.advance(minutes=1)
    assert author.post(f"/comments/{comment_id}/appeal", body).status_code == 201
    return comment_id


def line_of(moderator: Moderator, comment_id: str) -> dict[str, Any]:
    [line] = [line for line in moderator.queue(q="Bof") if line["id"] == comment_id]
    return line


def figures(moderator: Moderator) -> dict[str, Any]:
    told: dict[str, Any] = moderator.call("GET", "/figures").get_json()
    return told


def test_it_is_shown_with_the_first_ruling_and_not_who_made_it(appealed: str, second: Moderator) -> None:
    line = second.line(appealed)
    assert line["appeal"] == {
        "text": "It was meant kindly.", "at": "2026-12-01T12:02:00.000Z", "decision": "refuse", "reason": "insult",
        "ruled_at": "2026-12-01T12:01:00.000Z", "is_automated": False, "is_own": False}
    assert (line["state"], "mona" in str(line)) == ("appealed", False)


def test_what_only_the_rules_did_is_shown_as_theirs(cast: Cast, alice: Person, mona: Moderator) -> None:
    comment_id = cast.publish("Bof", alice)
    hide_as_readers_do(cast, comment_id)
    alice.post(f"/comments/{comment_id}/appeal", {})
    appeal = mona.line(comment_id)["appeal"]
    assert (appeal["is_automated"], appeal["is_own"], appeal["decision"], appeal["text"]) == (True, False, "hold", "")


@pytest.mark.parametrize(("decision", "shown"), [("publish", ["Bof"]), ("refuse", [])])
def test_another_person_decides_it_and_may_take_that_back(cast: Cast, appealed: str, second: Moderator,
                                                          decision: str, shown: list[str]) -> None:
    line = second.line(appealed)
    answer = second.rule(line, decision, appeal=True)
    assert (answer.status_code, cast.texts(), second.ids()) == (201, shown, [])
    present = second.undo(line, answer.get_json()["ruling"]).get_json()["comment"]
    assert (present["state"], present["appeal"]["text"]) == ("appealed", "It was meant kindly.")
    assert (cast.texts(), second.ids()) == ([], [appealed])


def test_who_ruled_first_is_told_that_somebody_else_decides(cast: Cast, appealed: str, mona: Moderator) -> None:
    assert mona.ids() == []
    line = line_of(mona, appealed)
    assert line["appeal"]["is_own"]
    for answer in (mona.rule(line, "publish", appeal=True), mona.rule(line, "publish"),
                   mona.undo({**line, "rulings": 1}, f"{appealed}.000002")):
        assert (answer.status_code, answer.get_json()["code"]) == (403, "own_ruling")
        assert "somebody else decides" in answer.get_json()["detail"]
    assert cast.texts() == []


def test_who_rules_without_having_seen_the_appeal_is_shown_it(cast: Cast, appealed: str, second: Moderator) -> None:
    line = second.line(appealed)
    answer = second.rule(line, "publish")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "comment_changed")
    assert answer.get_json()["comment"]["appeal"]["text"] == "It was meant kindly."
    selection = {"decision": "publish", "comments": [{name: line[name] for name in ("id", "revision", "rulings")}]}
    many = second.call("POST", "/rulings", selection).get_json()
    assert (many["ruled"], [line["state"] for line in many["changed"]]) == ({}, ["appealed"])


def test_an_appeal_cannot_be_held(appealed: str, second: Moderator) -> None:
    answer = second.rule(second.line(appealed), "hold", appeal=True)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_an_appeal_that_is_decided_meanwhile_is_shown_as_it_is(cast: Cast, appealed: str, second: Moderator) -> None:
    line = second.line(appealed)
    second.rule(line, "publish", appeal=True)
    answer = Moderator(cast, "third").rule(line, "refuse", appeal=True)
    assert (answer.status_code, answer.get_json()["comment"]["state"]) == (409, "published")


def test_the_figures_say_what_waits_for_somebody_else(cast: Cast, appealed: str, mona: Moderator,
                                                      second: Moderator) -> None:
    assert [(figures(one)["appeals"], figures(one)["for_others"]) for one in (mona, second)] == [(1, 1), (1, 0)]
    second.rule(second.line(appealed), "publish", appeal=True)
    assert (figures(mona)["appeals"], figures(mona)["for_others"]) == (0, 0)


def test_more_than_a_tenth_of_the_appeals_that_were_right_is_an_alarm(cast: Cast, mona: Moderator,
                                                                       second: Moderator) -> None:
    for number in range(11):
        comment_id = appeal_of(cast, cast.player())
        if number < 10:
            second.rule(second.line(comment_id), "publish" if number == 0 else "refuse", appeal=True)
    told = figures(mona)
    assert (told["overturned"], told["is_alarming"]) == (0.1, False)
    second.rule(second.line(comment_id), "publish", appeal=True)
    told = figures(mona)
    assert (told["overturned"], told["is_alarming"]) == (2 / 11, True)
    cast.clock.advance(days=31)
    assert figures(Moderator(cast, "mona"))["overturned"] is None
