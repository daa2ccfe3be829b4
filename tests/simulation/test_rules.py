"""The numbers of the rules, the cuts, and what is written on the wire."""

import pytest

from server.simulation.replay import Illegal, Shot, find_illegal_in_wave
from server.simulation.rng import Rng, parse_seed
from server.simulation.rules import (
    COOLDOWN_TICKS,
    FAR,
    FLIGHT_TICKS,
    NEAR,
    RELOAD_TICKS,
    Rules,
    cut,
    multiplier,
    submission_of,
    wave_of,
)


def test_a_cut_lies_36_ticks_before_the_next_wave_and_the_last_one_at_the_end() -> None:
    assert [cut(wave) for wave in range(10)] == [0, 264, 564, 864, 1164, 1464, 1764, 2064, 2364, 2700]


def test_every_tick_belongs_to_the_submission_between_its_cuts() -> None:
    for tick in range(2700):
        assert cut(submission_of(tick) - 1) <= tick < cut(submission_of(tick))


def test_the_ticks_after_the_round_belong_to_the_last_wave() -> None:
    assert [wave_of(tick) for tick in (0, 299, 300, 2699, 2700, 2759)] == [1, 1, 2, 9, 9, 9]


def test_the_multiplier_grows_by_one_every_four_hits_up_to_five() -> None:
    assert [multiplier(combo) for combo in (0, 3, 4, 7, 8, 15, 16, 20, 100)] == [1, 1, 2, 2, 3, 4, 5, 5, 5]


def test_a_dart_never_lands_before_one_thrown_earlier() -> None:
    """Round.settle counts on it."""
    assert FLIGHT_TICKS[FAR] - FLIGHT_TICKS[NEAR] <= COOLDOWN_TICKS <= RELOAD_TICKS


def test_rules_survive_the_way_over_the_wire() -> None:
    rules = Rules(1, (2, 7))
    assert Rules.from_json(rules.as_json()) == rules
    assert Rules.from_json({"version": 1, "gift_waves": []}) == Rules()
    assert rules.as_json()["flight_ticks"] == [14, 20, 26]


@pytest.mark.parametrize(
    "stored",
    [{}, {"version": 2}, {"version": "1"}, {"version": 1, "gift_waves": 3}, {"version": 1, "gift_waves": [0]},
     {"version": 1, "gift_waves": [10]}, {"version": 1, "gift_waves": [True]}],
)  # fmt: skip
def test_rules_that_are_not_ours_are_refused(stored: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"version|gift_waves"):
        Rules.from_json(stored)


def test_a_seed_is_four_big_endian_words() -> None:
    assert parse_seed("000000010000000200000003ffffffff") == (1, 2, 3, 0xFFFFFFFF)


@pytest.mark.parametrize("digits", ["", "00" * 15, "00" * 17, "0g" + "00" * 15, "00 " * 10 + "00"])
def test_anything_else_is_no_seed(digits: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - bytes.fromhex chooses the words
        parse_seed(digits)


def test_the_generator_is_xoshiro128_plus_plus() -> None:
    """The first words after the state 1, 2, 3, 4, as the reference implementation gives them."""
    rng = Rng((1, 2, 3, 4))
    assert [rng.word() for _ in range(4)] == [641, 1573767, 3222811527, 3517856514]


def test_an_index_counts_within_the_submission() -> None:
    before = [Shot(200, 5, 5), Shot(263, 5, 5)]
    assert find_illegal_in_wave(before, [Shot(275, 5, 5)], 2) is None
    assert find_illegal_in_wave(before, [Shot(275, 5, 5), Shot(280, 5, 5)], 2) == Illegal(
        1, "shot 1 is at tick 280, before the cooldown ends at tick 287"
    )
    assert find_illegal_in_wave(before, [Shot(264, 5, 5)], 2) == Illegal(
        0, "shot 0 is at tick 264, before the cooldown ends at tick 275"
    )


def test_a_shot_of_another_submission_is_refused() -> None:
    assert find_illegal_in_wave([], [Shot(263, 5, 5)], 2) == Illegal(
        0, "shot 0 is at tick 263, outside ticks 264 to 563"
    )
    assert find_illegal_in_wave([], [Shot(264, 5, 5)], 1) == Illegal(
        0, "shot 0 is at tick 264, outside ticks 0 to 263"
    )


def test_the_reload_goes_on_from_one_submission_to_the_next() -> None:
    before = [Shot(12 * number, 5, 5) for number in range(15, 22)]
    eighth = find_illegal_in_wave([*before, Shot(263, 5, 5)], [Shot(307, 5, 5)], 2)
    assert eighth == Illegal(0, "shot 0 is at tick 307, before the reload ends at tick 308")
    assert find_illegal_in_wave([*before, Shot(263, 5, 5)], [Shot(308, 5, 5)], 2) is None
