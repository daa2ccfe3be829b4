"""The ladder: the best prize that is reached, left and allowed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from prizes.award import AwardState
from prizes.caps import Tally
from prizes.claim import claim_code, code_hash
from prizes.ways.ladder import steps_of
from tests.prizes.scene import CAMPAIGN, TERMS, Scene
from tests.rig.clock import NOON


def test_a_score_wins_the_best_step_it_reaches(scene: Scene) -> None:
    scene.add_prize(score=100)
    middle = scene.add_prize(score=200)
    scene.add_prize(score=300)
    award = scene.win(score=299)
    assert award is not None
    assert award.prize_id == middle


@pytest.mark.parametrize(("score", "wins"), [(99, False), (100, True), (0, False), (-200, False)])
def test_a_step_is_reached_exactly_at_its_score(scene: Scene, score: int, wins: bool) -> None:
    scene.add_prize(score=100)
    assert (scene.win(score=score) is not None) is wins


def test_of_two_prizes_on_one_step_the_dearer_is_won_first(scene: Scene) -> None:
    scene.add_prize(score=100, value_cents=100)
    dear = scene.add_prize(score=100, value_cents=900)
    award = scene.win()
    assert award is not None
    assert award.prize_id == dear


def test_when_a_step_is_sold_out_the_next_lower_one_is_won(scene: Scene) -> None:
    low = scene.add_prize(score=100, units=1)
    high = scene.add_prize(score=200, units=1)
    won = [scene.win(score=200, player=player) for player in ("alice", "bob", "charlie")]
    assert [award.prize_id if award else None for award in won] == [high, low, None]


def test_who_holds_a_prize_as_often_as_allowed_wins_the_next_lower_one(scene: Scene) -> None:
    low = scene.add_prize(score=100, units=9, per_player=2)
    high = scene.add_prize(score=200, units=9)
    won = [scene.win(score=200) for _ in range(4)]
    assert [award.prize_id if award else None for award in won] == [high, low, low, None]
    assert (scene.stock(low).free, scene.stock(high).free) == (7, 8)


def test_a_cap_counts_each_player_alone(scene: Scene) -> None:
    scene.add_prize(units=9)
    assert scene.win(player="alice") is not None
    assert scene.win(player="charlie") is not None


def test_a_round_that_climbs_twice_gets_the_award_it_has(scene: Scene) -> None:
    prize_id = scene.add_prize(units=9, per_player=9)
    first, again = scene.win(round_id="r"), scene.win(round_id="r")
    assert first is not None
    assert again is not None
    assert first.id == again.id
    assert scene.stock(prize_id).free == 8


def test_a_round_whose_award_took_the_last_unit_still_finds_it(scene: Scene) -> None:
    """Its prize looks sold out then, and must not hide the award that sold it out."""
    scene.add_prize(score=200, units=1)
    scene.add_prize(score=100, units=1)
    first, again = scene.win(score=200, round_id="r"), scene.win(score=200, round_id="r")
    assert first is not None
    assert again is not None
    assert first.id == again.id
    last = scene.win(score=200, player="charlie", round_id="s")
    assert last is not None
    found = scene.win(score=200, player="charlie", round_id="s")
    assert found is not None
    assert found.id == last.id


def test_without_a_unit_there_is_no_award_and_no_trace(scene: Scene) -> None:
    scene.add_prize(units=0)
    assert scene.win() is None
    assert scene.awards() == []
    assert scene.ledger() == []
    assert scene.count(Tally) == 0


def test_another_campaigns_ladder_is_not_climbed(session: Session, scene: Scene) -> None:
    scene.add_prize()
    assert [step.score for step in steps_of(session, CAMPAIGN)] == [100]
    assert steps_of(session, "another") == []


def test_an_award_is_open_for_as_many_days_as_the_terms_say(scene: Scene) -> None:
    scene.add_prize()
    award = scene.win()
    assert award is not None
    assert award.state == AwardState.OPEN
    assert award.claim_before == NOON + timedelta(days=30)


def test_only_the_hash_of_the_claim_code_is_kept(scene: Scene) -> None:
    scene.add_prize()
    award = scene.win()
    assert award is not None
    assert award.code_hash == code_hash(claim_code(TERMS.claim_key, award.id))


def test_everything_a_held_round_wins_is_kept_back(scene: Scene) -> None:
    prize_id = scene.add_prize()
    award = scene.win(terms=replace(TERMS, keep_back=True))
    assert award is not None
    assert award.state == AwardState.KEPT_BACK
    assert scene.stock(prize_id).reserved == 1


@pytest.mark.parametrize(("value", "state"), [(5000, AwardState.OPEN), (5001, AwardState.KEPT_BACK)])
def test_a_prize_above_the_value_limit_is_kept_back(scene: Scene, value: int, state: AwardState) -> None:
    scene.add_prize(value_cents=value)
    award = scene.win(terms=replace(TERMS, value_limit_cents=5000))
    assert award is not None
    assert award.state == state
