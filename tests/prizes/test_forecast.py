"""The forecast says what a round-by-round count says, and keeps to every stock, release and cap."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from prizes.audience import COHORTS, MIX, Audience, hits_a_round, reach
from prizes.forecast import Forecast, forecast
from prizes.forecast_course import AtClose, ByHits, ByMoment, ByScore, Course, Demand, Hours, Offered, Part

OPENS = datetime(2026, 12, 1, 7, tzinfo=UTC)  # 8 o'clock in Paris
PARIS = "Europe/Paris"
MEASURED = Path(__file__).parents[2] / "bench" / "README.md"


def prize(name: str = "dart", units: int = 10, **choices: object) -> Offered:
    return Offered(name, name, units, 500, "EUR", **choices)  # type: ignore[arg-type]


def foresee(prizes: Sequence[Offered], demands: Sequence[Demand], *, rounds: int = 1_000, days: float = 3,
            campaigns: int = 200, seed: int = 1, **audience: float) -> Forecast:
    expected = Audience(rounds, **{"doubt": 0.0, "per_player": 1.0, "claimed": 1.0, **audience})  # type: ignore[arg-type]
    return forecast(prizes, demands, expected, OPENS, OPENS + timedelta(days=days), PARIS, campaigns, seed)


def test_what_everybody_reaches_is_gone_and_what_nobody_reaches_is_left() -> None:
    seen = foresee([prize("easy"), prize("hard")], [ByScore("easy", 1), ByScore("hard", 10_000_000)])
    easy, hard = seen.prizes
    assert (easy.left_over, easy.gone_by_noon, easy.given) == (0.0, 1.0, (10, 10, 10))
    assert (hard.left_over, hard.gone_by_noon, hard.win_hours) == (1.0, 0.0, None)
    assert seen.cost_cents == (5_000, 5_000, 5_000)


def test_who_finds_the_best_prize_gone_gets_the_next_one() -> None:
    seen = foresee([prize("best", 5), prize("next", 1_000)], [ByScore("best", 1), ByScore("next", 0)], rounds=100)
    best, after = seen.prizes
    assert best.given == (5, 5, 5)
    assert after.given[1] == pytest.approx(95, abs=3)


def test_a_forecast_agrees_with_rounds_counted_one_by_one() -> None:
    steps = [ByScore("blaster", 10_000), ByScore("cap", 4_000), ByScore("dart", 1_500)]
    prizes = [prize("blaster", 50), prize("cap", 400), prize("dart", 2_000)]
    seen = foresee(prizes, steps, rounds=2_000, campaigns=1_000)
    counted = [count_one_by_one(prizes, steps, 2_000, seed) for seed in range(60)]
    for one in seen.prizes:
        expected = float(np.mean([given[one.prize.id] for given in counted]))
        assert one.given[1] == pytest.approx(expected, rel=0.03, abs=1)


def count_one_by_one(prizes: Sequence[Offered], steps: Sequence[ByScore], rounds: int, seed: int) -> dict[str, int]:
    """The ladder, best step first, for so many rounds whose scores are drawn from the audience's mix."""
    chance = np.random.default_rng(seed)
    left = {one.id: one.units for one in prizes}
    shares = [reach(step.score, MIX) for step in steps]
    for draw in chance.random(chance.poisson(rounds)):
        won = next((step.prize_id for step, share in zip(steps, shares, strict=True)
                    if draw < share and left[step.prize_id] > 0), None)
        if won is not None:
            left[won] -= 1
    return {one.id: one.units - left[one.id] for one in prizes}


def test_every_moment_goes_out_when_enough_gifts_are_hit_and_not_when_too_few_are() -> None:
    many = foresee([prize(units=40)], [ByMoment("dart", 10)], rounds=5_000, gifts=1.0)
    few = foresee([prize(units=40)], [ByMoment("dart", 10)], rounds=100, gifts=1.0)
    assert many.prizes[0].given[0] >= 38  # the last moments may come due after the last gift
    assert few.prizes[0].given[1] == pytest.approx(10, abs=3)


def test_moments_of_two_prizes_that_are_due_are_shared_evenly() -> None:
    seen = foresee([prize("rare", 30), prize("usual", 300)], [ByMoment("rare", 10), ByMoment("usual", 10)],
                   rounds=1_100, gifts=1.0)
    rare, usual = (one.given[1] for one in seen.prizes)
    assert usual / rare == pytest.approx(10, rel=0.15)


