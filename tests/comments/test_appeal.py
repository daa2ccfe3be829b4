"""An author appeals once against a restriction; another person than who ruled decides; it holds until then."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.comments import second_look
from server.comments.comment import Comment, CommentState, rulings_on
from server.comments.desk_marks import pass_on
from server.comments.queue import View, read_queue
from server.comments.report import Appeal
from server.comments.rule_on_comment import Seen, apply_ruling, rule_on_many
from server.comments.rules import MOST_REFUSALS
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.settle_appeal import settle_appeal
from server.comments.undo_ruling import undo_ruling
from server.db import transaction
from server.errors import Problem
from tests.comments.cast import MONA, Cast, Person, every_brand
from tests.comments.test_state_reasons import hide_as_readers_do, lines

PUBLISH, UPHOLD = Ruling(Decision.PUBLISH, Reason.FINE), Ruling(Decision.REFUSE, Reason.INSULT)
SECOND = "second"


@pytest.fixture
def refused(cast: Cast, alice: Person) -> str:
    """The id of Alice's comment, which Mona has refused."""
    comment_id = cast.posted(alice, "Bof")
    cast.clock.advance(seconds=1)
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    cast.clock.advance(seconds=1)
    return comment_id


@pytest.fixture
def appealed(alice: Person, refused: str) -> str:
    assert appeal(alice, refused, text="It was meant kindly.")[0] == 201
    return refused


def appeal(person: Person, comment_id: str, **body: str) -> tuple[int, dict[str, Any]]:
    answer = person.post(f"/comments/{comment_id}/appeal", body)
    return answer.status_code, answer.get_json()


def mine(person: Person) -> dict[str, Any]:
    [comment] = person.mine()["comments"]
    told: dict[str, Any] = comment
    return told


def settle(cast: Cast, comment_id: str, ruling: Ruling, by: str = SECOND) -> str | None:
    """A person's word on the appeal as it is now, a second later."""
    seen = cast.seen(comment_id)
    with cast.database.sessions() as session:
        return settle_appeal(session, Seen(comment_id, seen.revision, seen.rulings), ruling, by,
                             cast.clock.advance(seconds=1))


def undo(cast: Cast, comment_id: str, ruling_id: str, by: str = SECOND) -> bool:
    seen = cast.seen(comment_id)
    with cast.database.sessions() as session:
        return undo_ruling(session, Seen(comment_id, seen.revision, seen.rulings), ruling_id, by,
                           cast.clock.advance(seconds=1))


def queue(cast: Cast, by: str) -> list[str]:
    with cast.database.sessions() as session:
        return [line.comment.id for line in read_queue(session, View.WAITING, by, every_brand(session)).lines]


def test_an_author_who_appeals_is_told_as_mine_tells_it(cast: Cast, alice: Person, refused: str) -> None:
    assert mine(alice)["may_appeal"]
    status, answer = appeal(alice, refused, text="It was meant kindly.")
    assert (status, answer["comment"]) == (201, mine(alice))
    told = answer["comment"]
    assert (told["state"], told["may_appeal"], told["statement"]["by"]) == ("appealed", False, "person")
    assert told["appeal"] == {"state": "open", "at": "2026-12-01T12:00:02.000Z", "settled_at": None}
    with cast.database.sessions() as session:
        kept = session.scalars(select(Appeal)).one()
        assert (kept.text, kept.ruling_id) == ("It was meant kindly.", f"{refused}.000002")


@pytest.mark.parametrize("state", [CommentState.REFUSED, CommentState.REMOVED_LEGAL, CommentState.HIDDEN])
def test_every_restriction_may_be_appealed_against(cast: Cast, alice: Person, state: CommentState) -> None:
    comment_id = cast.publish("Bof", alice)
    if state == CommentState.HIDDEN:
        hide_as_readers_do(cast, comment_id)
    else:
        cast.rule(comment_id, Decision.REFUSE,
                  Reason.ILLEGAL if state == CommentState.REMOVED_LEGAL else Reason.SPAM)
    assert cast.seen(comment_id).state == state
    assert appeal(alice, comment_id)[0] == 201


@pytest.mark.parametrize("state", [CommentState.HELD, CommentState.PUBLISHED])
def test_against_nothing_nobody_appeals(cast: Cast, alice: Person, state: CommentState) -> None:
    comment_id = cast.posted(alice, "Bof") if state == CommentState.HELD else cast.publish("Bof", alice)
    status, answer = appeal(alice, comment_id)
    assert (status, answer["code"]) == (409, "not_appealable")


def test_once_is_all_there_is_also_after_it_was_upheld(cast: Cast, alice: Person, appealed: str) -> None:
    assert appeal(alice, appealed)[1]["code"] == "not_appealable"
    settle(cast, appealed, UPHOLD)
    assert not mine(alice)["may_appeal"]
    status, answer = appeal(alice, appealed)
    assert (status, answer["code"]) == (409, "not_appealable")


