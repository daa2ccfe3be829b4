"""What holds for every round, whatever the seeds and the shots."""

import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.simulation.replay import Replay, Shot, find_illegal, find_illegal_in_wave, replay
from server.simulation.rng import Seed
from server.simulation.round import Round
from server.simulation.rules import (
    BOSS_Y,
    HEIGHT,
    LAST_TICK,
    TICKS,
    WAVES,
    WIDTH,
    Rules,
    cut,
    ready_at,
    submission_of,
    wave_of,
)

words = st.integers(0, 2**32 - 1)
all_seeds = st.lists(st.tuples(words, words, words, words), min_size=WAVES, max_size=WAVES)
rules = st.builds(Rules, st.just(1), st.sets(st.integers(1, WAVES)).map(tuple))
voids = st.sets(st.integers(1, WAVES), max_size=3)
boss_height = st.integers(BOSS_Y - 100, BOSS_Y + 60)
points = st.tuples(st.integers(0, WIDTH - 1), boss_height | st.integers(300, HEIGHT - 1))
any_number = st.integers(-5, TICKS + 5) | st.integers()
any_log = st.lists(st.builds(Shot, any_number, any_number, any_number), max_size=30)


@st.composite
def legal_logs(draw: st.DrawFn) -> list[Shot]:
    """Logs as a hurried or a patient player would make them."""
    patience = draw(st.sampled_from((0, 5, 60)))
    chance = random.Random(draw(st.integers(0, 2**32)))
    shots: list[Shot] = []
    tick = chance.randrange(60)
    for x, y in draw(st.lists(points, max_size=120)):
        if tick >= TICKS:
            break
        shots.append(Shot(tick, x, y))
        tick = ready_at(len(shots), tick) + chance.randint(0, patience)
    return shots


def fresh(seeds: Iterable[Seed], rules: Rules, voids: Iterable[int] = ()) -> Round:
    play = Round(rules, frozenset(voids))
    for wave, seed in enumerate(seeds, 1):
        play.reveal(wave, seed)
    return play


def gist(play: Round | Replay) -> tuple[object, ...]:
    """All that is counted in a round."""
    counts = play.score, play.shots, play.best_combo, play.knock_outs, play.spawn_hits
    return *counts, tuple(play.gifts), tuple(play.hit_list), play.events_hash


@given(all_seeds, legal_logs(), rules, voids, st.integers(0, LAST_TICK))
def test_the_replay_of_a_prefix_is_a_prefix_of_the_replay(
    seeds: list[Seed], shots: list[Shot], rules: Rules, voids: set[int], until: int
) -> None:
    whole = replay(rules, seeds, shots, voids)
    part = replay(rules, seeds, shots, voids, until)
    assert part.hit_list == tuple(hit for hit in whole.hit_list if hit.tick <= until)
    assert gist(part) == gist(replay(rules, seeds, [s for s in shots if s.tick <= until], voids, until))


@given(all_seeds, any_log, rules, st.sets(any_number, max_size=3), st.integers(-5, 4000))
def test_no_log_crashes_the_replay(
    seeds: list[Seed], shots: list[Shot], rules: Rules, voids: set[int], until: int
) -> None:
    played = replay(rules, seeds, shots, voids, until)
    assert played.score == sum(hit.points for hit in played.hit_list) >= 0
    assert played.hits <= played.shots <= len(shots)


@given(all_seeds, legal_logs(), any_log)
def test_a_bad_log_counts_up_to_its_first_illegal_shot(
    seeds: list[Seed], good: list[Shot], rest: list[Shot]
) -> None:
    illegal = find_illegal(good + rest)
    played = replay(Rules(), seeds, good + rest)
    assert played.illegal == illegal
    legal = good + rest if illegal is None else (good + rest)[: illegal.index]
    assert len(legal) >= len(good)
    assert gist(played) == gist(replay(Rules(), seeds, legal))