def test_what_nobody_claims_is_won_again() -> None:
    seen = foresee([prize(units=100)], [ByMoment("dart", 1)], rounds=5_000, days=20, gifts=1.0, claimed=0.5)
    assert seen.prizes[0].given[0] >= 95


def test_a_player_who_has_the_prize_does_not_win_it_again() -> None:
    once = foresee([prize(units=1_000, per_player=1)], [ByScore("dart", 0)], rounds=900, per_player=9)
    often = foresee([prize(units=1_000, per_player=9)], [ByScore("dart", 0)], rounds=900, per_player=9)
    assert once.prizes[0].given[1] == pytest.approx(100, rel=0.25)
    assert often.prizes[0].given[1] > 700


def test_a_cap_by_day_starts_anew_at_midnight() -> None:
    seen = foresee([prize(units=99, per_day=3)], [ByScore("dart", 0)], days=2)
    assert seen.prizes[0].given == (9, 9, 9)  # two days from 8 o'clock on touch three


def test_the_picture_never_shows_more_units_than_there_are() -> None:
    seen = foresee([prize(units=20)], [ByScore("dart", 0)], days=40, claimed=0.5)
    assert (seen.prizes[0].gone[1:] <= 20).all()
    assert seen.prizes[0].gone[0].tolist() == [0, 0, 0]


def test_places_go_at_the_end_to_those_who_played() -> None:
    seen = foresee([prize("trip", 3)], [AtClose("trip", 3)], rounds=50)
    assert seen.prizes[0].given == (3, 3, 3)
    assert seen.prizes[0].win_hours == (72, 72, 72)


def test_a_prize_without_an_end_is_not_foretold() -> None:
    assert foresee([prize("badge", 0, is_unlimited=True)], [ByScore("badge", 0)]).prizes == ()


def test_the_same_seed_gives_the_same_forecast_and_another_one_another() -> None:
    first, again, other = (foresee([prize(units=300)], [ByScore("dart", 4_000)], seed=seed).cost_cents
                           for seed in (1, 1, 2))
    assert first == again != other


def test_the_bar_hears_of_every_campaign() -> None:
    heard: list[int] = []
    forecast([prize()], [ByScore("dart", 0)], Audience(10), OPENS, OPENS + timedelta(hours=2), PARIS, 2_500, 1,
             heard.append)
    assert heard == [1_000, 1_000, 500]


@pytest.mark.parametrize(("rounds", "days"), [(0, 1), (10, 0)])
def test_nobody_or_no_time_is_no_forecast(rounds: int, days: int) -> None:
    with pytest.raises(ValueError, match="needs"):
        foresee([prize()], [], rounds=rounds, days=days)


def test_noon_is_that_of_the_first_local_day() -> None:
    hours = Hours.of(OPENS, OPENS + timedelta(days=1), PARIS, [1.0] * 24)
    assert (hours.noon, list(hours.day[[0, 15, 16]])) == (4, [0, 0, 1])


def test_each_cohort_is_the_one_that_was_measured() -> None:
    rows = [line.split("|") for line in MEASURED.read_text("utf-8").splitlines() if line.startswith("| ")]
    measured = {row[1].strip(): (int(row[3].replace(",", "")), float(row[7])) for row in rows
                if row[1].strip() in COHORTS}
    assert measured == {name: (cohort.median, cohort.hits) for name, cohort in COHORTS.items()}
    assert hits_a_round({"first-timer": 3, "expert": 1}) == pytest.approx((3 * 14.4 + 66.4) / 4)


def behind_hits(hits: int | None, *, opens_at: datetime | None = None) -> Offered:
    """100 darts, 60 of which wait until all together have made so many hits."""
    return prize(units=100, releases=(Part(60, opens_at, None, hits),))


def test_stock_behind_a_step_waits_for_the_hits_of_all() -> None:
    half = round(1_000 * hits_a_round(MIX) / 2)
    seen = foresee([behind_hits(half)], [ByScore("dart", 0), ByHits("dart", half)], days=1)
    came = np.cumsum(Hours.of(OPENS, OPENS + timedelta(days=1), PARIS, Audience(1).hours).share)
    before, after = came < 0.4, came > 0.6
    assert seen.prizes[0].gone[1:][before].max() == 40
    assert seen.prizes[0].gone[1:][after].min() == 100
    assert [(step.hits, step.reached) for step in seen.steps] == [(half, 1.0)]


