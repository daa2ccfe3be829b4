"""Each desk has the comments of its own brands; another's are not there at all."""

from typing import Any

import pytest
from sqlalchemy import func, select

from server.backoffice.acts.act import StaffAct
from server.backoffice.moderation.routes import API
from server.backoffice.rights import Role
from server.backoffice.staff.person import Membership
from server.comments.comment import CommentState
from server.comments.desk_rows import Mute, Opened, Passed
from server.db import transaction
from tests.backoffice.desk import Moderator, seen
from tests.comments.cast import Cast, Person
from tests.comments.readers import report

DEEDS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "/comments/{id}", None), ("GET", "/comments/{id}/alike?by=author", None),
    ("POST", "/comments/{id}/rulings", {"revision": 1, "rulings": 1, "decision": "publish"}),
    ("POST", "/comments/{id}/rulings", {"revision": 1, "rulings": 1, "decision": "publish", "again": True}),
    ("POST", "/comments/{id}/rulings", {"revision": 1, "rulings": 1, "decision": "publish", "appeal": True}),
    ("POST", "/comments/{id}/undo", {"revision": 1, "rulings": 1, "ruling": "look"}),
    ("POST", "/comments/{id}/pass", {}), ("DELETE", "/comments/{id}/pass", {}),
    ("POST", "/comments/{id}/mute", {"days": 1}), ("DELETE", "/comments/{id}/mute", {}),
]  # fmt: skip
EMPTY = {"waiting": 0, "oldest_at": None, "median_s": None, "p95_s": None, "appeals": 0, "for_others": 0,
         "overturned": None, "is_alarming": False, "agreement": None}


def rows(cast: Cast, kind: Any) -> int:
    with cast.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


@pytest.fixture
def waiting(cast: Cast, alice: Person) -> str:
    """A comment under the campaign of Bob's brand that waits, and that a reader sees a danger in."""
    comment_id = cast.publish("I am a secret")
    report(cast.player(), comment_id, "danger")
    return comment_id


def test_another_brands_desk_shows_nothing_of_it(charlie: Moderator, mona: Moderator, cast: Cast, alice: Person,
                                                 waiting: str) -> None:
    held = cast.posted(alice, "me too, a secret")
    assert mona.ids() == [waiting, held]
    for query in ({}, {"view": "reported"}, {"view": "aside"}, {"q": "secret"}, {"q": waiting}, {"q": alice.alias}):
        assert charlie.client.get(f"{API}/queue", query_string=query).get_json() == {
            "comments": [], "next": None, "alarms": 0}, query
    assert charlie.call("GET", "/figures").get_json() == EMPTY
    assert "secret" not in charlie.client.get("/backoffice/moderation").get_data(as_text=True)


@pytest.mark.parametrize(("method", "path", "body"), DEEDS)
def test_another_brands_comment_is_not_found_and_stays_as_it_is(charlie: Moderator, cast: Cast, alice: Person,
                                                                method: str, path: str, body: Any) -> None:
    comment_id = cast.posted(alice, "I am a secret")
    for shown in (comment_id, "0" * 20, "x" * 200, "%F0%9F%8E%AF", "mona"):
        answer = charlie.call(method, path.format(id=shown), body)
        assert (answer.status_code, answer.get_json()["code"]) == (404, "comment_not_found"), shown
    comment = cast.seen(comment_id)
    assert (comment.state, comment.rulings) == (CommentState.HELD, 1)
    assert (rows(cast, Passed), rows(cast, Mute), rows(cast, StaffAct)) == (0, 0, 0)


def test_in_a_selection_another_brands_comment_is_gone(charlie: Moderator, cast: Cast, alice: Person) -> None:
    comment_id = cast.posted(alice, "I am a secret")
    there = alice.post("/campaigns/acme/comments", {"text": "there"}).get_json()["comment"]["id"]
    both = [{"id": one, "revision": 1, "rulings": 1} for one in (comment_id, there)]
    ruled = charlie.call("POST", "/rulings", {"decision": "publish", "comments": both}).get_json()
    assert (list(ruled["ruled"]), ruled["changed"]) == ([there], [{"id": comment_id, "is_gone": True}])
    alone = charlie.call("POST", "/rulings", {"decision": "publish", "comments": both[:1]})
    assert (alone.status_code, alone.get_json()["code"]) == (404, "comment_not_found")
    assert (cast.texts(), rows(cast, StaffAct)) == ([], 1)


def test_who_moderates_for_two_brands_rules_on_the_comments_of_one_at_a_time(charlie: Moderator, cast: Cast,
                                                                             alice: Person) -> None:
    with cast.database.sessions() as session, transaction(session):
        session.add(Membership(staff_id="charlie", brand_id=cast.campaign.brand_id, role=Role.MODERATOR,
                               created_at=cast.clock()))
    one = cast.posted(alice, "one")
    other = alice.post("/campaigns/acme/comments", {"text": "other"}).get_json()["comment"]["id"]
    lines = charlie.queue()
    assert {line["id"] for line in lines} == {one, other}
    both = [{"id": line["id"], **seen(line)} for line in lines]
    answer = charlie.call("POST", "/rulings", {"decision": "publish", "comments": both})
    assert (answer.status_code, answer.get_json()["code"], cast.texts()) == (400, "malformed", [])
    for line in both:
        charlie.call("POST", "/rulings", {"decision": "publish", "comments": [line]})
    assert cast.texts() == ["one"]
    with cast.database.sessions() as session:
        brands = set(session.scalars(select(StaffAct.brand_id)))
    assert brands == {line["brand"] for line in lines}


