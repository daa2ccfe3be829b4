"""The round's clock, to the millisecond: when waves start, when shots may come, what lateness costs."""

from datetime import timedelta

import pytest
from flask import Flask

from server.clock import rfc3339
from server.db import Database
from server.play.close_round import close_overdue
from server.play.rule_on_round import release_round
from server.play.timing import due, judge_arrival, last_moment
from server.simulation.rules import WAVES
from tests.rig.app import PLAY_TERMS, add_campaign
from tests.rig.bot import CLEVER
from tests.rig.clock import NOON, FakeClock
from tests.rig.dump import dump
from tests.rig.play import Play, Player, json_of, problem_of

HIT_NOTHING = [[20, 10, 1_270], [40, 10, 1_270]]


@pytest.fixture
def play(alice: Player) -> Play:
    return alice.open()


def starts_in(play: Play, late_ms: float) -> int:
    """Submit this wave that late; the milliseconds until the next."""
    answer = json_of(play.wait(late_ms).submit(), 200)
    assert "void" not in answer
    milliseconds: int = answer["wave"]["starts_in_ms"]
    return milliseconds


def test_a_round_opens_with_a_countdown_of_three_seconds(play: Play, clock: FakeClock) -> None:
    assert play.opened["wave"]["starts_in_ms"] == 3_000
    assert play.opened["wave"]["number"] == 1
    told = {name: value for name, value in play.opened["round"].items() if name not in ("id", "commitment")}
    assert told == {"opened_at": rfc3339(clock()), "tick_rate": 60, "waves": 9, "wave_ticks": 300,
                    "reveal_lead_ticks": 36}  # fmt: skip
    rules = play.opened["rules"]
    assert (rules["version"], rules["cooldown_ticks"], rules["magazine"], rules["reload_ticks"]) == (1, 12, 8, 45)


def test_on_a_good_line_waves_follow_each_other_without_a_seam(play: Play, clock: FakeClock) -> None:
    first = play.starts_at
    for number in range(1, 9):
        assert play.starts_at == first + timedelta(seconds=5 * (number - 1))
        assert starts_in(play, 0) == 600
    play.wait().submit()
    assert clock() == first + timedelta(seconds=45)
    assert play.outcome["verdict"] == "accepted"


@pytest.mark.parametrize(("late_ms", "starts_in_ms"), [(-100, 700), (0, 600), (449, 151), (450, 150), (1_500, 150)])
def test_the_next_wave_starts_on_time_or_150_ms_after_the_shots(play: Play, late_ms: int, starts_in_ms: int) -> None:
    assert starts_in(play, late_ms) == starts_in_ms
    assert play.present()["stretch_ms"] == max(0, late_ms - 450)


@pytest.mark.parametrize("waves_before", [0, 8])
def test_shots_more_than_100_ms_early_come_too_early(play: Play, database: Database, waves_before: int) -> None:
    play.pass_waves(waves_before).wait(-101)
    before = dump(database)
    response = play.submit([])
    assert (response.status_code, problem_of(response)) == (425, "too_early")
    assert response.get_json()["retry_in_ms"] == 101
    assert dump(database) == before
    play.clock.advance(milliseconds=response.get_json()["retry_in_ms"])
    json_of(play.submit([]), 200)


def test_the_last_wave_is_due_when_it_is_over(play: Play) -> None:
    play.pass_waves(8).wait(-600)
    assert problem_of(play.submit()) == "too_early"
    json_of(play.wait(-100).submit(), 200)


def test_from_one_and_a_half_seconds_on_the_shots_are_void_and_three_seconds_are_given(play: Play) -> None:
    answer = json_of(play.wait(1_501).submit(HIT_NOTHING), 200)
    assert answer["void"] is True
    assert (answer["wave"]["number"], answer["wave"]["starts_in_ms"]) == (2, 3_000)
    present = play.present()
    assert (present["shots"], present["voids"], present["stretch_ms"]) == (HIT_NOTHING, [1], 0)


