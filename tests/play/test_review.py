"""A round that a sign holds waits for a person, who can watch it, release it or reject it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from prizes.award import Award, AwardState
from prizes.stock import Stock
from server.db import Database
from server.errors import Problem
from server.fairplay.review import waiting_reviews
from server.play.rule_on_round import reject_round, release_round
from server.play.watch_replay import look_key
from tests.rig.app import PLAY_TERMS, add_campaign
from tests.rig.bot import CLEVER, GOOD
from tests.rig.clock import FakeClock
from tests.rig.play import API, Play, Player


def test_a_held_round_promises_nothing_but_keeps_a_unit_for_its_player(held: Play, database: Database) -> None:
    assert (held.outcome["awards"], held.outcome["kept_back"]) == ([], 1)
    assert held.outcome["standing"] is None
    with database.sessions() as session:
        assert session.scalars(select(Award.state)).all() == [AwardState.KEPT_BACK]
        assert session.scalar(select(func.sum(Stock.reserved))) == 1
        assert [look.signs for look in waiting_reviews(session)] == [["score_above_line"]]


def test_a_release_ranks_the_round_and_opens_its_award(held: Play, database: Database, clock: FakeClock) -> None:
    with database.sessions() as session:
        assert len(release_round(session, held.id, "Mona", PLAY_TERMS, clock.advance(days=2))) == 1
        assert waiting_reviews(session) == []
    outcome = held.present()["outcome"]
    assert (outcome["verdict"], outcome["standing"]) == ("accepted", {"rank": 1, "players": 1})
    (award,) = outcome["awards"]
    assert award["claim_before"].startswith("2026-12-17")  # counted from the release, not from the win
    place = held.player.get("/campaigns/boss/standings").get_json()["top"][0]
    assert (place["round_id"], place["provisional"]) == (held.id, False)


def test_a_repeat_of_the_last_wave_still_gets_the_first_answer_after_a_release(
        held: Play, database: Database, clock: FakeClock) -> None:
    last = [shot for shot in held.log if shot.tick >= 2364]
    with database.sessions() as session:
        release_round(session, held.id, "Mona", PLAY_TERMS, clock())
    assert held.submit(last, wave=9).get_json() == {"outcome": held.outcome}


def test_a_rejection_gives_the_unit_back_and_does_not_rank(held: Play, database: Database, clock: FakeClock) -> None:
    with database.sessions() as session:
        assert reject_round(session, held.id, "two players, one log", "Mona", clock()) == 1
        assert session.scalar(select(func.sum(Stock.reserved))) == 0
        assert session.scalars(select(Award.state)).all() == [AwardState.RETURNED]
    outcome = held.present()["outcome"]
    assert (outcome["verdict"], outcome["awards"], outcome["standing"]) == ("rejected", [], None)
    assert held.player.get("/campaigns/boss/standings").get_json()["top"] == []


def test_a_rejection_leaves_the_players_other_rounds_ranked(
        alice: Player, held: Play, database: Database, clock: FakeClock) -> None:
    fair = alice.play(2, GOOD, enough=200)
    with database.sessions() as session:
        release_round(session, held.id, "Mona", PLAY_TERMS, clock())
    assert alice.get("/campaigns/boss/standings").get_json()["me"]["score"] == held.outcome["score"]
    with pytest.raises(Problem, match="waits for no ruling"), database.sessions() as session:
        reject_round(session, held.id, "changed my mind", "Mona", clock())
    assert alice.get("/campaigns/boss/standings").get_json()["players"] == 1
    assert fair.outcome["score"] < held.outcome["score"]


def test_a_dear_prize_is_kept_back_though_its_round_is_accepted(
        alice: Player, join: Callable[[], Player], database: Database, clock: FakeClock) -> None:
    # Seeds are drawn anew for each round, so not every one has so many points in it.
    rounds = (join().play(number, CLEVER, enough=20_500) for number in range(30))
    play = next(play for play in rounds if play.outcome["score"] >= 20_000)
    assert (play.outcome["verdict"], play.outcome["awards"]) == ("accepted", [])
    with database.sessions() as session:
        assert waiting_reviews(session)[0].signs == ["prize_above_limit"]
        release_round(session, play.id, "Mona", PLAY_TERMS, clock())
    outcome = play.present()["outcome"]
    assert [award["prize"]["name"] for award in outcome["awards"]] == ["The Mighty Blaster"]
    assert (play.outcome["kept_back"], outcome["kept_back"]) == (1, 0)


def test_only_its_player_and_a_reviewer_with_the_link_watch_a_held_round(
        app: Flask, held: Play, charlie: Player) -> None:
    path = f"{held.path}/replay"
    look = look_key(app.extensions["popshot_play_terms"].look_key, held.id)
    assert held.player.get(path).status_code == 200
    assert app.test_client().get(f"{API}{path}?look={look}").get_json()["score"] == held.outcome["score"]
    for stranger in (charlie.get(path), charlie.get(f"{path}?look={look[:-1]}x"), app.test_client().get(API + path)):
        assert stranger.get_json()["code"] == "round_not_found"


def test_no_link_lets_anybody_watch_a_round_that_is_going_on(app: Flask, alice: Player, database: Database) -> None:
    play = alice.open(add_campaign(database, "other"))
    look = look_key(app.extensions["popshot_play_terms"].look_key, play.id)
    assert alice.get(f"{play.path}/replay?look={look}").get_json()["code"] == "round_not_found"


def test_a_player_who_was_erased_does_not_come_back_into_the_standings(
        held: Play, charlie: Player, database: Database, clock: FakeClock) -> None:
    assert held.player.call("DELETE", "/players/me").status_code == 204
    with database.sessions() as session:
        release_round(session, held.id, "Mona", PLAY_TERMS, clock())
    assert charlie.get("/campaigns/boss/standings").get_json() == {"top": [], "me": None, "players": 0}
