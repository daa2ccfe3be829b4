"""An author appeals once against a mute; another person than who muted decides; it holds until then."""

from typing import Any

import pytest
from sqlalchemy import select

from server.comments.desk_marks import mute_author, unmute_author
from server.comments.mute_appeals import count_mute_appeals, open_mute_appeals, settle_mute_appeal
from server.comments.report import MuteAppeal
from server.comments.ruling import Reason
from server.errors import Problem
from server.outbox import Tail
from tests.comments.cast import MONA, Cast, Person, every_brand
from tests.comments.test_state_reasons import lines

SECOND = "second"
KINDLY = "It was meant kindly."


@pytest.fixture
def muted(cast: Cast, alice: Person) -> str:
    """The id of Alice's comment for which Mona has muted her for a week."""
    comment_id = cast.posted(alice, "Bof")
    mute(cast, comment_id)
    return comment_id


@pytest.fixture
def appealed(cast: Cast, alice: Person, muted: str) -> str:
    """The id of Alice's appeal against it."""
    assert appeal(alice, text=KINDLY)[0] == 201
    return kept(cast).id


def mute(cast: Cast, comment_id: str, by: str = MONA, reason: Reason = Reason.SPAM, days: int = 7) -> None:
    now = cast.clock.advance(seconds=1)
    with cast.database.sessions() as session:
        mute_author(session, comment_id, days, reason, by, now)


def appeal(person: Person, **body: Any) -> tuple[int, dict[str, Any]]:
    answer = person.post("/players/me/mute/appeal", body)
    return answer.status_code, answer.get_json()


def settle(cast: Cast, appeal_id: str, *, is_upheld: bool, by: str = SECOND) -> None:
    now = cast.clock.advance(seconds=1)
    with cast.database.sessions() as session:
        settle_mute_appeal(session, appeal_id, by, now, is_upheld=is_upheld)


def waiting(cast: Cast, by: str) -> list[tuple[str, str | None]]:
    """The author's words and the comment that led to the mute, of what a person may decide."""
    with cast.database.sessions() as session:
        return [(one.appeal.text, one.said) for one in open_mute_appeals(session, by, every_brand(session))]


def kept(cast: Cast) -> MuteAppeal:
    with cast.database.sessions() as session:
        return session.scalars(select(MuteAppeal)).one()


def test_who_is_muted_appeals_and_is_told_as_mine_tells_it(alice: Person, muted: str) -> None:
    before = alice.mine()["mute"]
    assert (before["may_appeal"], before["appeal"]) == (True, None)
    assert "ask here for another person" in lines(before["statement"])[-1]
    status, answer = appeal(alice, text=KINDLY)
    mute = alice.mine()["mute"]
    assert (status, answer) == (201, {"appeal": mute["appeal"]})
    assert answer["appeal"] == {"state": "open", "at": "2026-12-01T12:00:01.000Z", "settled_at": None}
    assert (mute["may_appeal"], mute["statement"]) == (False, before["statement"])
    assert alice.say("still there?").get_json()["code"] == "muted"


def test_no_words_are_needed(cast: Cast, alice: Person, muted: str) -> None:
    assert appeal(alice)[0] == 201
    assert (kept(cast).text, kept(cast).muted_by, kept(cast).reason) == ("", MONA, Reason.SPAM)


def test_who_may_write_has_nothing_to_appeal_against(cast: Cast, alice: Person, muted: str) -> None:
    assert appeal(cast.player())[1]["code"] == "not_muted"
    cast.clock.advance(days=8)
    status, answer = appeal(alice)
    assert (status, answer["code"]) == (404, "not_muted")


def test_once_is_all_there_is_also_after_it_was_upheld(cast: Cast, alice: Person, appealed: str) -> None:
    assert (appeal(alice)[0], appeal(alice)[1]["code"]) == (409, "not_appealable")
    settle(cast, appealed, is_upheld=True)
    assert appeal(alice)[1]["code"] == "not_appealable"


def test_another_mute_may_be_appealed_against_again(cast: Cast, alice: Person, muted: str, appealed: str) -> None:
    settle(cast, appealed, is_upheld=True)
    mute(cast, muted)
    told = alice.mine()["mute"]
    assert (told["may_appeal"], told["appeal"]) == (True, None)
    assert appeal(alice)[0] == 201


@pytest.mark.parametrize(("body", "code"), [({"text": 1}, "malformed"), ({"text": "x" * 1001}, "too_large")])
def test_an_appeal_that_cannot_be_read_changes_nothing(alice: Person, muted: str, body: dict[str, Any],
                                                       code: str) -> None:
    assert appeal(alice, **body)[1]["code"] == code
    assert alice.mine()["mute"]["may_appeal"]


def test_it_waits_for_everybody_but_who_muted(cast: Cast, appealed: str) -> None:
    assert (waiting(cast, MONA), waiting(cast, SECOND)) == ([], [(KINDLY, "Bof")])
    with cast.database.sessions() as session:
        brands = every_brand(session)
        assert [count_mute_appeals(session, brands, by) for by in (None, MONA, SECOND)] == [1, 1, 0]


