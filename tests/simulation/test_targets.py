"""What a wave holds, and where it may be."""

from collections import Counter
from itertools import pairwise

import pytest

from server.simulation.boss import DODGE_Q8, SWAY_Q8, Boss
from server.simulation.flight import impact_point
from server.simulation.rules import (
    BOSS_RADIUS,
    BOSS_Y,
    HEIGHT,
    MIX,
    TARGET_OVERHANG_TICKS,
    WAVE_TICKS,
    WAVES,
    WIDTH,
    Q,
    Rules,
)
from server.simulation.sine import SINE
from server.simulation.targets import Target, Wave, kinds_of
from tests.simulation.players import draw_seeds

ROUNDS = 60
LIMIT = 2**31


def draw_waves(number: int, rules: Rules | None = None) -> list[Wave]:
    waves: list[Wave] = []
    for wave, seed in enumerate(draw_seeds(number), 1):
        waves.append(Wave(rules or Rules(), wave, seed, waves[-1] if waves else None))
    return waves


def all_targets(rules: Rules | None = None) -> list[tuple[Wave, Target]]:
    return [(wave, t) for number in range(ROUNDS) for wave in draw_waves(number, rules) for t in wave.targets]


def overlap(one: Target, other: Target, tick: int) -> bool:
    (x, y), (other_x, other_y) = one.place(tick), other.place(tick)
    reach = max(one.radius, other.radius) << Q
    return (x - other_x) ** 2 + (y - other_y) ** 2 < reach**2


def test_the_mix_of_a_round_is_the_design_s_share_of_each_kind() -> None:
    counts = Counter(kind for kinds in MIX for kind in kinds)
    assert counts == {"can": 19, "balloon": 16, "duck": 11, "star": 3, "plant": 7}
    shares = {kind: round(100 * count / counts.total()) for kind, count in counts.items()}
    assert shares == {"can": 34, "balloon": 29, "duck": 20, "star": 5, "plant": 12}


def test_wave_1_is_a_tutorial() -> None:
    for number in range(ROUNDS):
        wave = draw_waves(number)[0]
        assert 4 <= len(wave.targets) <= 5
        assert not {"plant", "star"} & {target.kind for target in wave.targets}
        assert (wave.wind, wave.dodge_chance) == (0, 0)


def test_wind_and_dodges_grow_to_16_and_48_per_cent() -> None:
    winds = [wave.wind for number in range(400) for wave in draw_waves(number)[-1:]]
    assert (min(winds), max(winds)) == (-16, 16)
    assert [wave.dodge_chance for wave in draw_waves(1)] == [0, 6, 12, 18, 24, 30, 36, 42, 48]


def test_two_ducks_of_a_wave_swim_in_two_planes() -> None:
    for number in range(ROUNDS):
        for wave in draw_waves(number):
            planes = [target.plane for target in wave.targets if target.kind == "duck"]
            assert len(planes) == len(set(planes))


def test_a_gift_takes_the_place_of_a_wave_s_first_can_and_nothing_else_moves() -> None:
    assert kinds_of(Rules(1, (6,)), 6) == ("duck", "gift", "balloon", "plant", "can", "duck", "balloon")
    plain, gifts = draw_waves(5), draw_waves(5, Rules(1, tuple(range(1, WAVES + 1))))
    for wave, with_gift in zip(plain, gifts, strict=True):
        for target, other in zip(wave.targets, with_gift.targets, strict=True):
            assert (target.first, target.plane) == (other.first, other.plane)
            if other.kind == "gift":
                assert (target.kind, other.points) == ("can", 0)
                assert other.radius == 50 - 6 * other.plane
            else:
                assert target.place(target.first + 30) == other.place(target.first + 30)


def test_a_target_lives_within_its_wave_and_the_overhang() -> None:
    for wave, target in all_targets():
        assert wave.first <= target.first < target.end <= wave.first + WAVE_TICKS + TARGET_OVERHANG_TICKS
        if target.kind == "star":
            assert (target.plane, target.radius) == (2, 32)
            assert 102 <= target.end - target.first <= 186


@pytest.mark.parametrize("gift_waves", [(), tuple(range(1, WAVES + 1))])
def test_a_legal_shot_can_reach_a_target_at_every_tick_of_its_life(gift_waves: tuple[int, ...]) -> None:
    for wave, target in all_targets(Rules(1, gift_waves)):
        left, _ = impact_point(0, 0, wave.wind, target.plane)
        right, _ = impact_point(WIDTH - 1, 0, wave.wind, target.plane)
        for tick in (*range(target.first, target.end, 3), target.end - 1):
            x, y = target.place(tick)
            assert left - (target.radius << Q) < x < right + (target.radius << Q)
            assert 0 < x < WIDTH << Q
            assert BOSS_Y + 120 << Q < y < HEIGHT - 200 << Q


def test_no_target_is_ever_over_the_boss() -> None:
    for _, target in all_targets():
        assert target.top > BOSS_Y + BOSS_RADIUS << Q


def test_no_two_targets_of_a_wave_lie_on_each_other_for_their_whole_life() -> None:
    for number in range(ROUNDS):
        for wave in draw_waves(number):
            pairs = [(a, b) for a in wave.targets for b in wave.targets if a.index < b.index]
            for one, other in pairs:
                ticks = range(max(one.first, other.first), min(one.end, other.end), 5)
                assert not ticks or not all(overlap(one, other, tick) for tick in ticks)


def test_the_box_that_spares_exact_distances_holds_the_whole_life() -> None:
    for _, target in all_targets():
        size = target.radius << Q
        for tick in range(target.first, target.end):
            x, y = target.place(tick)
            assert target.left <= x - size < x + size <= target.right
            assert target.top <= y - size < y + size <= target.bottom


def test_no_product_that_meets_a_shift_passes_31_bits() -> None:
    assert max(SINE) == 16384 == -min(SINE)
    assert SWAY_Q8 * 16384 < LIMIT > DODGE_Q8 * 16384
    for wave, target in all_targets():
        life = target.end - target.first
        assert max(target.ax, target.ay) * 16384 < LIMIT
        assert 2 * (target.phase + target.speed * life) < LIMIT
        assert max(abs(target.vx), abs(target.vy)) * life < LIMIT
        assert target.reach < LIMIT
        assert wave.boss_phase + wave.boss_speed * 2 * WAVE_TICKS < LIMIT
        # Distances are compared, never shifted: a double of JavaScript holds them exactly.
        assert 2 * ((WIDTH + HEIGHT) << Q) ** 2 < 2**53


def test_the_boss_never_jumps() -> None:
    for number in range(ROUNDS):
        waves, boss = draw_waves(number), Boss()
        path = [boss.x(waves[min(tick // WAVE_TICKS, WAVES - 1)], tick) for tick in range(2760)]
        steps = [abs(after - before) for before, after in pairwise(path)]
        fastest = max(wave.boss_speed for wave in waves)
        assert max(steps) <= SWAY_Q8 * 7 * (fastest + 16) // 16384
