"""Appeals against mutes at the desk: who may decide sees them, with the comment and without who muted."""

from typing import Any

import pytest

from tests.backoffice.desk import Moderator
from tests.comments.cast import Cast, Person


@pytest.fixture
def muted(cast: Cast, alice: Person, mona: Moderator) -> str:
    comment_id = cast.posted(alice, "Bof")
    assert mona.call("POST", f"/comments/{comment_id}/mute", {"days": 7, "reason": "insult"}).status_code == 201
    return comment_id


@pytest.fixture
def appeal(alice: Person, muted: str, second: Moderator) -> str:
    """The id of Alice's appeal against Mona's mute."""
    assert alice.post("/players/me/mute/appeal", {"text": "It was meant kindly."}).status_code == 201
    [one] = appeals(second)
    appeal_id: str = one["id"]
    return appeal_id


def appeals(moderator: Moderator) -> list[dict[str, Any]]:
    answer = moderator.call("GET", "/mute-appeals")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.get_json()["appeals"]
    return found


def settle(moderator: Moderator, appeal_id: str, decision: str) -> tuple[int, str | None]:
    answer = moderator.call("POST", f"/mute-appeals/{appeal_id}", {"decision": decision})
    return answer.status_code, answer.get_json().get("code")


def test_it_is_shown_to_others_than_who_muted(alice: Person, appeal: str, mona: Moderator, second: Moderator) -> None:
    assert appeals(mona) == []
    assert appeals(second) == [{
        "id": appeal, "alias": alice.alias, "reason": "insult", "text": "It was meant kindly.", "said": "Bof",
        "at": "2026-12-01T12:00:00.000Z", "until": "2026-12-08T12:00:00.000Z"}]


def test_the_figures_tell_that_it_waits_and_for_whom(appeal: str, mona: Moderator, second: Moderator) -> None:
    told = [moderator.call("GET", "/figures").get_json() for moderator in (mona, second)]
    assert [(one["appeals"], one["for_others"]) for one in told] == [(1, 1), (1, 0)]
    settle(second, appeal, "uphold")
    assert mona.call("GET", "/figures").get_json()["appeals"] == 0


def test_who_muted_is_told_that_somebody_else_decides(appeal: str, mona: Moderator) -> None:
    assert settle(mona, appeal, "lift") == (403, "own_ruling")


@pytest.mark.parametrize(("decision", "is_muted"), [("lift", False), ("uphold", True)])
def test_another_person_decides_it_once(alice: Person, appeal: str, second: Moderator, decision: str,
                                        is_muted: bool) -> None:
    assert settle(second, appeal, decision) == (201, None)
    assert (alice.mine()["mute"] is not None, appeals(second)) == (is_muted, [])
    assert settle(second, appeal, "lift") == (409, "appeal_settled")


@pytest.mark.parametrize("decision", ["", "hold"])
def test_what_is_no_decision_is_malformed(appeal: str, second: Moderator, decision: str) -> None:
    assert settle(second, appeal, decision) == (400, "malformed")


def test_who_mutes_anew_is_told_that_the_appeal_comes_first(muted: str, appeal: str, second: Moderator) -> None:
    answer = second.call("POST", f"/comments/{muted}/mute", {"days": 30})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "mute_appealed")


def test_nobody_who_is_signed_out_sees_or_decides(appeal: str, second: Moderator) -> None:
    second.client.delete_cookie("popshot_staff", path="/backoffice")
    for answer in (second.call("GET", "/mute-appeals"), second.call("POST", f"/mute-appeals/{appeal}", {})):
        assert answer.status_code == 401
