"""The desk's calls: rule as seen, undo, pass on, mute, many at once; and what a moderator is told."""

from typing import Any

import pytest
from sqlalchemy import update

from server.backoffice.moderation.routes import API
from server.comments import second_look
from server.comments.comment import Comment, CommentState, rulings_on
from server.comments.ruling import Decision
from server.db import transaction
from tests.backoffice.desk import Moderator, seen
from tests.comments.cast import Cast, Person


def posted(cast: Cast, alice: Person, *texts: str) -> list[str]:
    ids = []
    for text in texts:
        cast.clock.advance(minutes=1)
        ids.append(cast.posted(alice, text))
    return ids


def change(cast: Cast, comment_id: str, **values: Any) -> None:
    with cast.database.sessions() as session, transaction(session):
        session.execute(update(Comment).where(Comment.id == comment_id).values(**values))


def test_a_ruling_names_who_gave_it_and_ends_the_waiting(cast: Cast, alice: Person, mona: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    answer = mona.rule(mona.line(comment_id), "publish")
    assert answer.status_code == 201
    assert (cast.texts(), mona.ids()) == (["Trop bien"], [])
    with cast.database.sessions() as session:
        entry = rulings_on(session, comment_id)[-1]
    assert (entry.ruled_by, entry.revision, entry.id) == ("mona", 1, answer.get_json()["ruling"])
    assert cast.seen(comment_id).ruled_revision == 1


@pytest.mark.parametrize("meanwhile", [{"revision": 2, "text": "worse"}, {"rulings": 2}])
def test_a_ruling_on_an_older_text_or_after_another_ruling_is_refused(
        cast: Cast, alice: Person, mona: Moderator, meanwhile: dict[str, Any]) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    line = mona.line(comment_id)
    change(cast, comment_id, **meanwhile)
    answer = mona.rule(line, "publish")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "comment_changed")
    present = answer.get_json()["comment"]
    assert {name: present[name] for name in meanwhile} == meanwhile
    assert cast.texts() == []