def test_who_muted_does_not_decide(cast: Cast, alice: Person, appealed: str) -> None:
    for is_upheld in (True, False):
        with pytest.raises(Problem, match="somebody else decides") as refusal:
            settle(cast, appealed, is_upheld=is_upheld, by=MONA)
        assert refusal.value.code == "own_ruling"
    assert alice.mine()["mute"]["appeal"]["state"] == "open"


def test_lifted_its_author_writes_at_once(cast: Cast, alice: Person, appealed: str) -> None:
    settle(cast, appealed, is_upheld=False)
    assert alice.mine()["mute"] is None
    assert alice.say("Bravo").status_code == 201
    assert (kept(cast).is_upheld, kept(cast).settled_by) == (False, SECOND)
    assert waiting(cast, SECOND) == []


def test_upheld_it_holds_and_is_stated_anew_with_the_way_out_of_the_house(cast: Cast, alice: Person,
                                                                         appealed: str) -> None:
    until = alice.mine()["mute"]["until"]
    settle(cast, appealed, is_upheld=True)
    told = alice.mine()["mute"]
    assert (told["until"], told["appeal"]["state"], told["may_appeal"]) == (until, "upheld", False)
    said = lines(told["statement"])
    assert (said[0], said[2]) == ("Somebody else than before has looked at your appeal: the restriction stands.",
                                  "It is advertising.")
    assert "court" in said[-1]
    assert alice.say("still there?").get_json()["code"] == "muted"


@pytest.mark.parametrize("is_upheld", [True, False])
def test_its_authors_page_hears_of_the_decision(cast: Cast, muted: str, appealed: str, is_upheld: bool) -> None:
    tail = Tail()
    with cast.database.sessions() as session:
        tail.read(session, cast.clock())
    settle(cast, appealed, is_upheld=is_upheld)
    with cast.database.sessions() as session:
        assert [(line.topic, line.subject_id) for line in tail.read(session, cast.clock())] == [("comments", muted)]


def test_it_is_decided_once(cast: Cast, appealed: str) -> None:
    settle(cast, appealed, is_upheld=True)
    for appeal_id in (appealed, "nothing"):
        with pytest.raises(Problem, match="has been decided") as refusal:
            settle(cast, appeal_id, is_upheld=False, by="third")
        assert refusal.value.code == "appeal_settled"
    assert kept(cast).settled_by == SECOND


def test_nobody_mutes_anew_while_it_is_open(cast: Cast, alice: Person, muted: str, appealed: str) -> None:
    for by in (MONA, SECOND):
        with pytest.raises(Problem, match="decided first") as refusal:
            mute(cast, muted, by, days=30)
        assert refusal.value.code == "mute_appealed"
    assert alice.mine()["mute"]["until"] == "2026-12-08T12:00:01.000Z"
    settle(cast, appealed, is_upheld=False)
    mute(cast, muted, SECOND)
    assert alice.mine()["mute"]["may_appeal"]


def test_what_is_over_by_itself_is_decided_all_the_same_and_ends_no_other_mute(cast: Cast, alice: Person, muted: str,
                                                                               appealed: str) -> None:
    cast.clock.advance(days=8)
    mute(cast, muted)
    assert waiting(cast, SECOND) == [(KINDLY, None)]  # its statement has given way to the new one
    settle(cast, appealed, is_upheld=False)
    assert not kept(cast).is_upheld
    assert alice.mine()["mute"]["may_appeal"]


def test_a_mute_that_is_taken_back_takes_what_is_open_against_it_along(cast: Cast, alice: Person, muted: str,
                                                                       appealed: str) -> None:
    with cast.database.sessions() as session:
        unmute_author(session, muted)
        assert session.scalars(select(MuteAppeal)).all() == []
    with pytest.raises(Problem, match="is gone"):
        settle(cast, appealed, is_upheld=True)
    assert alice.mine()["mute"] is None


def test_a_mute_whose_comment_is_gone_is_appealed_against_and_lifted(cast: Cast, alice: Person, muted: str) -> None:
    assert alice.take_back(muted).status_code == 204
    assert alice.mine()["mute"]["statement"] is None
    assert appeal(alice, text=KINDLY)[0] == 201
    assert waiting(cast, SECOND) == [(KINDLY, None)]
    settle(cast, kept(cast).id, is_upheld=False)
    assert alice.mine()["mute"] is None


def test_what_its_author_said_is_among_what_is_kept_and_who_decided_is_not_told(cast: Cast, alice: Person,
                                                                                appealed: str) -> None:
    settle(cast, appealed, is_upheld=True)
    told = alice.get("/players/me")
    assert told.get_json()["mute_appeals"] == [
        {"state": "upheld", "at": "2026-12-01T12:00:01.000Z", "settled_at": "2026-12-01T12:00:02.000Z",
         "text": KINDLY, "muted_at": "2026-12-01T12:00:01.000Z", "reason": "spam"}]
    assert not {SECOND, MONA} & set(told.get_data(as_text=True).split('"'))
    assert cast.player().get("/players/me").get_json()["mute_appeals"] == []


def test_it_goes_with_its_author(cast: Cast, alice: Person, appealed: str) -> None:
    assert alice.delete("/players/me").status_code == 204
    with cast.database.sessions() as session:
        assert session.scalars(select(MuteAppeal)).all() == []
    with pytest.raises(Problem, match="is gone"):
        settle(cast, appealed, is_upheld=False)