def test_a_mute_holds_under_its_brand_alone(charlie: Moderator, mona: Moderator, cast: Cast, alice: Person) -> None:
    here = cast.posted(alice, "here")
    there = alice.post("/campaigns/acme/comments", {"text": "there"}).get_json()["comment"]["id"]
    assert charlie.call("POST", f"/comments/{there}/mute", {"days": 30}).status_code == 201
    assert alice.post("/campaigns/acme/comments", {"text": "again"}).get_json()["code"] == "muted"
    assert alice.say("still allowed").status_code == 201
    assert mona.context(here)["author"]["muted_until"] is None
    assert mona.call("POST", f"/comments/{here}/mute", {"days": 1}).status_code == 201
    until = charlie.context(there)["author"]["muted_until"]
    assert until == "2026-12-31T12:00:00.000Z"
    mona.call("DELETE", f"/comments/{here}/mute")
    assert charlie.context(there)["author"]["muted_until"] == until


def test_an_authors_history_is_that_under_the_own_brands(charlie: Moderator, mona: Moderator, cast: Cast,
                                                         alice: Person) -> None:
    here = cast.posted(alice, "I am a secret")
    there = alice.post("/campaigns/acme/comments", {"text": "there"}).get_json()["comment"]["id"]
    assert [said["text"] for said in charlie.context(there)["author"]["latest"]] == []
    assert charlie.context(there)["author"]["states"] == {"held": 1}
    assert mona.context(here)["author"]["states"] == {"held": 1}


def test_an_appeal_against_a_mute_goes_to_its_brand(charlie: Moderator, mona: Moderator, second: Moderator, cast: Cast,
                                                    alice: Person) -> None:
    here = cast.posted(alice, "here")
    there = alice.post("/campaigns/acme/comments", {"text": "there"}).get_json()["comment"]["id"]
    mona.call("POST", f"/comments/{here}/mute", {"days": 7})
    cast.clock.advance(minutes=1)
    charlie.call("POST", f"/comments/{there}/mute", {"days": 7})
    answer = alice.post("/players/me/mute/appeal", {"text": "kindly meant", "campaign": "boss"})
    assert answer.status_code == 201
    [appeal] = second.call("GET", "/mute-appeals").get_json()["appeals"]
    assert appeal["text"] == "kindly meant"
    assert charlie.call("GET", "/mute-appeals").get_json()["appeals"] == []
    refused = charlie.call("POST", f"/mute-appeals/{appeal['id']}", {"decision": "lift"})
    assert (refused.status_code, refused.get_json()["code"]) == (404, "not_found")
    assert second.call("POST", f"/mute-appeals/{appeal['id']}", {"decision": "lift"}).status_code == 201
    assert alice.mine()["mute"] is None
    assert alice.get("/campaigns/acme/comments/mine").get_json()["mute"]["may_appeal"]


def test_the_words_for_a_reason_are_each_brands_own(charlie: Moderator, mona: Moderator) -> None:
    own = {"locale": "fr", "reason": "spam", "text": "Pas de réclame ici."}
    assert mona.call("PUT", "/reasons", own).status_code == 200
    [canned] = charlie.call("PUT", "/reasons", {**own, "reason": "link"}).get_json()["canned"].values()
    assert canned["fr"]["spam"] != "Pas de réclame ici."
    [brand_id] = mona.call("PUT", "/reasons", own).get_json()["canned"]
    assert charlie.call("PUT", "/reasons", {**own, "brand": brand_id}).status_code == 404


@pytest.mark.parametrize("what", ["rules", "passes", "mutes", "undoes"])
def test_each_deed_leaves_one_act_and_a_refused_one_none(mona: Moderator, cast: Cast, alice: Person, what: str) -> None:
    comment_id = cast.posted(alice, "Bof")
    line = mona.line(comment_id)
    if what == "rules":
        mona.rule(line, "refuse")
        mona.rule(line, "publish")  # too late: 409
    elif what == "passes":
        mona.call("POST", f"/comments/{comment_id}/pass", {})
    elif what == "mutes":
        mona.call("POST", f"/comments/{comment_id}/mute", {"days": 1})
        mona.call("POST", f"/comments/{comment_id}/mute", {"days": 2})
    else:
        mona.undo(line, mona.rule(line, "publish").get_json()["ruling"])
        mona.undo(line, "nothing")
    with cast.database.sessions() as session:
        acts = session.scalars(select(StaffAct).order_by(StaffAct.at, StaffAct.id)).all()
    assert len(acts) == (2 if what == "undoes" else 1)
    assert {(act.staff_id, act.brand_id, act.subject_kind, act.subject_id) for act in acts} == {
        ("mona", cast.campaign.brand_id, "comment", comment_id)}


def test_names_are_those_of_the_accounts_and_old_words_stay(mona: Moderator, second: Moderator, cast: Cast,
                                                            alice: Person) -> None:
    comment_id = cast.posted(alice, "Bof")
    mona.context(comment_id)
    assert second.line(comment_id)["opened_by"] == "Mona"
    with cast.database.sessions() as session, transaction(session):
        session.get_one(Opened, comment_id).by = "zoe"
    assert second.line(comment_id)["opened_by"] == "zoe"
