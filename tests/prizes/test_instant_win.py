"""Instant win: a due moment is one award; what stays due, and what rolls forward."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import RULED_WITHIN, Award, AwardState, Way, release_awards
from prizes.give_up import return_awards
from prizes.ledger import StockEntry
from prizes.moments import MILLISECOND
from prizes.planned import PlannedPrize, RolledMoment, TakenMoment
from prizes.prize import Release
from prizes.stock import Stock
from server.db import Database, transaction
from tests.prizes.instant_scene import (
    CLOSES,
    DAY,
    FACTS,
    HOUR,
    INSTANT_WIN,
    OPENS,
    TERMS,
    InstantScene,
    finished,
    kept_back,
    won_and_expired,
    won_early,
)


@pytest.fixture
def scene(database: Database) -> InstantScene:
    return InstantScene(database)


def test_a_gift_wins_from_the_moment_on_that_is_due(scene: InstantScene) -> None:
    prize_id = scene.plan_one()
    moment, = scene.moments(prize_id)
    scene.now = moment - MILLISECOND
    assert scene.open_gift() == []
    scene.now = moment
    award, = scene.open_gift()
    assert (award.prize_id, award.way, award.state) == (prize_id, Way.INSTANT_WIN, AwardState.OPEN)
    scene.audit()


def test_each_moment_is_won_once(scene: InstantScene) -> None:
    prize_id = scene.plan_one(units=3)
    won = [len(scene.open_gift(player)) for player in ("alice", "bob", "charlie", "mona")]
    assert won == [1, 1, 1, 0]
    assert scene.stock(prize_id).free == 0
    scene.audit()


def test_a_taken_moment_is_written_down_with_its_number_and_award(scene: InstantScene) -> None:
    prize_id = scene.plan_one(units=2)
    awards = [award for player in ("alice", "bob") for award in scene.open_gift(player)]
    with scene.database.sessions() as session:
        rows = session.scalars(select(TakenMoment).order_by(TakenMoment.number)).all()
    assert [(row.number, row.award_id, row.moment) for row in rows] == [
        (number, award.id, moment) for number, (award, moment) in enumerate(zip(awards, scene.moments(prize_id),
                                                                                 strict=True))]


def test_a_gift_opened_twice_finds_what_it_won_and_takes_nothing_more(scene: InstantScene) -> None:
    prize_id = scene.plan_one(units=3)
    first, = scene.open_gift(round_id="round")
    again, = scene.open_gift(round_id="round")
    assert again.id == first.id
    assert scene.stock(prize_id).free == 2


def test_two_gifts_of_a_round_may_both_win(scene: InstantScene) -> None:
    scene.plan_one(units=3)
    awards = scene.open_gift(round_id="round", gifts=("3.0", "6.4"))
    assert [award.cause for award in awards] == ["round:3.0", "round:6.4"]


def test_a_round_without_a_gift_wins_nothing(scene: InstantScene) -> None:
    scene.plan_one()
    assert scene.open_gift(gifts=()) == []


def test_a_round_that_nobody_finished_wins_nothing(scene: InstantScene, session: Session) -> None:
    scene.plan_one()
    abandoned = replace(finished("alice", None, ["3.0"], scene.now), may_win=False)
    assert INSTANT_WIN.award_round(session, FACTS, abandoned, TERMS, scene.now) == ()


def test_of_gifts_only_those_that_are_drawn_win(scene: InstantScene) -> None:
    scene.plan(scene.add_prize(units=200), one_in=4)
    gifts = [f"{wave}.{index}" for wave in range(1, 10) for index in range(8)]
    assert 5 < len(scene.open_gift(gifts=gifts)) < 35


def test_the_oldest_moment_is_taken_first_whatever_its_prize(scene: InstantScene) -> None:
    plush, cap = scene.add_prize(units=4), scene.add_prize(units=4)
    scene.plan(plush, cap)
    in_order = sorted((moment, prize_id) for prize_id in (plush, cap) for moment in scene.moments(prize_id))
    won = [award.prize_id for _ in range(8) for award in scene.open_gift()]
    assert won == [prize_id for _, prize_id in in_order]


def test_a_moment_that_a_cap_refuses_stays_due_for_the_next_player(scene: InstantScene) -> None:
    scene.plan_one(units=2, per_player=1)
    assert [len(scene.open_gift(player)) for player in ("alice", "alice", "charlie")] == [1, 0, 1]
    scene.audit()


def test_a_prize_whose_day_is_full_does_not_hold_up_the_moments_of_another(scene: InstantScene) -> None:
    full, other = scene.add_prize(units=3, per_day=1), scene.add_prize(units=3)
    scene.plan(full, other)
    won = [award.prize_id for _ in range(6) for award in scene.open_gift()]
    assert (won.count(full), won.count(other)) == (1, 3)
    scene.now += DAY
    assert [award.prize_id for award in scene.open_gift()] == [full]


def test_a_release_that_waits_for_hits_keeps_its_moments_due(scene: InstantScene) -> None:
    prize_id = scene.plan_one(units=3, releases=[Release(number=1, units=2, at_hits=100)])
    assert [len(scene.open_gift()) for _ in range(2)] == [1, 0]
    with scene.database.sessions() as session:
        assert session.get_one(PlannedPrize, prize_id).taken == 1
    scene.audit()


def test_units_of_a_release_are_won_in_its_window_and_the_others_at_any_time(scene: InstantScene) -> None:
    weekend = Release(number=1, units=40, opens_at=OPENS + 4 * DAY, closes_at=OPENS + 6 * DAY)
    prize_id = scene.plan_one(units=50, releases=[weekend])
    moments = scene.moments(prize_id)
    inside = [moment for moment in moments if OPENS + 4 * DAY <= moment < OPENS + 6 * DAY]
    assert 40 <= len(inside) < 50
    assert len(moments) == 50
    assert scene.flaws() == []


def test_no_planned_moment_lies_in_the_last_hour(scene: InstantScene) -> None:
    assert max(scene.moments(scene.plan_one(units=2_000))) < CLOSES - HOUR


def test_a_prize_without_a_free_unit_does_not_hold_up_the_others(scene: InstantScene) -> None:
    """It cannot come to this by the rules; were it so, the other prizes would still go out."""
    empty, other = scene.add_prize(units=40), scene.add_prize(units=2)
    scene.plan(empty, other)
    with scene.database.sessions() as session, transaction(session):
        session.execute(update(Stock).where(Stock.prize_id == empty).values(free=0, withdrawn=40))
    assert [award.prize_id for _ in range(3) for award in scene.open_gift()] == [other, other]


def test_a_held_round_takes_its_moment_and_the_award_is_kept_back(scene: InstantScene) -> None:
    scene.plan_one()
    award, = scene.open_gift(terms=kept_back())
    assert award.state == AwardState.KEPT_BACK
    assert scene.open_gift("charlie") == []


# 48 hours to claim, then the moment rolls forward


def test_an_instant_win_is_held_for_48_hours_though_others_have_30_days(scene: InstantScene) -> None:
    scene.plan_one()
    award, = scene.open_gift()
    assert award.claim_before == scene.now + timedelta(hours=48)


def test_one_that_was_kept_back_has_48_hours_from_its_release(scene: InstantScene) -> None:
    scene.plan_one()
    scene.open_gift(round_id="round", terms=kept_back())
    later = scene.now + 5 * DAY
    with scene.database.sessions() as session, transaction(session):
        award, = release_awards(session, "round", later, claim_days=30)
    assert (award.state, award.claim_before) == (AwardState.OPEN, later + timedelta(hours=48))


def test_a_moment_that_nobody_rules_on_within_a_week_rolls_to_somebody_else(scene: InstantScene) -> None:
    scene.now = OPENS + 2 * DAY
    plush = scene.plan_one(units=40, per_player=1)
    (award,) = scene.open_gift(terms=TERMS.kept_back())
    scene.now += RULED_WITHIN - MILLISECOND
    assert scene.expire() == 0
    scene.now += MILLISECOND
    assert scene.expire() == 1
    assert scene.stock(plush).reserved == 0
    with scene.database.sessions() as session:
        assert session.get_one(Award, award.id).state == AwardState.RETURNED
        assert session.scalars(select(RolledMoment.award_id)).all() == [award.id]
        reasons = select(StockEntry.reason).where(StockEntry.award_id == award.id).order_by(StockEntry.reason)
        assert session.scalars(reasons).all() == ["not_ruled_on", "won"]
        assert audit(session) == []


def test_what_is_not_claimed_can_be_won_again_within_a_day(scene: InstantScene) -> None:
    given_up = won_and_expired(scene)
    assert scene.open_gift("charlie") == []  # not at once: nobody gains by waiting for it
    scene.now += DAY
    again, = scene.open_gift("charlie")
    assert again.prize_id == given_up.prize_id
    with scene.database.sessions() as session:
        taken = session.get_one(TakenMoment, again.id)
    assert (taken.rolled_from, taken.number) == (given_up.id, None)
    assert scene.open_gift("mona") == []
    scene.audit()


def test_the_moment_of_a_round_that_was_rejected_rolls_too(scene: InstantScene) -> None:
    award = won_early(scene, kept_back())
    with scene.database.sessions() as session, transaction(session):
        assert return_awards(session, award.round_id, scene.now, "round_rejected") == 1
    assert scene.open_gift("charlie") == []
    scene.now += DAY
    assert len(scene.open_gift("charlie")) == 1


def test_of_what_is_given_up_shortly_before_the_close_the_moment_still_comes_before_it(scene: InstantScene) -> None:
    award = won_early(scene, kept_back())
    with scene.database.sessions() as session, transaction(session):
        return_awards(session, award.round_id, CLOSES - HOUR, "round_rejected")
    scene.now = CLOSES - HOUR / 2
    assert len(scene.open_gift("charlie")) == 1


def test_what_expires_after_the_close_is_listed_as_left_over(scene: InstantScene) -> None:
    prize_id = scene.plan_one(units=2)
    award, _ = scene.open_gift(), scene.open_gift("charlie")
    scene.claim(award[0])
    scene.now += timedelta(hours=48)
    assert scene.expire() == 1
    with scene.database.sessions() as session:
        assert session.scalar(select(func.count()).select_from(RolledMoment)) == 0
        shown = INSTANT_WIN.shown(session, FACTS, CLOSES + timedelta(hours=48))["instant_win"]
    assert shown["left_over"] == [{"prize_id": prize_id, "units": 1}]