def test_nothing_can_be_ruled_once_the_author_took_it_back(cast: Cast, alice: Person, mona: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    line = mona.line(comment_id)
    change(cast, comment_id, state=CommentState.TAKEN_BACK, text="")
    answer = mona.rule(line, "publish")
    assert (answer.status_code, answer.get_json()["comment"]) == (409, None)
    assert mona.rule({**line, "id": "0" * 20}, "publish").status_code == 404


@pytest.mark.parametrize("body", [
    {}, {"decision": "publish"}, {"decision": "burn", "revision": 1, "rulings": 1},
    {"decision": "refuse", "revision": 1, "rulings": 1}, {"decision": "publish", "revision": "1", "rulings": 1},
    {"decision": "refuse", "reason": "fine", "revision": 1, "rulings": 1},
    {"decision": "refuse", "reason": "awaits_review", "revision": 1, "rulings": 1},
    {"decision": "publish", "revision": 2**31, "rulings": 1}, {"decision": "publish", "revision": 1, "rulings": -1},
])  # fmt: skip
def test_a_ruling_that_cannot_be_read_is_refused_in_words(cast: Cast, alice: Person, mona: Moderator,
                                                          body: dict[str, Any]) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    answer = mona.call("POST", f"/comments/{comment_id}/rulings", body)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_undo_restores_what_was_before_and_keeps_both_rows(cast: Cast, alice: Person, mona: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    before = cast.seen(comment_id)
    line = mona.line(comment_id)
    ruling = mona.rule(line, "publish").get_json()["ruling"]
    cast.clock.advance(minutes=1)
    answer = mona.undo(line, ruling)
    assert answer.status_code == 200
    after = cast.seen(comment_id)
    assert (after.state, after.reason, after.ruled_revision, after.published_at) == (
        before.state, before.reason, None, None)
    assert (cast.texts(), mona.ids()) == ([], [comment_id])
    assert answer.get_json()["comment"]["rulings"] == 3
    with cast.database.sessions() as session:
        assert [entry.undoes for entry in rulings_on(session, comment_id)] == [None, None, ruling]


def test_undoing_twice_takes_back_two_rulings(cast: Cast, alice: Person, mona: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    line = mona.line(comment_id)
    first = mona.rule(line, "refuse").get_json()["ruling"]
    refused = {**line, "rulings": 2}
    second_ruling = mona.rule(refused, "publish").get_json()["ruling"]
    assert mona.undo(refused, second_ruling).get_json()["comment"]["state"] == "refused"
    assert cast.seen(comment_id).ruled_revision == 1
    assert mona.undo({**line, "rulings": 3}, first).get_json()["comment"]["state"] == "held"
    assert cast.seen(comment_id).ruled_revision is None


def test_an_undo_opens_the_reports_again(cast: Cast, alice: Person, mona: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    cast.rule(comment_id, Decision.PUBLISH)
    cast.player().post(f"/comments/{comment_id}/reports", {"reason": "spam"})
    cast.clock.advance(minutes=1)
    line = mona.line(comment_id)
    assert line["reports"] == ["spam"]
    ruling = mona.rule(line, "publish").get_json()["ruling"]
    assert mona.ids() == []
    mona.undo(line, ruling)
    assert mona.line(comment_id)["reports"] == ["spam"]
    assert cast.texts() == ["Trop bien"]


def test_nobody_undoes_what_somebody_else_ruled(cast: Cast, alice: Person, mona: Moderator,
                                                second: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    line = mona.line(comment_id)
    ruling = mona.rule(line, "publish").get_json()["ruling"]
    assert second.undo(line, ruling).status_code == 409
    assert cast.texts() == ["Trop bien"]


def test_an_undo_after_an_edit_changes_nothing(cast: Cast, alice: Person, mona: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    line = mona.line(comment_id)
    ruling = mona.rule(line, "refuse").get_json()["ruling"]
    change(cast, comment_id, revision=2)
    assert mona.undo(line, ruling).status_code == 409
    assert cast.seen(comment_id).state == CommentState.REFUSED


def test_what_one_passes_on_waits_for_the_others(cast: Cast, alice: Person, mona: Moderator,
                                                 second: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    assert mona.call("POST", f"/comments/{comment_id}/pass").status_code == 201
    assert (mona.ids(), mona.ids(view="aside"), second.ids()) == ([], [comment_id], [comment_id])
    mona.call("DELETE", f"/comments/{comment_id}/pass")
    assert mona.ids() == [comment_id]


def test_what_one_holds_waits_for_the_others_too(cast: Cast, alice: Person, mona: Moderator,
                                                 second: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    line = mona.line(comment_id)
    ruling = mona.rule(line, "hold", "other").get_json()["ruling"]
    assert (mona.ids(), mona.ids(view="aside"), second.ids()) == ([], [comment_id], [comment_id])
    mona.undo(line, ruling)
    assert mona.ids() == [comment_id]


def test_a_comment_that_was_passed_on_comes_back_once_it_is_edited(cast: Cast, alice: Person,
                                                                   mona: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    mona.call("POST", f"/comments/{comment_id}/pass")
    change(cast, comment_id, revision=2, edited_at=cast.clock.advance(minutes=1))
    assert mona.ids() == [comment_id]


def test_a_comment_opened_by_one_is_marked_for_the_others_for_a_minute(cast: Cast, alice: Person, mona: Moderator,
                                                                       second: Moderator) -> None:
    first, other = posted(cast, alice, "one", "two")
    mona.context(first)
    assert second.line(first)["opened_by"] == "Mona"
    assert mona.line(first)["opened_by"] is None
    second.context(first)  # the mark of who came first stays
    assert second.line(first)["opened_by"] == "Mona"
    mona.context(other)
    assert second.line(first)["opened_by"] is None
    cast.clock.advance(seconds=60)
    assert second.line(other)["opened_by"] is None


def test_many_are_ruled_at_once_each_as_it_was_seen(cast: Cast, alice: Person, mona: Moderator) -> None:
    ids = posted(cast, alice, "one", "two", "three")
    lines = mona.queue()
    change(cast, ids[1], revision=2, text="two, edited")
    selection = [{"id": line["id"], **seen(line)} for line in lines]
    answer = mona.call("POST", "/rulings", {"decision": "publish", "comments": selection}).get_json()
    assert set(answer["ruled"]) == {ids[0], ids[2]}
    assert [(line["id"], line["text"]) for line in answer["changed"]] == [(ids[1], "two, edited")]
    assert sorted(cast.texts()) == ["one", "three"]


@pytest.mark.parametrize("comments", [None, [], "all", [1], [{"id": 1}], [{"id": "x"}], [{}] * 201])
def test_a_selection_that_cannot_be_read_is_refused(mona: Moderator, comments: object) -> None:
    answer = mona.call("POST", "/rulings", {"decision": "publish", "comments": comments})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_what_is_alike_is_found_by_author_text_and_marked_words(cast: Cast, alice: Person, mona: Moderator) -> None:
    [one] = posted(cast, alice, "write to bob@x.fr now")
    same_text = cast.posted(cast.player(), "WRITE TO BOB@X.FR now")
    same_words = cast.posted(cast.player(), "or to bob@x.fr?")
    [other] = posted(cast, alice, "nothing marked")
    for comment_id, start in ((one, 9), (same_text, 9), (same_words, 6)):
        change(cast, comment_id, span_start=start, span_end=start + 8)

    def alike(by: str, to: str = one) -> set[str]:
        found = mona.call("GET", f"/comments/{to}/alike?by={by}").get_json()["comments"]
        return {line["id"] for line in found}

    assert alike("author") == {one, other}
    assert alike("text") == {one, same_text}
    assert alike("span") == {one, same_text, same_words}
    assert alike("span", other) == set()
    assert mona.call("GET", f"/comments/{one}/alike?by=age").status_code == 400


def test_a_muted_author_is_muted_until_the_day_and_may_be_let_in_again(cast: Cast, alice: Person,
                                                                       mona: Moderator) -> None:
    [comment_id] = posted(cast, alice, "Trop bien")
    until = mona.call("POST", f"/comments/{comment_id}/mute", {"days": 7}).get_json()["muted_until"]
    assert until == "2026-12-08T12:01:00.000Z"
    assert mona.context(comment_id)["author"]["muted_until"] == until
    mona.call("DELETE", f"/comments/{comment_id}/mute")
    assert mona.context(comment_id)["author"]["muted_until"] is None
    assert mona.call("POST", f"/comments/{comment_id}/mute", {"days": 2}).status_code == 400
    assert mona.call("POST", f"/comments/{'0' * 20}/mute", {"days": 1}).status_code == 404


def test_the_words_of_a_reason_are_ours_until_the_house_has_its_own(mona: Moderator) -> None:
    own = {"locale": "fr", "reason": "spam", "text": "Pas de réclame ici."}
    [canned] = mona.call("PUT", "/reasons", own).get_json()["canned"].values()
    assert canned["fr"]["spam"] == "Pas de réclame ici."
    assert canned["en"]["spam"] == "It is advertising."
    [canned] = mona.call("PUT", "/reasons", {**own, "text": " "}).get_json()["canned"].values()
    assert canned["fr"]["spam"] != "Pas de réclame ici."
    assert mona.call("PUT", "/reasons", {**own, "locale": "xx"}).status_code == 400
    assert mona.call("PUT", "/reasons", {**own, "reason": "fine"}).status_code == 400


def test_one_in_twenty_is_asked_again_of_somebody_else_who_does_not_know_it(
        cast: Cast, alice: Person, mona: Moderator, second: Moderator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_look, "is_sampled", lambda comment_id: True)
    [comment_id] = posted(cast, alice, "Trop bien")
    before = second.line(comment_id)
    mona.rule(mona.line(comment_id), "publish")
    assert mona.ids() == []
    asked = second.line(comment_id)
    known = ("rulings", "again")  # what the calls need; nobody is shown it
    assert {**asked, **dict.fromkeys(known)} == {**before, **dict.fromkeys(known)}
    answer = second.rule(asked, "refuse", again=True)
    assert answer.status_code == 201
    assert (second.ids(), cast.texts()) == ([], ["Trop bien"])  # a figure, no ruling
    assert mona.call("GET", "/figures").get_json()["agreement"] == 0
    assert second.undo(asked, answer.get_json()["ruling"]).status_code == 200
    second.rule(second.line(comment_id), "publish", again=True)
    assert mona.call("GET", "/figures").get_json()["agreement"] == 1


def test_the_figures_tell_of_the_desk_and_of_no_person(cast: Cast, alice: Person, mona: Moderator,
                                                       second: Moderator) -> None:
    ids = posted(cast, alice, "one", "two", "three", "four")
    for comment_id, minutes in zip(ids, (1, 2, 7), strict=False):
        cast.clock.advance(minutes=minutes)
        mona.rule(mona.line(comment_id), "publish")
    line = {"id": ids[0], "revision": 1, "rulings": 2}
    second.rule(line, "refuse", "illegal")
    figures = mona.call("GET", "/figures").get_json()
    assert figures == {"waiting": 1, "oldest_at": "2026-12-01T12:04:00.000Z", "median_s": 5 * 60, "p95_s": 11 * 60,
                       "appeals": 0, "for_others": 0, "overturned": None, "is_alarming": False, "agreement": None}
    assert "mona" not in str(figures)


def test_the_poll_is_told_that_nothing_changed(cast: Cast, alice: Person, mona: Moderator) -> None:
    posted(cast, alice, "one")
    etag = mona.call("GET", "/queue").headers["ETag"]
    assert mona.call("GET", "/queue", **{"If-None-Match": etag}).status_code == 304
    posted(cast, alice, "two")
    assert mona.call("GET", "/queue", **{"If-None-Match": etag}).status_code == 200


def test_the_page_brings_the_queue_along_and_shows_html_as_text(cast: Cast, alice: Person, mona: Moderator) -> None:
    posted(cast, alice, "</script><script>alert(1)</script>")
    page = mona.client.get("/backoffice/moderation").get_data(as_text=True)
    assert "alert(1)" in page
    assert "<script>alert(1)" not in page
    assert API in page
