"""A line is fixed once: who is passed over in it, when it waits, and when there is something to give."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award, Way
from prizes.draw import draw_with_witness, entries_of
from prizes.give_up import expire_awards, return_awards
from prizes.prize import Prize
from prizes.slots import Slot
from prizes.stock import restock
from prizes.way import Ranked
from prizes.ways import WAYS
from server.db import Database, is_sqlite, transaction
from tests.prizes.scene import CAMPAIGN, TERMS, Scene
from tests.prizes.test_later import DRAW, FACTS, PLAYERS, STANDINGS, close, drawing, enter, set_up, trip, winners
from tests.rig.clock import NOON

__all__ = ["trip"]  # a fixture


def test_a_slot_that_nobody_can_have_now_leaves_the_line_to_the_others(session: Session, scene: Scene,
                                                                       trip: str) -> None:
    gone = scene.add_prize(units=1, per_player=9)
    scene.win(player="zoe")
    prizes = [{"prize": "gone", "units": 1}, {"prize": "trip", "units": 3}]
    set_up(session, Way.DRAW, drawing(prizes=prizes), trip=trip, gone=gone)
    enter(session, *PLAYERS)
    assert close(session) == 5  # frozen, drawn, three slots filled
    assert close(session) == 0
    first, *others = winners(session)
    assert first is None
    assert None not in others
    with transaction(session):
        restock(session, gone, 1, NOON, "delivered")
    assert close(session) == 1
    assert None not in winners(session)
    assert audit(session) == []


def test_a_slot_waits_for_the_day_on_which_its_prize_may_be_won(session: Session, trip: str) -> None:
    with transaction(session):
        session.get_one(Prize, trip).per_day = 1
    set_up(session, Way.DRAW, drawing(), trip=trip)
    enter(session, *PLAYERS)
    for day in range(3):
        with transaction(session):
            DRAW.close(session, FACTS, lambda most: [], TERMS, NOON + timedelta(days=day))
        assert winners(session).count(None) == 2 - day
    assert session.scalars(select(Award.cause).order_by(Award.cause)).all() == ["1.1", "2.1", "3.1"]


def test_who_has_enough_of_a_prize_is_passed_over(session: Session, scene: Scene) -> None:
    dart = scene.add_prize(units=2)
    scene.win(player="alice")
    set_up(session, Way.DRAW, drawing(prizes=[{"prize": "dart", "units": 1}]), dart=dart)
    enter(session, "alice", "bob")
    close(session)
    assert winners(session) == ["bob"]


def test_an_entry_that_is_rejected_between_the_freeze_and_the_draw_stays_in_the_list_and_wins_nothing(
        session: Session, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(seed="witness"), trip=trip)
    enter(session, "alice", "bob")
    close(session)
    with transaction(session):
        DRAW.reject_round(session, FACTS, "alice0", NOON)
        draw_with_witness(session, CAMPAIGN, "notary", "4 2 6", NOON)
    close(session)
    assert winners(session) == ["bob", None, None]
    assert [entry.partition(" ")[0] for entry in entries_of(session, CAMPAIGN)] == ["alice0", "bob0"]


@pytest.mark.parametrize("way", [Way.STANDINGS, Way.DRAW])
def test_a_close_is_due_until_all_is_given_and_again_when_something_was_given_up(session: Session, trip: str,
                                                                                way: Way) -> None:
    def is_due(later: timedelta = timedelta()) -> bool:
        return WAYS[way].is_due(session, FACTS, TERMS, NOON + later)

    assert not is_due()
    set_up(session, way, drawing() if way == Way.DRAW else [{"from": 1, "to": 3, "prize": "trip"}], trip=trip)
    enter(session, *PLAYERS)
    assert is_due()
    close(session, *PLAYERS, way=way)
    assert not is_due()
    for turn in range(3):  # two reserves, then nobody is left: that is found once
        holder = session.scalars(select(Award.round_id).join(Slot)).first()
        with transaction(session):
            assert return_awards(session, str(holder), NOON, "word")
        assert is_due(), turn
        close(session, *PLAYERS, way=way)
        assert not is_due(), turn


def test_a_place_waits_for_a_persons_word_as_long_as_it_takes(session: Session, trip: str) -> None:
    set_up(session, Way.STANDINGS, [{"from": 1, "to": 1, "prize": "trip"}], trip=trip)
    close(session, "alice", way=Way.STANDINGS)
    with transaction(session):
        assert expire_awards(session, NOON + timedelta(days=99), 9) == 0
    assert winners(session, Way.STANDINGS) == ["alice"]


def test_who_left_the_best_rounds_in_the_middle_is_passed_over_however_many_they_are(session: Session,
                                                                                     trip: str) -> None:
    set_up(session, Way.STANDINGS, [{"from": 1, "to": 2, "prize": "trip"}], trip=trip)
    ranked = [Ranked(f"left{number}", f"left{number}", 900, NOON, may_win=False) for number in range(60)]
    ranked += [Ranked(player, f"{player}0", 100, NOON) for player in ("alice", "bob")]
    with transaction(session):
        STANDINGS.close(session, FACTS, lambda most: ranked[:most], TERMS, NOON)
    assert winners(session, Way.STANDINGS) == ["alice", "bob"]


def test_a_frozen_entry_is_not_replaced_by_its_number(session: Session, database: Database, trip: str) -> None:
    """PostgreSQL knows no such statement, and refuses the nearest one."""
    set_up(session, Way.DRAW, drawing(), trip=trip)
    enter(session, "alice")
    close(session)
    other = ("INSERT OR REPLACE INTO draw_entry (rowid, campaign_id, round_id, player_id) "
             "SELECT rowid, 'other', 'round', 'mona' FROM draw_entry" if is_sqlite(database.engine) else
             "UPDATE draw_entry SET campaign_id = 'other'")
    with pytest.raises(DBAPIError, match="frozen"), database.engine.begin() as connection:
        connection.execute(text(other))
