"""Instant win: a due moment is one award; what stays due, what rolls forward, and what is shown of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Way, release_awards
from prizes.give_up import return_awards
from prizes.moments import MILLISECOND, milliseconds
from prizes.planned import PlannedPrize, RolledMoment, TakenMoment, bands_left, is_planned
from prizes.prize import Release
from prizes.stock import Stock, restock
from prizes.way import AwardTerms, BadSettings
from prizes.ways.ladder import add_step
from server.db import Database, transaction
from tests.prizes.instant_scene import CLOSES, FACTS, INSTANT_WIN, OPENS, TERMS, InstantScene, finished, kept_back, open_gift
from tests.rig.dump import dump
from tests.rig.race import PATIENCE_S, Race

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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
    empty, other = scene.add_prize(units=2), scene.add_prize(units=2)
    scene.plan(empty, other)
    with scene.database.sessions() as session, transaction(session):
        session.execute(update(Stock).where(Stock.prize_id == empty).values(free=0, withdrawn=2))
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


def won_early(scene: InstantScene, terms: AwardTerms = TERMS) -> Award:
    """The one moment that there is, on the first day, taken when it came."""
    first_day = Release(number=1, units=1, opens_at=OPENS, closes_at=OPENS + DAY)
    scene.now, = scene.moments(scene.plan_one(units=1, releases=[first_day]))
    award, = scene.open_gift(round_id="round", terms=terms)
    return award


def won_and_expired(scene: InstantScene) -> Award:
    award = won_early(scene)
    scene.now += timedelta(hours=48)
    assert scene.expire() == 1
    return award


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
    won_early(scene, kept_back())
    with scene.database.sessions() as session, transaction(session):
        assert return_awards(session, "round", scene.now, "round_rejected") == 1
    assert scene.open_gift("charlie") == []
    scene.now += DAY
    assert len(scene.open_gift("charlie")) == 1


def test_of_what_is_given_up_shortly_before_the_close_the_moment_still_comes_before_it(scene: InstantScene) -> None:
    won_early(scene, kept_back())
    with scene.database.sessions() as session, transaction(session):
        return_awards(session, "round", CLOSES - HOUR, "round_rejected")
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


# Races


def naive_take(prize_id: str, players: int) -> Callable[[Session], bool]:
    """What not to do: read how many are taken, then write one more."""
    everybody_has_read = Barrier(players, timeout=PATIENCE_S)

    def attempt(session: Session) -> bool:
        seen = session.get_one(PlannedPrize, prize_id).taken
        session.rollback()
        everybody_has_read.wait()
        if seen > 0:
            return False
        with transaction(session):
            session.execute(update(PlannedPrize).where(PlannedPrize.prize_id == prize_id).values(taken=seen + 1))
        return True

    return attempt


def test_two_rounds_both_take_the_last_moment_if_we_read_then_write(scene: InstantScene, race: Race) -> None:
    assert sum(race(naive_take(scene.plan_one(), 2), players=2)) == 2


def test_of_16_rounds_at_the_last_moment_one_wins(scene: InstantScene, race: Race) -> None:
    scene.plan_one()
    won = race(lambda session: len(open_gift(session, now=scene.now)), players=16)
    assert sum(won) == 1
    scene.audit()


def test_of_16_rounds_at_a_rolled_moment_one_wins(scene: InstantScene, race: Race) -> None:
    won_and_expired(scene)
    scene.now += DAY
    won = race(lambda session: len(open_gift(session, now=scene.now)), players=16)
    assert sum(won) == 1
    scene.audit()


def test_one_gift_opened_16_times_at_once_takes_one_moment(scene: InstantScene, race: Race) -> None:
    prize_id = scene.plan_one(units=50)
    won = race(lambda session: open_gift(session, "alice", "round", now=scene.now)[0].id, players=16)
    assert len(set(won)) == 1
    assert scene.stock(prize_id).free == 49
    scene.audit()


def test_of_1_024_tries_at_100_moments_100_win(scene: InstantScene, race: Race) -> None:
    prize_id = scene.plan_one(units=100)
    won = race(lambda session: len(open_gift(session, now=scene.now)), players=16, attempts=64)
    assert sum(won) == 100
    assert (scene.stock(prize_id).free, scene.stock(prize_id).reserved) == (0, 100)
    scene.audit()


# Before publishing, and after


def test_a_sound_plan_has_no_flaw_before_and_after_sealing(scene: InstantScene) -> None:
    prize_id = scene.add_prize(units=5)
    scene.plan(prize_id, seal=False)
    assert scene.flaws() == []
    with scene.database.sessions() as session, transaction(session):
        assert not is_planned(session, prize_id)
        INSTANT_WIN.seal(session, FACTS, TERMS, OPENS)
        assert is_planned(session, prize_id)
        assert INSTANT_WIN.most_awards(session, FACTS) == {prize_id: 5}
    assert scene.flaws() == []


@pytest.mark.parametrize(("units", "release"), [
    (0, None),
    (3, Release(number=1, units=4)),
    (3, Release(number=1, units=1, opens_at=CLOSES, closes_at=CLOSES + DAY)),
])
def test_moments_that_cannot_be_as_many_as_units_are_a_flaw(scene: InstantScene, units: int,
                                                           release: Release | None) -> None:
    own = [Release(number=release.number, units=release.units, opens_at=release.opens_at,
                   closes_at=release.closes_at)] if release else []
    scene.plan(scene.add_prize(units, releases=own), seal=False)
    assert [flaw.code for flaw in scene.flaws()] == ["moments_not_units"]


def test_a_unit_too_many_after_sealing_is_a_flaw(scene: InstantScene) -> None:
    prize_id = scene.plan_one(units=3)
    with scene.database.sessions() as session, transaction(session):
        restock(session, prize_id, 1, scene.now, "delivered")
    assert [flaw.code for flaw in scene.flaws()] == ["moments_not_units"]


def test_a_prize_that_the_ladder_gives_too_is_a_flaw(scene: InstantScene) -> None:
    prize_id = scene.plan_one()
    with scene.database.sessions() as session, transaction(session):
        add_step(session, FACTS.id, 100, prize_id)
    assert [flaw.code for flaw in scene.flaws()] == ["moments_shared"]


def test_rules_without_gifts_are_a_flaw(scene: InstantScene) -> None:
    scene.plan_one()
    scene.facts = replace(FACTS, gift_waves=())
    assert [flaw.code for flaw in scene.flaws()] == ["no_gifts"]


def test_the_plan_of_an_open_campaign_is_not_made_again(scene: InstantScene) -> None:
    prize_id = scene.plan_one(units=9)
    before = scene.moments(prize_id)
    with scene.database.sessions() as session, transaction(session):
        INSTANT_WIN.seal(session, FACTS, TERMS, OPENS)
    assert scene.moments(prize_id) == before


def test_a_campaign_published_anew_before_it_opens_has_other_moments(scene: InstantScene) -> None:
    prize_id = scene.plan_one(units=9)
    before = scene.moments(prize_id)
    with scene.database.sessions() as session, transaction(session):
        INSTANT_WIN.seal(session, FACTS, TERMS, OPENS - MILLISECOND)
    assert len(set(before) | set(scene.moments(prize_id))) == 18


def test_before_sealing_and_with_a_wrong_key_nothing_is_won(scene: InstantScene) -> None:
    prize_id = scene.add_prize()
    scene.plan(prize_id, seal=False)
    assert scene.open_gift() == []
    with scene.database.sessions() as session, transaction(session):
        INSTANT_WIN.seal(session, FACTS, TERMS, OPENS)
    assert scene.open_gift(terms=replace(TERMS, plan_key=b"another" * 5)) == []
    assert len(scene.open_gift()) == 1


def test_settings_are_told_as_they_were_given(scene: InstantScene) -> None:
    prize_id = scene.add_prize()
    said = {"one_in": 3, "prizes": ["plush"], "hours": [*range(24)]}
    with scene.database.sessions() as session, transaction(session):
        assert INSTANT_WIN.settings_of(session, FACTS.id, {}) is None
        INSTANT_WIN.set_up(session, FACTS.id, said, {"plush": prize_id})
        assert INSTANT_WIN.settings_of(session, FACTS.id, {prize_id: "plush"}) == said
        assert INSTANT_WIN.is_used(session, FACTS.id)


@pytest.mark.parametrize(("settings", "sentence"), [
    ([], "nothing else"),
    ({"one_in": 10}, "must have prizes"),
    ({"prizes": ["plush"], "odds": 10}, "nothing else"),
    ({"prizes": []}, "a list of names"),
    ({"prizes": ["boat"]}, "no prize 'boat'"),
    ({"prizes": [["plush"]]}, "no prize"),
    ({"prizes": ["plush", "plush"]}, "twice"),
    ({"prizes": ["plush"], "one_in": 0}, "from 1 to 10000"),
    ({"prizes": ["plush"], "one_in": True}, "from 1 to 10000"),
    ({"prizes": ["plush"], "hours": [1] * 23}, "24 whole numbers"),
    ({"prizes": ["plush"], "hours": [0] * 24}, "not all of them 0"),
    ({"prizes": ["plush"], "hours": [1.5] * 24}, "24 whole numbers"),
    ({"prizes": ["plush"], "hours": "often"}, "24 whole numbers"),
])
def test_settings_that_make_no_sense_are_refused_with_a_sentence(session: Session, settings: object,
                                                                sentence: str) -> None:
    with pytest.raises(BadSettings, match=sentence):
        INSTANT_WIN.set_up(session, FACTS.id, settings, {"plush": "p"})


# What is shown


def test_what_is_left_is_a_band_of_an_hour_ago(scene: InstantScene) -> None:
    prize_id = scene.plan_one(units=5)

    def band() -> str:
        with scene.database.sessions() as session:
            return bands_left(session, FACTS.id, scene.now)[prize_id]

    assert band() == "many"
    for _ in range(4):
        scene.open_gift()
    assert band() == "many"
    scene.now += HOUR
    assert band() == "few"
    scene.open_gift()
    assert band() == "few"
    scene.now += HOUR
    assert band() == "none"


def test_a_unit_that_is_to_be_won_again_counts_as_left(scene: InstantScene) -> None:
    given_up = won_and_expired(scene)
    with scene.database.sessions() as session:
        assert bands_left(session, FACTS.id, scene.now) == {given_up.prize_id: "none"}
        assert bands_left(session, FACTS.id, scene.now + HOUR) == {given_up.prize_id: "many"}


def test_the_public_answer_tells_the_odds_and_the_commitment_and_no_more(scene: InstantScene) -> None:
    scene.plan_one()
    with scene.database.sessions() as session:
        shown = INSTANT_WIN.shown(session, FACTS, OPENS)["instant_win"]
    assert set(shown) == {"one_in", "commitment"}
    assert len(shown["commitment"]) == 64


def test_no_moment_to_come_lies_in_the_database(scene: InstantScene) -> None:
    """Neither as it is written there, nor as milliseconds; a rolled one neither. Who has the key finds them all."""
    won_and_expired(scene)
    prize_id = scene.add_prize(units=5)
    with scene.database.sessions() as session, transaction(session):
        session.add(PlannedPrize(campaign_id=FACTS.id, prize_id=prize_id))
        session.flush()
        INSTANT_WIN.seal(session, FACTS, TERMS, OPENS - DAY)
    stored = repr(dump(scene.database))
    to_come = scene.moments(prize_id)
    assert len(to_come) == 5
    assert [moment for moment in to_come if repr(moment) in stored or str(milliseconds(moment)) in stored] == []
