"""What a campaign's room hears: changes folded into one message, nothing of other campaigns, nothing unpublished."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_socketio import SocketIOTestClient
from sqlalchemy import update

from server import live
from server.announce import Announcer
from server.campaigns.campaign import Campaign, CommentsMode
from server.comments.comment import Comment
from server.comments.rule_on_comment import rule_on_comment
from server.comments.ruling import Decision, Reason, Ruling
from server.db import Database, transaction
from tests.rig.app import add_campaign
from tests.rig.bot import BEGINNER
from tests.rig.clock import FakeClock
from tests.rig.play import Player


@pytest.fixture
def announcer(app: Flask, database: Database, clock: FakeClock) -> Announcer:
    announcer = Announcer(database, clock)
    announcer.look()  # its place in the outbox is now
    return announcer


@pytest.fixture
def room(app: Flask) -> Iterator[SocketIOTestClient]:
    client = live.socketio.test_client(app, auth={"campaign": "boss"})
    yield client
    client.disconnect()


def heard(room: SocketIOTestClient) -> list[dict[str, Any]]:
    return [message["args"][0] for message in room.get_received() if message["name"] == "update"]


def test_a_finished_round_is_one_message_with_standings_and_prizes_left(
        alice: Player, room: SocketIOTestClient, announcer: Announcer) -> None:
    outcome = alice.play(1, BEGINNER, enough=150).outcome
    announcer.look()
    (update,) = heard(room)
    assert update["standings"]["top"][0]["alias"] == alice.alias
    assert update["standings"]["top"][0]["score"] == outcome["score"]
    assert next(prize["left"] for prize in update["prizes"] if prize["name"] == "Stickers to print") == 4_999
    assert "comments" not in update


def test_many_changes_between_two_looks_are_still_one_message(
        alice: Player, room: SocketIOTestClient, announcer: Announcer) -> None:
    for number in range(3):
        alice.play(number, BEGINNER, enough=150)
    announcer.look()
    assert len(heard(room)) == 1
    announcer.look()
    assert heard(room) == []


def test_a_comment_is_heard_once_a_person_has_published_it_and_not_before(
        alice: Player, room: SocketIOTestClient, announcer: Announcer, database: Database, clock: FakeClock) -> None:
    posted = alice.post("/campaigns/boss/comments", {"text": "What a throw!"}).get_json()["comment"]
    announcer.look()
    assert heard(room) == []
    with database.sessions() as session:
        seen = session.get_one(Comment, posted["id"])
        assert rule_on_comment(session, seen, Ruling(Decision.PUBLISH, Reason.FINE), "Mona", clock())
    announcer.look()
    (update,) = heard(room)
    assert [comment["text"] for comment in update["comments"]] == ["What a throw!"]


def test_of_what_is_not_public_the_room_hears_the_id_alone(
        alice: Player, room: SocketIOTestClient, announcer: Announcer, database: Database, clock: FakeClock) -> None:
    posted = alice.post("/campaigns/boss/comments", {"text": "You fool!"}).get_json()["comment"]
    with database.sessions() as session:
        seen = session.get_one(Comment, posted["id"])
        assert rule_on_comment(session, seen, Ruling(Decision.REFUSE, Reason.INSULT), "Mona", clock())
    announcer.look()
    assert heard(room) == [{"comments": [], "rulings": [posted["id"]]}]


def test_a_public_comment_that_its_author_changes_leaves_the_room(
        alice: Player, room: SocketIOTestClient, announcer: Announcer, database: Database, clock: FakeClock) -> None:
    answers = [alice.post("/campaigns/boss/comments", {"text": text}) for text in ("one", "two")]
    ids = [answer.get_json()["comment"]["id"] for answer in answers]
    with database.sessions() as session:
        for one in ids:
            seen = session.get_one(Comment, one)
            assert rule_on_comment(session, seen, Ruling(Decision.PUBLISH, Reason.FINE), "Mona", clock())
    announcer.look()
    assert {comment["text"] for comment in heard(room)[0]["comments"]} == {"one", "two"}
    assert alice.call("PATCH", f"/comments/{ids[0]}", json={"text": "unseen", "revision": 1}).status_code == 200
    assert alice.call("DELETE", f"/comments/{ids[1]}").status_code == 204
    announcer.look()
    assert heard(room) == [{"comments": [], "rulings": ids}]


def test_where_comments_were_switched_off_the_room_hears_of_none_but_which_to_take_away(
        alice: Player, room: SocketIOTestClient, announcer: Announcer, database: Database, clock: FakeClock) -> None:
    posted = alice.post("/campaigns/boss/comments", {"text": "What a throw!"}).get_json()["comment"]
    with database.sessions() as session:
        seen = session.get_one(Comment, posted["id"])
        assert rule_on_comment(session, seen, Ruling(Decision.PUBLISH, Reason.FINE), "Mona", clock())
        with transaction(session):
            session.execute(update(Campaign).values(comments_mode=CommentsMode.OFF))
    announcer.look()
    assert heard(room) == [{"comments": [], "rulings": [posted["id"]]}]


def test_another_campaigns_room_hears_nothing(
        app: Flask, alice: Player, announcer: Announcer, database: Database) -> None:
    other = live.socketio.test_client(app, auth={"campaign": add_campaign(database, "other")})
    alice.play(1, BEGINNER, enough=150)
    announcer.look()
    assert heard(other) == []
    other.disconnect()


@pytest.mark.parametrize("auth", [None, {}, {"campaign": 7}, {"campaign": "no slug"}, {"campaign": "a" * 65}, "boss"])
def test_who_names_no_campaign_is_not_let_in(app: Flask, auth: object) -> None:
    assert not live.socketio.test_client(app, auth=auth).is_connected()


def test_a_failure_of_any_kind_does_not_end_the_telling(
        announcer: Announcer, room: SocketIOTestClient, alice: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(live, "rooms_in_use", lambda: 1 / 0)
        announcer.look()
    alice.play(1, BEGINNER, enough=150)
    announcer.look()
    assert len(heard(room)) == 1