def test_a_later_ruling_may_be_appealed_against_again(cast: Cast, alice: Person, appealed: str) -> None:
    settle(cast, appealed, PUBLISH)
    cast.clock.advance(seconds=1)
    cast.rule(appealed, Decision.REFUSE, Reason.SPAM)
    told = mine(alice)
    assert (told["may_appeal"], told["appeal"]) == (True, None)
    assert appeal(alice, appealed)[0] == 201


def test_only_the_author_appeals(cast: Cast, refused: str) -> None:
    status, answer = appeal(cast.player(), refused)
    assert (status, answer["code"]) == (404, "comment_not_found")
    nobody = cast.client.post(f"/api/v1/comments/{refused}/appeal", json={})
    assert nobody.get_json()["code"] == "unknown_player"


@pytest.mark.parametrize(("body", "code"), [({"text": 1}, "malformed"), ({"text": "x" * 1001}, "too_large")])
def test_an_appeal_that_cannot_be_read_changes_nothing(cast: Cast, alice: Person, refused: str,
                                                       body: dict[str, Any], code: str) -> None:
    assert alice.post(f"/comments/{refused}/appeal", body).get_json()["code"] == code
    assert cast.seen(refused).state == CommentState.REFUSED


@pytest.mark.parametrize("comment_id", ["x", "0" * 20, "%00"])
def test_what_is_nobodys_comment_is_not_found(alice: Person, comment_id: str) -> None:
    assert alice.post(f"/comments/{comment_id}/appeal", {}).status_code == 404


def test_it_holds_for_readers_until_it_is_decided(cast: Cast, alice: Person, appealed: str) -> None:
    assert cast.texts() == []
    assert alice.edit(appealed, "better").get_json()["code"] == "comment_changed"
    assert alice.take_back(appealed).get_json()["code"] == "comment_changed"
    assert cast.player().post(f"/comments/{appealed}/reports", {"reason": "spam"}).status_code == 404


def test_it_waits_for_everybody_but_who_ruled(cast: Cast, appealed: str) -> None:
    assert (queue(cast, MONA), queue(cast, SECOND), queue(cast, "third")) == ([], [appealed], [appealed])