@given(all_seeds, legal_logs(), rules, st.integers(0, LAST_TICK))
def test_a_target_is_at_the_same_place_whenever_it_is_asked(
    seeds: list[Seed], shots: list[Shot], rules: Rules, tick: int
) -> None:
    before, after = fresh(seeds, rules), fresh(seeds, rules)
    for shot in shots:
        after.fire(*shot)
    after.settle(LAST_TICK)
    wave = wave_of(tick)
    places = [target.place(tick) for target in before.wave(wave).targets]
    assert [target.place(tick) for target in after.wave(wave).targets] == places
    assert [target.place(tick) for target in before.wave(wave).targets] == places


@given(all_seeds, legal_logs(), rules, voids, st.integers(1, 400))
def test_how_often_a_round_is_settled_changes_nothing(
    seeds: list[Seed], shots: list[Shot], rules: Rules, voids: set[int], step: int
) -> None:
    at_once, in_steps = fresh(seeds, rules, voids), fresh(seeds, rules, voids)
    settled = 0
    for shot in shots:
        at_once.fire(*shot)
        for tick in range(settled, shot.tick, step):
            in_steps.settle(tick)
        in_steps.fire(*shot)
        settled = shot.tick
    at_once.settle(LAST_TICK)
    in_steps.settle(LAST_TICK)
    assert gist(at_once) == gist(in_steps)


@given(all_seeds, legal_logs(), rules, st.permutations(range(1, WAVES + 1)))
def test_when_and_in_which_order_waves_are_revealed_changes_nothing(
    seeds: list[Seed], shots: list[Shot], rules: Rules, order: list[int]
) -> None:
    shuffled, late = Round(rules), Round(rules)
    for wave in order:
        shuffled.reveal(wave, seeds[wave - 1])
    for shot in shots:
        shuffled.fire(*shot)
        for wave in range(len(late.seeds) + 1, wave_of(shot.tick) + 1):
            late.settle(min(shot.tick, (wave - 1) * 300 - 1))
            late.reveal(wave, seeds[wave - 1])
        late.fire(*shot)
    for wave in range(len(late.seeds) + 1, WAVES + 1):
        late.reveal(wave, seeds[wave - 1])
    shuffled.settle(LAST_TICK)
    late.settle(LAST_TICK)
    assert gist(shuffled) == gist(late) == gist(replay(rules, seeds, shots))


@given(all_seeds, legal_logs(), st.integers(1, WAVES - 1))
@settings(max_examples=50)
def test_what_is_settled_at_a_cut_needs_only_the_waves_revealed_by_then(
    seeds: list[Seed], shots: list[Shot], wave: int
) -> None:
    known = replay(Rules(), seeds[:wave], shots, until=cut(wave))
    assert gist(known) == gist(replay(Rules(), seeds, shots, until=cut(wave)))
    with pytest.raises(ValueError, match=f"after the {wave} waves revealed"):
        replay(Rules(), seeds[:wave], shots, until=wave * 300)


@given(legal_logs(), any_log)
def test_a_log_is_legal_exactly_when_all_its_submissions_are(good: list[Shot], rest: list[Shot]) -> None:
    ordered = all(a.tick < b.tick for a, b in zip(good + rest, rest, strict=False))
    shots = good + rest if ordered else good
    submissions = [[s for s in shots if submission_of(s.tick) == n] for n in range(1, WAVES + 1)]
    before: list[Shot] = []
    refusals = []
    for wave, submitted in enumerate(submissions, 1):
        refusals.append(find_illegal_in_wave(before, submitted, wave))
        before += submitted
    assert find_illegal(before) is None or any(refusals)
    assert not any(refusals) or find_illegal(before) is not None


@given(all_seeds, legal_logs(), voids)
def test_a_void_submission_scores_nothing_and_its_shots_are_not_counted(
    seeds: list[Seed], shots: list[Shot], voids: set[int]
) -> None:
    played = replay(Rules(), seeds, shots, voids)
    scored = [at for at, shot in enumerate(shots) if submission_of(shot.tick) not in voids]
    assert played.shots == len(scored)
    assert {hit.shot for hit in played.hit_list} <= set(scored)
