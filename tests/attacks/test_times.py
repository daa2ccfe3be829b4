"""Attacks on the clock: send early to see ahead, send late to think longer, play faster than time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from server.db import Database
from tests.attacks.judge import is_fair, of_wave, worth
from tests.rig.app import calm_config, fresh_app
from tests.rig.clock import FakeClock
from tests.rig.dump import dump
from tests.rig.play import Player, json_of, problem_of

MOST_THINKING = timedelta(milliseconds=600 + 4_400 + 1_500)  # from a seed's reveal to its last taken moment


def test_an_early_wave_reveals_nothing_ahead(alice: Player, database: Database) -> None:
    play = alice.open()
    before = dump(database)
    for early_ms in (7_400, 4_400, 1_000, 101):
        response = play.wait(-early_ms).submit()
        assert problem_of(response) == "too_early"
        assert "wave" not in response.get_json()
    assert dump(database) == before
    assert len(play.present()["waves"]) == 1
    json_of(play.wait(-100).submit(), 200)  # the same body: only the moment was wrong
    assert len(play.present()["waves"]) == 2


def test_a_client_with_a_fast_clock_plays_no_faster(alice: Player, clock: FakeClock) -> None:
    play, opened_at, refused = alice.open(), clock(), 0
    while not play.outcome:
        clock.advance(milliseconds=200)
        response = play.submit()
        refused += response.status_code == 425
        assert response.status_code in (200, 425)
    assert refused > 100  # it did try
    assert clock() - opened_at >= timedelta(seconds=48, milliseconds=-100)


def play_late(player: Player, late_ms: int) -> list[timedelta]:
    """Send every wave that late until the round ends; the time each seed could be thought about."""
    play, thinking = player.open(), []
    revealed_at = play.clock()
    while not play.outcome:
        play.wait(late_ms)
        thinking.append(play.clock() - revealed_at)
        revealed_at = play.clock()
        json_of(play.submit(), 200)
    return thinking


@pytest.mark.parametrize("late_ms", [-100, 0, 450, 900, 1_500])
def test_lateness_gains_no_time_to_think(alice: Player, late_ms: int) -> None:
    first, *others = play_late(alice, late_ms)
    assert first <= timedelta(seconds=3) + MOST_THINKING - timedelta(milliseconds=600)
    assert max(others) <= MOST_THINKING


def test_being_late_each_time_ends_the_round(alice: Player) -> None:
    assert len(play_late(alice, 1_500)) == 3


def test_without_the_allowance_of_stretch_lateness_would_go_on_for_ever(database: Database, clock: FakeClock) -> None:
    config = calm_config()
    patient = replace(config, play=replace(config.play, stretch_ms=10**6))
    assert len(play_late(Player(fresh_app(database, clock, patient), clock), 1_500)) == 9


def test_a_pause_to_think_costs_the_whole_wave(alice: Player) -> None:
    play = alice.open()
    play.finish(play.bot(1), late=lambda wave: 19_000 if wave == 5 else 0)
    thought_over = of_wave(play.log, 5)
    assert play.voids == [5]
    assert len(thought_over) > 5  # what the pause would have been worth something for
    assert play.outcome["shots"] == len(play.log) - len(thought_over)
    assert is_fair(play)


def test_a_second_pause_ends_the_round(alice: Player) -> None:
    play = alice.open()
    bot = play.bot(1)
    play.finish(bot, late=lambda wave: 5_000 if wave in (3, 6) else 0)
    assert (play.present()["submitted"], play.present()["voids"]) == (6, [3, 6])
    assert play.outcome["score"] == worth(play.outcome["secret"], play.log, [3, 6])
