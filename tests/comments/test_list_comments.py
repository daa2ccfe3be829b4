"""The list that everybody may read: published ones alone, newest first, in pages that do not slip."""

import base64
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.campaigns.campaign import CommentsMode
from server.comments.list_comments import published_by_id
from server.comments.place import EPOCH, Place, read_cursor
from server.comments.ruling import Decision
from server.comments.show_comment import Reading
from server.errors import Problem
from tests.comments.cast import Cast, Person


def test_a_published_comment_shows_its_text_alias_and_round(cast: Cast, alice: Person) -> None:
    round_id = cast.round_of(alice)
    comment_id = alice.say("Trop bien", round_id=round_id).get_json()["comment"]["id"]
    cast.rule(comment_id, Decision.PUBLISH)
    assert cast.published() == {"comments": [{
        "id": comment_id, "alias": alice.alias, "badge": None, "score": None, "text": "Trop bien",
        "posted_at": "2026-12-01T12:00:00.000Z", "published_at": "2026-12-01T12:00:00.000000Z",
        "revision": 1, "edited": False, "round_id": round_id, "at_ms": None,
        "reply_to": None, "reactions": {}, "replies": [], "replies_next": None}], "next": None}


def test_what_was_published_last_comes_first(cast: Cast, alice: Person) -> None:
    early = cast.posted(alice, "posted first, published last")
    cast.publish("posted last, published first")
    cast.clock.advance(seconds=1)
    cast.rule(early, Decision.PUBLISH)
    assert cast.texts() == ["posted first, published last", "posted last, published first"]


def test_each_tells_by_what_it_is_in_order_also_after_an_edit_and_within_a_millisecond(cast: Cast,
                                                                                     alice: Person) -> None:
    edited = cast.publish("first", alice)
    cast.clock.advance(microseconds=1)
    for _ in range(2):
        for person in (cast.player(), cast.player()):
            cast.rule(cast.posted(person, "soon after"), Decision.PUBLISH)
        cast.clock.advance(microseconds=1)
    alice.edit(edited, "first, edited")
    cast.clock.advance(seconds=1)
    cast.rule(edited, Decision.PUBLISH)
    told = cast.published()["comments"]
    assert [comment["id"] for comment in told] == [comment["id"] for comment in sorted(
        told, key=lambda comment: (comment["published_at"], comment["id"]), reverse=True)]
    assert [comment["text"] for comment in told] == 4 * ["soon after"] + ["first, edited"]
    assert len({comment["published_at"] for comment in told}) == 3


def test_pages_of_twenty_cover_the_list_without_a_gap_or_a_double(cast: Cast) -> None:
    ids = [cast.publish(f"number {number}") for number in range(45)]
    first = cast.published()
    second = cast.published(first["next"])
    third = cast.published(second["next"])
    pages = [[comment["id"] for comment in page["comments"]] for page in (first, second, third)]
    assert pages == [ids[:24:-1], ids[24:4:-1], ids[4::-1]]
    assert third["next"] is None


def test_comments_of_one_moment_do_not_fall_between_two_pages(cast: Cast) -> None:
    ids = {cast.posted(cast.player(), "same moment") for _ in range(21)}
    for comment_id in ids:
        cast.rule(comment_id, Decision.PUBLISH)
    first = cast.published()
    second = cast.published(first["next"])
    assert {comment["id"] for comment in first["comments"] + second["comments"]} == ids


def test_the_second_page_stays_when_comments_are_published_meanwhile(cast: Cast) -> None:
    for number in range(25):
        cast.publish(f"number {number}")
    cursor = cast.published()["next"]
    before = cast.published(cursor)
    cast.publish("breaking news")
    assert cast.published(cursor) == before


def test_a_list_of_exactly_one_page_has_no_next(cast: Cast) -> None:
    for number in range(20):
        cast.publish(f"number {number}")
    assert cast.published()["next"] is None


@pytest.mark.parametrize("plain", [b"", b"x", b"1.zz", b"-5." + b"a" * 20, b"9" * 16 + b"." + b"a" * 20 + b"x",
                                   b"99999999999999999." + b"a" * 20, b"1." + b"A" * 20, b"1.\x00" + b"a" * 19])
def test_a_cursor_that_was_never_given_is_malformed(plain: bytes) -> None:
    with pytest.raises(Problem, match="no cursor"):
        read_cursor(base64.urlsafe_b64encode(plain).decode())


@pytest.mark.parametrize("cursor", ["", "é", "%", "a", "\x00", "=" * 9, "a" * 10_000])
def test_a_cursor_that_is_no_base64_is_malformed(cursor: str) -> None:
    with pytest.raises(Problem, match="no cursor"):
        read_cursor(cursor)


@given(st.text())
def test_no_text_makes_the_reading_of_a_cursor_crash(cursor: str) -> None:
    with pytest.raises(Problem, match="no cursor"):
        read_cursor(cursor)


@given(st.integers(0, 10**16 - 1), st.integers(0, 2**80 - 1), st.none() | st.integers(0, 10**9 - 1))
def test_a_cursor_names_its_place_to_the_microsecond(microseconds: int, number: int, liked: int | None) -> None:
    place = Place(EPOCH + timedelta(microseconds=microseconds), f"{number:020x}", liked)
    assert read_cursor(place.as_cursor()) == place


@pytest.mark.parametrize("cursor", ["", "x", "\x00"])
def test_a_bad_cursor_is_answered_as_malformed(cast: Cast, cursor: str) -> None:
    answer = cast.client.get("/api/v1/campaigns/boss/comments", query_string={"before": cursor})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_a_campaign_shows_its_own_comments_only(cast: Cast) -> None:
    cast.open_campaign("other")
    cast.publish("about the boss")
    assert cast.published(slug="other") == {"comments": [], "next": None}


def test_a_campaign_whose_comments_were_switched_off_shows_none(cast: Cast) -> None:
    cast.open_campaign("silent", CommentsMode.OFF)
    assert cast.published(slug="silent") == {"comments": [], "next": None}


def test_the_rooms_hear_of_public_comments_only(cast: Cast, alice: Person) -> None:
    public, held = cast.publish("public"), cast.posted(alice, "held")
    reading = Reading(cast.campaign.id, "en", lambda *_: {})
    with cast.database.sessions() as session:
        told = published_by_id(session, reading, [public, held, "unknown"])
    assert [comment["id"] for comment in told] == [public]