def test_void_shots_are_kept_but_not_scored(alice: Player) -> None:
    play = alice.open()
    bot = play.bot(1)
    play.finish(bot, late=lambda wave: 5_000 if wave == 4 else 0)
    replay = json_of(alice.get(f"{play.path}/replay"), 200)
    assert replay["voids"] == [4]
    assert replay["shots"] == [list(shot) for shot in bot.log]
    assert play.outcome["shots"] == bot.round.shots < len(bot.log)
    assert play.outcome["verdict"] == "accepted"


@pytest.mark.parametrize(("late_ms", "is_over"), [(20_000, False), (20_001, True)])
def test_twenty_seconds_late_is_the_most(play: Play, late_ms: int, is_over: bool) -> None:
    answer = json_of(play.wait(late_ms).submit(), 200)
    assert ("outcome" in answer) == is_over


@pytest.mark.parametrize("late_ms", [1_501, 20_000])
def test_the_second_void_ends_the_round_with_what_was_scored(alice: Player, late_ms: int) -> None:
    play = alice.open()
    bot = play.bot(1)
    play.send(bot)
    play.send(bot, late_ms=1_501)
    scored = play.send(bot)["score_so_far"]
    assert scored > 0
    outcome = play.send(bot, late_ms=late_ms)["outcome"]
    assert outcome["score"] >= scored
    assert outcome["shots"] < len(bot.log)
    assert play.present()["state"] == "closed"


def test_a_last_wave_that_is_void_costs_only_itself(alice: Player) -> None:
    play = alice.open()
    bot = play.bot(1)
    play.finish(bot, late=lambda wave: 10_000 if wave == 9 else 0)
    assert play.outcome["shots"] < len(bot.log)
    assert json_of(alice.get(f"{play.path}/replay"), 200)["voids"] == [9]


def test_three_seconds_of_stretch_are_given_in_all(play: Play) -> None:
    assert [starts_in(play, late_ms) for late_ms in (1_500, 1_500, 1_350)] == [150, 150, 150]
    assert play.present()["stretch_ms"] == 3_000
    assert starts_in(play, 450) == 150
    assert "outcome" in json_of(play.wait(451).submit(), 200)
    assert play.present()["state"] == "closed"


def test_a_round_that_nobody_finishes_is_closed_a_minute_after_its_last_possible_tick(
    alice: Player, play: Play, clock: FakeClock
) -> None:
    clock.advance(seconds=133)
    assert play.present()["state"] == "open"
    assert problem_of(alice.post("/campaigns/boss/rounds")) == "round_open"
    clock.advance(seconds=2)
    assert play.present()["state"] == "closed"


def test_an_abandoned_round_is_ranked_without_an_award(
    app: Flask, alice: Player, database: Database, clock: FakeClock
) -> None:
    play = alice.open()
    bot = play.bot(1)
    for _ in range(4):
        scored = play.send(bot)["score_so_far"]
    clock.advance(minutes=5)
    with database.sessions() as session:
        assert close_overdue(session, app.extensions["popshot_play_terms"], clock()) == 1
        assert close_overdue(session, app.extensions["popshot_play_terms"], clock()) == 0
    present = play.present()
    assert present["outcome"]["score"] >= scored > 150
    assert present["outcome"]["awards"] == []
    assert present["outcome"]["standing"] == {"rank": 1, "players": 1}
    assert len(present["waves"]) == 5


def test_a_reload_finds_everything_as_of_now(alice: Player, clock: FakeClock) -> None:
    play = alice.open()
    bot = play.bot(1)
    play.send(bot, late_ms=900)
    play.send(bot)
    clock.advance(milliseconds=1_600)
    present = play.present()
    assert present["round"] == play.opened["round"]
    assert present["rules"] == play.opened["rules"]
    assert [wave["seed"] for wave in present["waves"]] == play.seeds
    assert [wave["number"] for wave in present["waves"]] == [1, 2, 3]
    assert present["shots"] == [list(shot) for shot in play.log]
    assert (present["state"], present["submitted"], present["stretch_ms"]) == ("open", 2, 450)
    assert present["wave"] == {"number": 3, "seed": play.seeds[2], "starts_in_ms": -1_000}
    assert present["server_time"] == rfc3339(clock())
    assert "outcome" not in present