def test_a_step_that_is_not_reached_keeps_its_stock_also_from_those_at_the_close() -> None:
    missed, reached = (foresee([behind_hits(hits)], [AtClose("dart", 100), ByHits("dart", hits)])
                       for hits in (10**6, 1))
    assert [seen.prizes[0].given for seen in (missed, reached)] == [(40, 40, 40), (100, 100, 100)]
    assert [step.reached for step in (*missed.steps, *reached.steps)] == [0.0, 1.0]
    assert foresee([behind_hits(10**6)], [ByScore("dart", 0)]).prizes[0].given == (40, 40, 40)


def test_a_step_in_the_middle_of_what_may_come_is_reached_in_half_of_the_campaigns() -> None:
    middle = round(1_000 * hits_a_round(MIX))
    seen = foresee([behind_hits(middle)], [ByHits("dart", middle), ByHits("dart", 1)], campaigns=2_000)
    assert [step.hits for step in seen.steps] == [1, middle]
    assert seen.steps[0].reached == 1.0
    assert seen.steps[1].reached == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("hits", [None, 1])
def test_stock_that_waits_for_a_moment_waits_for_it_with_hits_and_without(hits: int | None) -> None:
    late = OPENS + timedelta(hours=20)
    seen = foresee([behind_hits(hits, opens_at=late)], [ByScore("dart", 0), ByHits("dart", 1)], days=2)
    assert seen.prizes[0].gone[20].tolist() == [40, 40, 40]
    assert seen.prizes[0].gone[-1].tolist() == [100, 100, 100]


def test_hits_that_no_step_counts_release_nothing() -> None:
    assert foresee([behind_hits(1)], [ByScore("dart", 0)]).prizes[0].given == (40, 40, 40)


def test_moments_of_a_prize_that_waits_do_not_hold_up_another_prize() -> None:
    waiting = prize("waiting", 1_000, releases=(Part(1_000, None, None, 10**6),))
    seen = foresee([waiting, prize("free", 50)], [ByMoment("waiting", 10), ByMoment("free", 10),
                                                  ByHits("waiting", 10**6)], rounds=2_000, gifts=1.0)
    assert [one.given[1] for one in seen.prizes] == [0, pytest.approx(50, abs=2)]


def test_where_nobody_is_expected_all_hours_are_alike_as_in_a_plan() -> None:
    by_night = [0.0] * 8 + [1.0] * 16
    hours = Hours.of(OPENS - timedelta(hours=6), OPENS, PARIS, by_night)  # from 2 to 8 o'clock
    assert hours.share.tolist() == [1 / 6] * 6


@settings(max_examples=60, deadline=None)
@given(units=some.integers(0, 60), per_hour=some.none() | some.integers(1, 5),
       per_day=some.none() | some.integers(1, 9), seed=some.integers(0, 99),
       release=some.none() | some.tuples(some.integers(1, 40), some.integers(0, 60)))
def test_no_campaign_gives_more_than_is_there_released_and_allowed(
        units: int, per_hour: int | None, per_day: int | None, release: tuple[int, int] | None, seed: int) -> None:
    locked, hour = release or (0, 0)
    locked = min(locked, units)
    plan = (Part(locked, OPENS + timedelta(hours=hour)),) if locked else ()
    offered = prize(units=units, per_hour=per_hour, per_day=per_day, releases=plan)
    hours = Hours.of(OPENS, OPENS + timedelta(days=2), PARIS, [1.0] * 24)
    course = Course([offered], [ByScore("dart", 0)], Audience(500, doubt=0.5, claimed=1.0), hours)
    given_by_hour = course.play(20, np.random.default_rng(seed)).given["dart"]
    assert (given_by_hour.sum(axis=0) <= units).all()
    assert per_hour is None or given_by_hour.max(initial=0) <= per_hour
    for day in range(3):
        assert per_day is None or (given_by_hour[hours.day == day].sum(axis=0) <= per_day).all()
    assert (given_by_hour[:min(hour, 48)].sum(axis=0) <= units - locked).all()
