"""What becomes of an award: released, taken back, expired, and the units with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import RULED_WITHIN, Award, AwardState, awards_of_player, awards_of_round, release_awards
from prizes.claim import Contact, claim, claim_code
from prizes.give_up import expire_awards, return_awards
from prizes.ledger import Move
from prizes.way import AwardTerms
from server.db import transaction
from tests.prizes.scene import TERMS, Scene
from tests.rig.clock import NOON

KEPT_BACK = replace(TERMS, keep_back=True)
LATER = NOON + timedelta(days=5)
DEADLINE = NOON + timedelta(days=30)


def states(scene: Scene) -> list[AwardState]:
    return [award.state for award in scene.awards()]


def release(session: Session, round_id: str, now: datetime) -> list[Award]:
    with transaction(session):
        return release_awards(session, round_id, now, claim_days=30)


def take_back(session: Session, round_id: str) -> int:
    with transaction(session):
        return return_awards(session, round_id, LATER, "round_rejected")


def expire(session: Session, now: datetime, most: int = 100) -> int:
    with transaction(session):
        return expire_awards(session, now, most)


def claim_award(session: Session, award: Award, now: datetime = NOON) -> None:
    with transaction(session):
        claim(session, claim_code(TERMS.claim_key, award.id), Contact("alice@example.org", ""), now)


@pytest.fixture(autouse=True)
def books_agree_in_the_end(scene: Scene, session: Session) -> Iterator[None]:
    yield
    session.rollback()
    assert audit(session) == []


def test_the_deadline_of_a_released_award_counts_from_its_release(session: Session, scene: Scene) -> None:
    scene.add_prize()
    scene.win(round_id="r", terms=KEPT_BACK)
    released = release(session, "r", LATER)
    assert [(award.state, award.claim_before) for award in released] == [
        (AwardState.OPEN, LATER + timedelta(days=30))]


def test_a_second_release_releases_nothing_and_moves_no_deadline(session: Session, scene: Scene) -> None:
    scene.add_prize()
    scene.win(round_id="r", terms=KEPT_BACK)
    release(session, "r", NOON)
    assert release(session, "r", LATER) == []
    assert scene.awards()[0].claim_before == DEADLINE


def test_releasing_a_round_releases_no_other_one(session: Session, scene: Scene) -> None:
    scene.add_prize(units=2)
    scene.win(round_id="r", terms=KEPT_BACK)
    scene.win(round_id="s", player="charlie", terms=KEPT_BACK)
    release(session, "r", NOON)
    assert sorted(states(scene)) == [AwardState.KEPT_BACK, AwardState.OPEN]


@pytest.mark.parametrize("terms", [TERMS, KEPT_BACK])
def test_a_rejected_round_gives_its_unit_back_through_the_ledger(
        session: Session, scene: Scene, terms: AwardTerms) -> None:
    prize_id = scene.add_prize()
    scene.win(round_id="r", terms=terms)
    assert take_back(session, "r") == 1
    assert states(scene) == [AwardState.RETURNED]
    assert scene.stock(prize_id).free == 1
    assert [entry.reason for entry in scene.ledger() if entry.move == Move.RETURNED] == ["round_rejected"]


def test_an_award_is_taken_back_once(session: Session, scene: Scene) -> None:
    prize_id = scene.add_prize(units=5)
    scene.win(round_id="r")
    scene.win(round_id="s", player="charlie")
    assert (take_back(session, "r"), take_back(session, "r")) == (1, 0)
    assert scene.stock(prize_id).reserved == 1


def test_a_claimed_award_is_not_taken_back(session: Session, scene: Scene) -> None:
    prize_id = scene.add_prize()
    award = scene.win(round_id="r")
    assert award is not None
    claim_award(session, award)
    assert take_back(session, "r") == 0
    assert scene.stock(prize_id).awarded == 1


def test_who_gave_a_unit_back_may_win_the_prize_again(session: Session, scene: Scene) -> None:
    scene.add_prize(units=5)
    scene.win(round_id="r")
    assert scene.win(round_id="s") is None
    take_back(session, "r")
    assert scene.win(round_id="s") is not None


@pytest.mark.parametrize(("seconds", "expired"), [(-1, 0), (0, 1), (1, 1)])
def test_an_award_expires_exactly_at_its_deadline(
        session: Session, scene: Scene, seconds: int, expired: int) -> None:
    prize_id = scene.add_prize()
    scene.win()
    assert expire(session, DEADLINE + timedelta(seconds=seconds)) == expired
    assert scene.stock(prize_id).free == expired


def test_an_award_kept_back_waits_a_week_for_its_person(session: Session, scene: Scene) -> None:
    scene.add_prize()
    scene.win(terms=KEPT_BACK)
    assert expire(session, NOON + RULED_WITHIN - timedelta(seconds=1)) == 0
    assert expire(session, NOON + RULED_WITHIN) == 1


def test_a_claimed_award_does_not_expire(session: Session, scene: Scene) -> None:
    scene.add_prize()
    award = scene.win()
    assert award is not None
    claim_award(session, award)
    assert expire(session, DEADLINE) == 0


def test_the_oldest_expire_first_and_no_more_than_asked_for(session: Session, scene: Scene) -> None:
    prize_id, other_id = scene.add_prize(units=3, score=100), scene.add_prize(units=3, score=200)
    for day, player in enumerate("abcd"):
        scene.now = NOON + timedelta(days=day)
        scene.win(score=200 if day % 2 else 100, player=player)
    late = DEADLINE + timedelta(days=9)
    assert expire(session, late, most=3) == 3
    assert [award.player_id for award in scene.awards() if award.state == AwardState.OPEN] == ["d"]
    assert [expire(session, late, most=3) for _ in range(2)] == [1, 0]
    assert (scene.stock(prize_id).free, scene.stock(other_id).free) == (3, 3)


def test_awards_are_found_by_round_and_by_player(session: Session, scene: Scene) -> None:
    scene.add_prize(units=9, per_player=9)
    scene.win(round_id="r")
    scene.win(round_id="s")
    scene.win(round_id="t", player="charlie")
    assert [award.round_id for award in awards_of_round(session, "s")] == ["s"]
    assert sorted(award.round_id for award in awards_of_player(session, "alice")) == ["r", "s"]


def test_a_transaction_that_fails_leaves_neither_award_nor_line(session: Session, scene: Scene) -> None:
    prize_id = scene.add_prize()
    scene.win(round_id="r")
    with pytest.raises(ZeroDivisionError), transaction(session):
        _ = return_awards(session, "r", NOON, "round_rejected") / 0
    assert states(scene) == [AwardState.OPEN]
    assert scene.stock(prize_id).reserved == 1


def test_states_are_stored_as_their_words_and_read_as_states(session: Session, scene: Scene) -> None:
    scene.add_prize()
    scene.win()
    assert session.scalar(text("SELECT state FROM award")) == "open"
    assert scene.awards()[0].state is AwardState.OPEN
