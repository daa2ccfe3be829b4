"""A person's word on the places of a campaign that is over: the last one counts, and each is heard once."""

from contextlib import AbstractContextManager
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import AwardState, Way
from prizes.slots import slots_of
from server.campaigns.campaign import Campaign, find_campaign
from server.db import Database, transaction
from server.errors import Problem
from server.fairplay.review import Review
from server.play import places
from server.play.places import reject_place
from tests.play.later import OVER, later_campaign, popshot
from tests.rig.app import PLAY_TERMS
from tests.rig.bot import BEGINNER, GOOD
from tests.rig.clock import FakeClock
from tests.rig.play import Player
from tests.rig.race import PATIENCE_S, Race

REJECT = ("standings", "reject", "later", "1", "--reason", "a script played")


def later(session: Session) -> Campaign:
    found = find_campaign(session, "later")
    assert found is not None
    return found


def test_a_round_that_was_held_and_released_can_still_be_refused_its_place(
        app: Flask, alice: Player, charlie: Player, database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret", review_line=9_000)
    held = alice.play(1, GOOD, slug=slug)
    charlie.play(2, BEGINNER, slug=slug)
    assert held.outcome["verdict"] == "held"
    assert popshot(database, clock, "round", "release", held.id, "--by", "Mona").exit_code == 0
    clock.now = OVER
    assert "kept_back" in popshot(database, clock, "standings", "show", slug).output
    assert popshot(database, clock, *REJECT, "--by", "Bob").output == "place 1 went to the next in line\n"
    top = alice.get(f"/campaigns/{slug}/standings").get_json()["top"]
    assert [place["alias"] for place in top] == [charlie.alias]
    drawn = alice.get(f"/campaigns/{slug}/draw").get_json()["slots"]
    assert [slot["alias"] for slot in drawn] == [charlie.alias]
    with database.sessions() as session:
        words = select(Review.ruling, Review.ruled_by).where(Review.round_id == held.id).order_by(Review.ruling)
        assert session.execute(words).all() == [("reject", "Bob"), ("release", "Mona")]
        assert audit(session) == []


def test_a_place_that_was_confirmed_stays_so_in_the_standings_whatever_is_asked_later(
        app: Flask, alice: Player, database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    alice.play(1, GOOD, slug=slug)
    clock.now = OVER
    assert popshot(database, clock, "standings", "confirm", slug).output.startswith("1 place(s) confirmed")
    assert "waits for a word" in str(popshot(database, clock, *REJECT).exception)
    assert not alice.get(f"/campaigns/{slug}/standings").get_json()["top"][0]["provisional"]


def one_place_waits(app: Flask, database: Database, clock: FakeClock, *players: Player) -> None:
    slug = later_campaign(database, "secret")
    for number, player in enumerate(players):
        player.play(number, GOOD, slug=slug)
    clock.now = OVER
    assert "kept_back" in popshot(database, clock, "standings", "show", slug).output


def test_two_who_read_that_a_place_waits_both_believe_to_reject_it(
        app: Flask, alice: Player, database: Database, clock: FakeClock, race: Race) -> None:
    """The control: read the place, then act on it."""
    one_place_waits(app, database, clock, alice)

    def believes(session: Session) -> bool:
        (place,) = slots_of(session, later(session).id, Way.STANDINGS)
        return place.award is not None and place.award.state == AwardState.KEPT_BACK

    assert race(believes, players=8) == [True] * 8


def test_of_eight_rejections_of_a_place_at_once_one_is_heard_and_nobody_else_falls(
        app: Flask, alice: Player, charlie: Player, database: Database, clock: FakeClock, race: Race,
        monkeypatch: pytest.MonkeyPatch) -> None:
    one_place_waits(app, database, clock, alice, charlie)
    all_have_read = Barrier(8, timeout=PATIENCE_S)

    def transaction_after_all(session: Session) -> AbstractContextManager[Session]:
        all_have_read.wait()
        return transaction(session)

    monkeypatch.setattr(places, "transaction", transaction_after_all)

    def reject(session: Session) -> str:
        try:
            reject_place(session, later(session), 1, "a script played", "Bob", PLAY_TERMS, clock())
        except Problem as problem:
            return problem.code
        return "rejected"

    assert sorted(race(reject, players=8)) == ["rejected"] + ["round_not_found"] * 7
    with database.sessions() as session:
        (place,) = slots_of(session, later(session).id, Way.STANDINGS)
        assert place.award is not None
        assert (place.award.state, place.slot.turn) == (AwardState.KEPT_BACK, 2)
        assert audit(session) == []