def test_the_same_submission_again_gets_the_first_answer_whenever_it_comes(
    alice: Player, play: Play, clock: FakeClock
) -> None:
    first = play.wait().submit(HIT_NOTHING).get_json()
    clock.advance(milliseconds=500)
    again = {"shots": HIT_NOTHING, "wave": 1, "score": 99_999}
    assert alice.post(f"{play.path}/waves", again).get_json() == first
    play.pass_waves(8)
    assert play.outcome["verdict"] == "accepted"
    clock.advance(days=30)
    assert json_of(alice.post(f"{play.path}/waves", again), 200) == first


def test_the_last_submission_again_gets_the_same_outcome_and_claim_codes(alice: Player, clock: FakeClock) -> None:
    play = alice.open()
    bot = play.bot(1, enough=300)
    play.finish(bot)
    assert len(play.outcome["awards"][0]["claim_code"]) == 23
    clock.advance(days=30)
    last = {"wave": 9, "shots": [list(shot) for shot in bot.log if shot.tick >= 2_364]}
    assert json_of(alice.post(f"{play.path}/waves", last), 200) == {"outcome": play.outcome}


def test_the_same_wave_with_other_shots_contradicts_the_first(play: Play, database: Database) -> None:
    play.wait().submit(HIT_NOTHING)
    before = dump(database)
    for shots in ([], HIT_NOTHING[:1], [*HIT_NOTHING, [60, 10, 1_270]], [[20, 10, 1_270], [41, 10, 1_270]]):
        response = play.submit(shots, wave=1)
        assert (response.status_code, problem_of(response)) == (409, "already_submitted")
    assert dump(database) == before


def test_a_second_round_is_refused_with_the_id_of_the_one_that_is_open(alice: Player, play: Play) -> None:
    response = alice.post("/campaigns/boss/rounds")
    assert (response.status_code, problem_of(response)) == (409, "round_open")
    assert response.get_json()["round_id"] == play.id


def test_a_repeat_says_held_for_ever_and_the_present_says_accepted(
    alice: Player, database: Database, clock: FakeClock
) -> None:
    add_campaign(database, "strict", review_line=100)
    play = alice.play(1, CLEVER, slug="strict")
    assert (play.outcome["verdict"], play.outcome["standing"]) == ("held", None)
    with database.sessions() as session:
        release_round(session, play.id, "mona", PLAY_TERMS, clock())
    last = {"wave": 9, "shots": [list(shot) for shot in play.log if shot.tick >= 2_364]}
    assert alice.post(f"{play.path}/waves", last).get_json()["outcome"]["verdict"] == "held"
    present = play.present()["outcome"]
    assert (present["verdict"], present["standing"]) == ("accepted", {"rank": 1, "players": 1})


def test_the_last_possible_tick_is_where_the_latest_of_all_players_plays_it() -> None:
    """Brute force over what each seam may do, against the formula: pause at any one seam, stretch at the others."""
    start, allowance = NOON, 3_000
    for wave in range(1, WAVES + 1):
        seams = WAVES - wave
        pauses = range(-1, seams)  # -1: no pause at all
        ends = []
        for pause in pauses:
            now, stretch = start, 0
            for seam in range(seams):
                late = timedelta(milliseconds=20_000 if seam == pause else min(1_500, 450 + allowance - stretch))
                arrival = judge_arrival(wave + seam, now, due(wave + seam, now) + late, stretch, False, allowance)
                now, stretch = arrival.next_start, arrival.stretch_ms
            ends.append(now + timedelta(seconds=5))
        assert last_moment(wave, start, 0, False, allowance) == max(ends), wave
