"""Reactions: one a player and comment, on public comments alone, and the count that orders the best never drifts."""

from collections.abc import Iterator
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from prizes.db import insert_into
from server.campaigns.campaign import CommentsMode
from server.comments.comment import Comment
from server.comments.react import react
from server.comments.reaction import Reaction, ReactionKind
from server.comments.ruling import Decision
from server.db import transaction
from tests.comments.cast import Cast, Person
from tests.rig.race import PATIENCE_S, Race


def counted(cast: Cast, comment_id: str) -> tuple[int, int]:
    """(what the comment says, how many there are)"""
    with cast.database.sessions() as session:
        there = session.scalar(select(func.count()).select_from(Reaction).where(Reaction.comment_id == comment_id))
        return cast.seen(comment_id).liked, there or 0


def test_a_reaction_is_counted_by_its_kind(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Trop bien")
    assert alice.react(comment_id, "clap").get_json() == {"kind": "clap", "reactions": {"clap": 1}}
    cast.player().react(comment_id, "clap")
    cast.player().react(comment_id, "wow")
    assert cast.published()["comments"][0]["reactions"] == {"clap": 2, "wow": 1}
    assert counted(cast, comment_id) == (3, 3)


def test_another_kind_takes_the_place_of_the_first(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Trop bien")
    for kind in ("clap", "wow", "wow"):
        alice.react(comment_id, kind)
    assert cast.published()["comments"][0]["reactions"] == {"wow": 1}
    assert counted(cast, comment_id) == (1, 1)
    assert alice.mine()["reactions"] == {comment_id: "wow"}


def test_a_reaction_is_taken_back_once(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Trop bien")
    alice.react(comment_id)
    for _ in range(2):
        assert alice.delete(f"/comments/{comment_id}/reaction").get_json() == {"kind": None, "reactions": {}}
    assert counted(cast, comment_id) == (0, 0)
    assert cast.published()["comments"][0]["reactions"] == {}


def test_nobody_reacts_to_what_is_not_public(cast: Cast, alice: Person) -> None:
    held, refused = cast.posted(cast.player(), "one"), cast.posted(cast.player(), "two")
    cast.rule(refused, Decision.REFUSE)
    parent = cast.publish("parent")
    reply = cast.publish("reply", reply_to=parent)
    assert alice.react(reply).status_code == 200
    cast.rule(parent, Decision.HOLD)
    for comment_id in (held, refused, parent, reply, "nowhere", "0" * 20):
        answer = alice.react(comment_id)
        assert (answer.status_code, answer.get_json()["code"]) == (404, "comment_not_found")


def test_where_comments_are_switched_off_nobody_reacts_and_a_reaction_is_taken_back(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Trop bien")
    alice.react(comment_id)
    cast.switch(CommentsMode.OFF)
    for kind in ("wow", "clap"):
        answer = alice.react(comment_id, kind)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
    assert counted(cast, comment_id) == (1, 1)
    assert alice.delete(f"/comments/{comment_id}/reaction").status_code == 200
    assert counted(cast, comment_id) == (0, 0)


@pytest.mark.parametrize("body", [{}, {"kind": "boo"}, {"kind": 1}, {"kind": None}, {"kind": "\x00"}])
def test_a_reaction_outside_the_set_is_malformed(cast: Cast, alice: Person, body: Any) -> None:
    answer = alice.put(f"/comments/{cast.publish('Trop bien')}/reaction", body)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_who_reacts_too_often_is_told_when_to_come_back(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Trop bien")
    answers = [alice.react(comment_id) for _ in range(41)]
    assert [answer.status_code for answer in answers] == [200] * 40 + [429]
    assert answers[-1].get_json()["code"] == "slow_down"


def test_the_best_are_those_with_the_most_reactions_and_pages_do_not_overlap(cast: Cast) -> None:
    ids = [cast.publish(f"number {number}") for number in range(23)]
    fans = [cast.player() for _ in range(2)]
    for fan, liked in ((fans[0], (3, 7)), (fans[1], (7,))):
        for number in liked:
            fan.react(ids[number])
    first = cast.published(order="best")
    second = cast.published(first["next"], order="best")
    shown = [comment["id"] for page in (first, second) for comment in page["comments"]]
    assert shown == [ids[7], ids[3], *(one for one in reversed(ids) if one not in (ids[7], ids[3]))]
    assert second["next"] is None


def test_a_cursor_is_good_for_its_own_order_only(cast: Cast) -> None:
    for number in range(21):
        cast.publish(f"number {number}")
    for order, other in (("best", "newest"), ("newest", "best")):
        query = {"before": cast.published(order=order)["next"], "order": other}
        answer = cast.client.get("/api/v1/campaigns/boss/comments", query_string=query)
        assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_an_unknown_order_is_malformed(cast: Cast) -> None:
    assert cast.client.get("/api/v1/campaigns/boss/comments?order=worst").get_json()["code"] == "malformed"


def test_an_erased_players_reactions_go_and_are_no_longer_counted(cast: Cast, alice: Person) -> None:
    comment_id = cast.publish("Trop bien")
    alice.react(comment_id)
    cast.player().react(comment_id)
    alice.delete("/players/me")
    assert counted(cast, comment_id) == (1, 1)
    assert cast.published()["comments"][0]["reactions"] == {"clap": 1}


def naive_react(session: Session, comment_id: str, player_id: str, everybody_has_read: Barrier) -> None:
    """What not to do: read the count, then write what follows from it."""
    liked = session.scalar(select(Comment.liked).where(Comment.id == comment_id)) or 0
    session.rollback()
    everybody_has_read.wait()
    with transaction(session):
        session.execute(insert_into(session, Reaction).values(comment_id=comment_id, player_id=player_id,
                                                              kind=ReactionKind.CLAP))
        session.execute(update(Comment).where(Comment.id == comment_id).values(liked=liked + 1))


def test_a_count_that_is_read_and_then_written_drifts(cast: Cast, race: Race) -> None:
    comment_id, fans = cast.publish("Trop bien"), iter([cast.player().id, cast.player().id])
    meet = Barrier(2, timeout=PATIENCE_S)
    race(lambda session: naive_react(session, comment_id, next(fans), meet), players=2)
    assert counted(cast, comment_id) == (1, 2)


def test_however_many_react_and_take_back_at_once_the_count_is_right(cast: Cast, race: Race) -> None:
    comment_id = cast.publish("Trop bien")
    people = [cast.player().id for _ in range(4)]
    todo = iter([(person, kind) for person in people for kind in (ReactionKind.CLAP, ReactionKind.WOW, None) * 4])
    race(lambda session: react(session, comment_id, *next(todo)), players=8, attempts=6)
    liked, there = counted(cast, comment_id)
    assert liked == there <= len(people)


def test_two_who_erase_themselves_at_once_never_wait_in_a_circle(cast: Cast, race: Race) -> None:
    for _ in range(6):
        one, two = cast.player(), cast.player()
        first, second = cast.publish("one", one), cast.publish("two", two)
        one.react(second)
        two.react(first)
        assert race(partial(leave, iter((one, two))), players=2) == [204, 204]


def leave(who: Iterator[Person], _session: Session) -> int:
    return next(who).delete("/players/me").status_code