def test_what_only_the_rules_did_waits_for_anybody(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Bof", alice)  # by Mona
    hide_as_readers_do(cast, comment_id)
    appeal(alice, comment_id)
    assert queue(cast, MONA) == [comment_id]
    assert settle(cast, comment_id, PUBLISH, MONA)


def test_what_somebody_set_aside_before_comes_back_to_them(cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "Bof")
    with cast.database.sessions() as session:
        pass_on(session, comment_id, SECOND, cast.clock())
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    appeal(alice, comment_id)
    assert queue(cast, SECOND) == [comment_id]


def test_overturned_it_is_public_and_its_author_hears_of_it(cast: Cast, alice: Person, appealed: str) -> None:
    assert settle(cast, appealed, PUBLISH) == f"{appealed}.000003"
    assert cast.texts() == ["Bof"]
    cast.clock.advance(days=1)
    told = mine(alice)
    assert (told["state"], told["statement"], told["may_appeal"]) == ("published", None, False)
    assert told["appeal"] == {"state": "overturned", "at": "2026-12-01T12:00:02.000Z",
                              "settled_at": "2026-12-01T12:00:03.000Z"}
    cast.clock.advance(days=30)
    assert alice.mine()["comments"] == []


def test_upheld_it_stays_away_and_is_stated_anew(cast: Cast, alice: Person, appealed: str) -> None:
    settle(cast, appealed, UPHOLD)
    told = mine(alice)
    assert (cast.texts(), told["state"], told["appeal"]["state"]) == ([], "refused", "upheld")
    assert lines(told["statement"])[0] == (
        "Somebody else than before has looked at your appeal: the restriction stands.")
    assert "court" in lines(told["statement"])[-1]
    assert queue(cast, SECOND) == []


def test_who_decided_is_kept_and_is_not_told(cast: Cast, alice: Person, appealed: str) -> None:
    settle(cast, appealed, UPHOLD)
    with cast.database.sessions() as session:
        kept = session.scalars(select(Appeal)).one()
        entry = rulings_on(session, appealed)[-1]
    assert (kept.settled_by, kept.is_upheld, entry.ruled_by) == (SECOND, True, SECOND)
    assert SECOND not in alice.get("/players/me").get_data(as_text=True)


def test_who_ruled_first_neither_decides_nor_takes_the_ruling_back(cast: Cast, appealed: str) -> None:
    for ruling in (PUBLISH, UPHOLD):
        with pytest.raises(Problem, match="appeals against your ruling") as refusal:
            settle(cast, appealed, ruling, MONA)
        assert (refusal.value.code, refusal.value.status) == ("own_ruling", 403)
    assert not cast.rule(appealed, Decision.PUBLISH)
    assert not undo(cast, appealed, f"{appealed}.000002", MONA)
    assert cast.seen(appealed).state == CommentState.APPEALED


def test_who_ruled_does_not_decide_an_appeal_that_comes_while_it_is_looked_for(
        cast: Cast, refused: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen(refused, 1, 2)

    def appeal_first(session: Session, *others: Any) -> Any:
        session.add(Appeal(comment_id=refused, ruling_id=f"{refused}.000002", text="", at=cast.clock()))
        session.execute(update(Comment).where(Comment.id == refused).values(state=CommentState.APPEALED))
        return apply_ruling(session, *others)

    monkeypatch.setattr("server.comments.settle_appeal.apply_ruling", appeal_first)
    with cast.database.sessions() as session, pytest.raises(Problem, match="appeals against your ruling"):
        settle_appeal(session, seen, PUBLISH, MONA, cast.clock())
    assert cast.seen(refused).rulings == 2


def test_who_has_not_seen_the_appeal_does_not_rule_on_it(cast: Cast, appealed: str) -> None:
    seen = cast.seen(appealed)
    with cast.database.sessions() as session:
        assert rule_on_many(session, [Seen(appealed, 1, seen.rulings)], PUBLISH, SECOND, cast.clock()) == {}
    assert cast.texts() == []


def test_an_appeal_is_not_put_off_by_holding(cast: Cast, appealed: str) -> None:
    with pytest.raises(Problem, match="upheld or overturned"):
        settle(cast, appealed, Ruling(Decision.HOLD, Reason.OTHER))


def test_nothing_is_settled_where_nobody_appeals_or_it_changed(cast: Cast, refused: str) -> None:
    assert settle(cast, refused, PUBLISH) is None
    with cast.database.sessions() as session:
        assert settle_appeal(session, Seen(refused, 1, 1), PUBLISH, SECOND, cast.clock()) is None
    assert cast.seen(refused).state == CommentState.REFUSED


@pytest.mark.parametrize("ruling", [PUBLISH, UPHOLD])
def test_undoing_what_settled_it_opens_it_again(cast: Cast, alice: Person, appealed: str, ruling: Ruling) -> None:
    before = mine(alice)
    settled = settle(cast, appealed, ruling)
    assert settled is not None
    assert undo(cast, appealed, settled)
    told = mine(alice)
    assert cast.texts() == []
    assert {name: told[name] for name in ("state", "reason", "statement", "appeal", "may_appeal")} == {
        name: before[name] for name in ("state", "reason", "statement", "appeal", "may_appeal")}
    assert (queue(cast, SECOND), queue(cast, MONA)) == ([appealed], [])
    assert settle(cast, appealed, ruling)


def test_nobody_who_decided_is_asked_for_a_blind_look_besides(cast: Cast, alice: Person,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_look, "is_sampled", lambda comment_id: True)
    comment_id = cast.posted(alice, "Bof")
    cast.rule(comment_id, Decision.REFUSE, Reason.INSULT)
    assert queue(cast, SECOND) == [comment_id]
    appeal(alice, comment_id)
    settle(cast, comment_id, UPHOLD)
    assert [queue(cast, by) for by in (MONA, SECOND, "third")] == [[], [], []]


def test_an_appeal_goes_with_its_author(cast: Cast, alice: Person, appealed: str) -> None:
    assert alice.delete("/players/me").status_code == 204
    with cast.database.sessions() as session:
        assert session.query(Appeal).count() == 0


def test_what_was_refused_before_statements_were_written_may_be_appealed_against(cast: Cast, alice: Person,
                                                                                 refused: str) -> None:
    with cast.database.sessions() as session, transaction(session):
        session.connection().exec_driver_sql("DELETE FROM statement")
    assert (mine(alice)["statement"], mine(alice)["may_appeal"]) == (None, True)
    assert appeal(alice, refused)[0] == 201


@pytest.mark.parametrize("reason", [Reason.INSULT, Reason.ILLEGAL])
def test_what_is_appealed_against_or_removed_still_counts_as_refused(cast: Cast, alice: Person, reason: Reason) -> None:
    for number in range(MOST_REFUSALS + 1):
        comment_id = cast.posted(alice, f"Bof {number}")
        cast.rule(comment_id, Decision.REFUSE, reason)
        if reason == Reason.INSULT:
            appeal(alice, comment_id)
    assert cast.seen(cast.posted(alice, "Bravo")).reason == Reason.RECENT_REFUSALS
