"""All five ways to win in one race: nothing oversold, nothing doubled, no cap passed, and the books agree."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from prizes.award import Award, Way
from prizes.stock import restock, take_one
from server.db import Database
from server.play.close_round import Judgement
from server.play.round import Round, RoundState, Verdict
from tests.race.fair import CLOSING, PLAYING, PRIZES, Fair
from tests.rig.race import PATIENCE_S, Race

PLAYERS = 16


@pytest.fixture
def fair(database: Database) -> Fair:
    return Fair(database)


def test_in_1_120_tries_at_all_five_ways_nothing_is_oversold_or_doubled(fair: Fair, race: Race) -> None:
    race(fair.attempt(PLAYING), players=PLAYERS, attempts=50)
    fair.open_for_all()
    race(fair.attempt(CLOSING), players=PLAYERS, attempts=20)
    fair.finish()
    assert fair.tries == 1_120
    assert fair.faults() == []
    with fair.database.sessions() as session:
        awards = session.scalars(select(Award)).all()
    assert {award.way for award in awards} == set(Way)
    assert sum(award.prize_id == "coupon" for award in awards) >= PRIZES["coupon"][1]  # more wanted one than there were
    assert fair.outcomes["ended by another"] > 0  # they did meet


def test_two_who_find_a_round_open_both_end_it_if_the_end_does_not_ask_again(
        fair: Fair, race: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the race: both have read before either writes, and what the round gives is given twice."""
    with fair.database.sessions() as session:
        round_id = fair.open(session, 0).id
    both_have_read = Barrier(2, timeout=PATIENCE_S)

    def naive_end(session: Session, round_: Round, judgement: Judgement) -> Round | None:
        end = update(Round).where(Round.id == round_.id).values(
            state=RoundState.CLOSED, closed_at=judgement.closed_at, hits=judgement.replay.hits, score=1,
            secret=judgement.secret.hex(), verdict=judgement.verdict, ending=judgement.ending)
        return session.scalar(end.returning(Round).execution_options(populate_existing=True))

    def judge_at_once(*args: Any) -> Judgement:
        both_have_read.wait()
        return replace(Judgement(*args), signs=(), verdict=Verdict.ACCEPTED)  # one that is held gives nothing yet

    def attempt(session: Session) -> str:
        return fair.end(session, session.get_one(Round, round_id))

    monkeypatch.setattr("tests.race.fair.Judgement", judge_at_once)
    monkeypatch.setattr("server.play.close_round._write_end", naive_end)
    with pytest.raises(IntegrityError, match=r"draw_entry|keepsake"):  # the database is the last referee
        race(attempt, players=2)


def take_what_nobody_delivered(session: Session, prize_id: str, award_id: str, now: datetime, *_: int) -> bool:
    """The books agree, and there are too many awards."""
    return restock(session, prize_id, 1, now, "made_up") and take_one(session, prize_id, award_id, now)


@pytest.mark.parametrize(("broken", "by", "told"), [
    ("prizes.award_prize.take_one", take_what_nobody_delivered, "have coupon, of which there are 25"),
    ("prizes.award_prize.count_in", lambda *_: None, "the cap of day cap"),
], ids=["too many", "past a cap"])  # fmt: skip
def test_what_is_broken_is_told(fair: Fair, race: Race, monkeypatch: pytest.MonkeyPatch, broken: str,
                                by: Callable[..., Any], told: str) -> None:
    """The control of the checks."""
    monkeypatch.setattr(broken, by)
    race(fair.attempt(PLAYING), players=PLAYERS, attempts=25)
    assert any(told in fault for fault in fair.faults())
