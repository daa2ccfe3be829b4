"""Attacks on the score itself: post one, edit the log, borrow another's, play a wave again."""

from typing import Any

from server.db import Database
from server.simulation.rng import parse_seed
from tests.attacks.judge import best_log, is_fair, of_wave, worth, worth_so_far
from tests.rig.bot import BEGINNER, CLEVER
from tests.rig.dump import dump
from tests.rig.play import API, Player, json_of, problem_of

WISHED = 999_999


def test_a_posted_score_changes_nothing(alice: Player) -> None:
    play = alice.open()
    claims: dict[str, Any] = {
        "score": WISHED, "outcome": {"score": WISHED}, "score_so_far": WISHED, "hits": 50, "verdict": "accepted",
        "secret": "00" * 32, "player_id": "none", "void": False, "seed": "0" * 32,
    }  # fmt: skip
    while not play.outcome:
        told = play.wait().submit([], **claims).get_json()
        assert WISHED not in (told.get("score_so_far"), told.get("outcome", {}).get("score"))
    trusting = {"score": play.outcome["score"], **claims}["score"]  # a server that believes its clients
    assert (play.outcome["score"], trusting) == (0, WISHED)
    assert is_fair(play)


def test_a_log_cannot_be_edited_after_the_end(alice: Player, database: Database) -> None:
    play = alice.play(1, BEGINNER)
    better = best_log(play.outcome["secret"])
    assert worth(play.outcome["secret"], better) > play.outcome["score"]  # what the attack would bring
    before = dump(database)
    for wave in range(1, 10):
        response = alice.post(f"{play.path}/waves", {"wave": wave, "shots": of_wave(better, wave)})
        assert problem_of(response) == "already_submitted"
    assert dump(database) == before
    assert play.present()["outcome"] == play.outcome


def test_another_rounds_log_is_worth_what_it_hits_in_ones_own(alice: Player, charlie: Player) -> None:
    copied = alice.play(1, CLEVER)
    play = charlie.open()
    while not play.outcome:
        json_of(play.wait().submit(of_wave(copied.log, play.wave)), 200)
    assert play.log == copied.log
    assert is_fair(play)
    assert play.outcome["score"] < copied.outcome["score"]  # what a score that follows the log would give
    assert play.outcome["verdict"] == "held"


def test_a_wave_cannot_be_played_again_with_better_shots(alice: Player, database: Database) -> None:
    play = alice.open()
    honest = play.send(play.bot(1, BEGINNER))["score_so_far"]
    again = play.bot(2, CLEVER)
    again.see(1, parse_seed(play.seeds[0]))
    better = again.play_until(264)
    assert worth_so_far(play.seeds, better, 1) > honest  # what the attack would bring
    before = dump(database)
    assert problem_of(play.submit(better, wave=1)) == "already_submitted"
    assert dump(database) == before
    play.pass_waves(8)
    assert is_fair(play)


def test_a_token_in_the_address_or_the_body_opens_nothing(alice: Player, charlie: Player) -> None:
    play = alice.open()
    stranger = alice.app.test_client()
    for path in (f"{play.path}?token={alice.token}", f"{play.path}?access_token={alice.token}"):
        assert problem_of(stranger.get(API + path)) == "unknown_player"
    body = {"wave": 1, "shots": [], "token": alice.token, "player_id": alice.id}
    assert problem_of(charlie.post(f"{play.path}/waves", body)) == "round_not_found"
    assert json_of(alice.get(play.path), 200)["state"] == "open"
