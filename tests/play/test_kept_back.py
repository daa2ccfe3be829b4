"""What is kept back at the end waits in the queue of looks, and a word in it is all that its winner needs."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from prizes.audit import audit
from prizes.award import Award, AwardState, Way
from server.db import Database
from server.fairplay.review import waiting_reviews
from tests.play.later import OVER, later_campaign, popshot
from tests.rig.bot import BEGINNER
from tests.rig.clock import FakeClock
from tests.rig.play import Play, Player, json_of

WHO = {"email": "alice@example.org", "name": "Alice", "address": {"street": "1 rue du Tir", "city": "Paris"}}


@pytest.fixture
def rounds(app: Flask, alice: Player, charlie: Player, database: Database, clock: FakeClock) -> dict[str, Play]:
    """By its id the round of each of two players; a prize dearer than the limit is about to be drawn."""
    slug = later_campaign(database, "secret", value_limit_cents=50)
    played = [player.play(number, BEGINNER, slug=slug) for number, player in enumerate((alice, charlie), start=1)]
    clock.now = OVER
    assert popshot(database, clock, "run-due").output == "done\n"
    return {play.id: play for play in played}


def drawn_slot(player: Player) -> dict[str, Any]:
    (slot,) = json_of(player.get("/campaigns/later/draw"), 200)["slots"]
    return dict(slot)


def ticket(play: Play) -> dict[str, Any]:
    code = play.outcome["keepsake"]["ticket"]
    return dict(json_of(play.player.post("/claims/look", {"claim_code": code}), 200)["keepsake"])


def claims(play: Play) -> int:
    """Claim what the round's ticket says it won by the draw; the answer's status."""
    won = next(won for won in ticket(play)["won"] if won["way"] == "draw")
    return play.player.post("/claims", {"claim_code": won["claim_code"], **WHO}).status_code


def test_a_drawn_prize_above_the_limit_can_be_claimed_once_its_round_is_released(
        rounds: dict[str, Play], alice: Player, database: Database, clock: FakeClock) -> None:
    winner = rounds[drawn_slot(alice)["entry"]]
    assert ticket(winner)["state"] == "waiting"
    review = popshot(database, clock, "round", "review").output
    assert winner.id in review
    assert "prize_above_limit" in review or "place_with_prize" in review  # chance may give one both
    assert popshot(database, clock, "round", "release", winner.id).output.endswith("can be claimed now\n")
    assert claims(winner) == 201
    assert popshot(database, clock, "run-due").output == "done\n"
    with database.sessions() as session:
        assert winner.id not in [look.round_id for look in waiting_reviews(session)]  # nothing of it waits any more
        assert audit(session) == []


def test_a_drawn_prize_whose_round_is_rejected_goes_to_the_reserve_and_waits_for_a_word_again(
        rounds: dict[str, Play], alice: Player, database: Database, clock: FakeClock) -> None:
    cheat = drawn_slot(alice)["entry"]
    rejected = popshot(database, clock, "round", "reject", cheat, "--reason", "a script played")
    assert rejected.exit_code == 0
    assert popshot(database, clock, "run-due").output == "done\n"
    slot = drawn_slot(alice)
    (honest,) = set(rounds) - {cheat}
    assert (slot["entry"], slot["turn"]) == (honest, 2)
    assert ticket(rounds[cheat])["state"] == "not_won"
    assert popshot(database, clock, "round", "release", honest).exit_code == 0
    assert claims(rounds[honest]) == 201
    with database.sessions() as session:
        assert audit(session) == []


def test_a_drawn_prize_above_the_limit_waits_for_its_own_word_though_its_round_was_released_before(
        app: Flask, alice: Player, database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret", value_limit_cents=50, review_line=0)
    play = alice.play(1, BEGINNER, slug=slug)
    assert play.outcome["verdict"] == "held"
    assert popshot(database, clock, "round", "release", play.id).exit_code == 0
    clock.now = OVER
    assert drawn_slot(alice)["entry"] == play.id
    assert popshot(database, clock, "round", "release", play.id).output == "released; 2 award(s) can be claimed now\n"


def test_who_confirms_a_place_has_watched_the_round_whatever_else_it_won(
        app: Flask, alice: Player, database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret", value_limit_cents=50)
    alice.play(1, BEGINNER, slug=slug)
    clock.now = OVER
    assert popshot(database, clock, "standings", "confirm", slug).output.startswith("1 place(s) confirmed")
    with database.sessions() as session:
        states = select(Award.way, Award.state).order_by(Award.way)
        assert session.execute(states).all() == [(Way.DRAW, AwardState.OPEN), (Way.STANDINGS, AwardState.OPEN)]
        assert waiting_reviews(session) == []
