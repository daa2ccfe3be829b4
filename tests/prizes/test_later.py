"""What is given at the close: places and draws, to whom, once, and to whom next."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award, AwardState, Way
from prizes.draw import DrawEntry, DrawFreeze, DrawResult, DrawTerms, draw, draw_with_witness, entries_of, secret_of
from prizes.give_up import expire_awards, lock_desks, return_awards
from prizes.lottery import drawn_order, seed_of
from prizes.merkle import merkle_root
from prizes.slots import slots_of
from prizes.way import BadSettings, CampaignFacts, FinishedRound, Ranked
from prizes.ways import WAYS
from prizes.ways.standings import confirm_places
from server.db import Database, transaction
from tests.prizes.scene import CAMPAIGN, TERMS, Scene
from tests.rig.clock import NOON
from tests.rig.race import Race

FACTS = CampaignFacts(CAMPAIGN, NOON - timedelta(days=9), NOON, "UTC")
STANDINGS, DRAW = WAYS[Way.STANDINGS], WAYS[Way.DRAW]


@pytest.fixture
def trip(scene: Scene) -> str:
    """A prize of three units that is on no ladder."""
    return scene.add_prize(units=3, score=10_000_000, per_player=9)


def set_up(session: Session, way: Way, settings: object, **prizes: str) -> None:
    with transaction(session):
        WAYS[way].set_up(session, CAMPAIGN, settings, prizes)
        WAYS[way].seal(session, FACTS, TERMS, NOON)


def drawing(units: int = 3, **choices: Any) -> dict[str, Any]:
    return {"prizes": [{"prize": "trip", "units": units}], "most_entries": 10, "reserves": 10, "seed": "secret",
            **choices}


def finished(player: str, number: int, score: int = 0) -> FinishedRound:
    return FinishedRound(f"{player}{number}", player, None, score, 5, (), b"s" * 32, NOON, may_win=True)


def enter(session: Session, *players: str, rounds: int = 1) -> None:
    """So many accepted rounds of each player."""
    with transaction(session):
        for player in players:
            for number in range(rounds):
                DRAW.accept_round(session, FACTS, finished(player, number), TERMS, NOON)


def close(session: Session, *best: str, way: Way = Way.DRAW) -> int:
    """Close with these players in order, the best first."""
    ranked = [Ranked(player, f"{player}0", 900 - place, NOON) for place, player in enumerate(best)]
    with transaction(session):
        lock_desks(session, [CAMPAIGN])
        return WAYS[way].close(session, FACTS, lambda most: ranked[:most], TERMS, NOON)


def winners(session: Session, way: Way = Way.DRAW) -> list[str | None]:
    """Who has each slot now."""
    session.expire_all()
    return [given.award.player_id if given.award else None for given in slots_of(session, CAMPAIGN, way)]


PLAYERS = ("alice", "bob", "charlie", "mona", "nobody")


def test_a_campaign_tells_how_much_is_drawn_and_what_the_secret_is_bound_to(session: Session, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(units=2), trip=trip)
    bound = hashlib.sha256(secret_of(TERMS.plan_key, CAMPAIGN)).hexdigest()
    assert DRAW.shown(session, FACTS, NOON) == {
        "draw": {"units": 2, "most_entries": 10, "seed_by": "secret", "commitment": bound}}


def test_a_draw_by_a_witness_is_bound_to_nothing_before(session: Session, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(seed="witness"), trip=trip)
    assert DRAW.shown(session, FACTS, NOON) == {"draw": {"units": 3, "most_entries": 10, "seed_by": "witness"}}


def test_a_campaign_without_a_draw_tells_of_none(session: Session) -> None:
    assert DRAW.shown(session, FACTS, NOON) == {}


def test_the_best_players_get_the_places_once_a_person_has_looked(session: Session, trip: str) -> None:
    set_up(session, Way.STANDINGS, [{"from": 1, "to": 3, "prize": "trip"}], trip=trip)
    assert close(session, *PLAYERS, way=Way.STANDINGS) == 3
    assert winners(session, Way.STANDINGS) == ["alice", "bob", "charlie"]
    assert {award.state for award in session.scalars(select(Award))} == {AwardState.KEPT_BACK}
    with transaction(session):
        assert [award.player_id for award in confirm_places(session, CAMPAIGN, [2], 14, NOON)] == ["bob"]
        assert [award.player_id for award in confirm_places(session, CAMPAIGN, [], 14, NOON)] == ["alice", "charlie"]
        assert confirm_places(session, CAMPAIGN, [], 14, NOON) == []
    assert audit(session) == []


def test_a_place_whose_round_is_rejected_or_that_nobody_claims_falls_to_the_next_in_line(session: Session,
                                                                                     trip: str) -> None:
    set_up(session, Way.STANDINGS, [{"from": 1, "to": 2, "prize": "trip"}], trip=trip)
    close(session, *PLAYERS, way=Way.STANDINGS)
    with transaction(session):
        return_awards(session, "alice0", NOON, "round_rejected")
        STANDINGS.reject_round(session, FACTS, "charlie0", NOON)  # a reserve who was found out, too
    close(session, way=Way.STANDINGS)
    assert winners(session, Way.STANDINGS) == ["mona", "bob"]
    with transaction(session):
        confirm_places(session, CAMPAIGN, [2], 14, NOON)
        assert expire_awards(session, NOON + timedelta(days=14), 9) == 1
    close(session, way=Way.STANDINGS)
    assert winners(session, Way.STANDINGS) == ["mona", "nobody"]
    assert audit(session) == []


@pytest.mark.parametrize("way", [Way.STANDINGS, Way.DRAW])
@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_every_prize_ends_as_awarded_or_as_left_over(session: Session, scene: Scene, trip: str, way: Way,
                                                     count: int) -> None:
    settings = drawing() if way == Way.DRAW else [{"from": 1, "to": 3, "prize": "trip"}]
    set_up(session, way, settings, trip=trip)
    enter(session, *PLAYERS[:count])
    close(session, *PLAYERS[:count], way=way)
    slots = [given.slot for given in slots_of(session, CAMPAIGN, way)]
    assert sum(slot.award_id is not None for slot in slots) == min(3, count)
    assert all(slot.is_over for slot in slots if slot.award_id is None)
    assert scene.stock(trip).reserved == min(3, count)
    assert close(session, *PLAYERS[:count], way=way) == 0


def test_a_draw_is_recomputed_from_what_is_public(session: Session, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(), trip=trip)
    enter(session, *PLAYERS, rounds=4)
    close(session)
    entries = list(entries_of(session, CAMPAIGN))
    frozen, result = session.get_one(DrawFreeze, CAMPAIGN), session.get_one(DrawResult, CAMPAIGN)
    assert (len(entries), entries) == (20, sorted(entries))
    assert frozen.root == merkle_root(entry.encode() for entry in entries).hex()
    seed = seed_of(bytes.fromhex(frozen.root), secret_of(TERMS.plan_key, CAMPAIGN))
    assert result.seed == seed.hex()
    drawn = dict.fromkeys(entries[number].partition(" ")[0].rstrip("0123456789") for number in drawn_order(seed, 20))
    assert winners(session) == list(drawn)[:3]


def test_a_draws_slot_that_nobody_claims_falls_to_the_reserves_in_drawn_order(session: Session, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(units=1), trip=trip)
    enter(session, *PLAYERS)
    close(session)
    seen = winners(session)
    for turn in range(1, 6):
        with transaction(session):
            assert expire_awards(session, NOON + timedelta(days=60), 9) == 1
        close(session)
        seen += winners(session)
        causes = sorted(session.scalars(select(Award.cause)))
        assert causes == [f"1.{number}" for number in range(1, min(turn, 4) + 2)]
    assert sorted(str(one) for one in seen[:5]) == sorted(PLAYERS)
    assert seen[5] is None
    assert audit(session) == []


def test_a_player_has_so_many_entries_and_no_more(session: Session, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(most_entries=3), trip=trip)
    enter(session, "alice", rounds=5)
    with transaction(session):
        DRAW.reject_round(session, FACTS, "alice1", NOON)
        DRAW.reject_round(session, FACTS, "alice4", NOON)  # never had one
    enter(session, "alice", rounds=0)
    with transaction(session):
        DRAW.accept_round(session, FACTS, finished("alice", 7), TERMS, NOON)
        DRAW.accept_round(session, FACTS, finished("alice", 8), TERMS, NOON)
    assert list(entries_of(session, CAMPAIGN)) == ["alice0", "alice2", "alice7"]
    assert audit(session) == []


def test_a_witness_draws_once_and_a_second_value_changes_nothing(session: Session, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(seed="witness"), trip=trip)
    enter(session, *PLAYERS)
    with pytest.raises(ValueError, match="not frozen yet"), transaction(session):
        draw_with_witness(session, CAMPAIGN, "notary", "4 2 6", NOON)
    assert close(session) == 1
    assert winners(session) == []
    with transaction(session):
        assert draw_with_witness(session, CAMPAIGN, "notary", "4 2 6", NOON)
    first = session.get_one(DrawResult, CAMPAIGN).seed
    with transaction(session):
        assert not draw_with_witness(session, CAMPAIGN, "notary", "1 1 1", NOON)
    assert session.get_one(DrawResult, CAMPAIGN, populate_existing=True).seed == first
    assert close(session) == 3


@pytest.mark.parametrize("statement", [
    "INSERT INTO draw_entry VALUES ('campaign', 'late', 'mona')",
    "DELETE FROM draw_entry WHERE round_id = 'alice0'",
    "UPDATE draw_entry SET player_id = 'bob'",
    "UPDATE draw_entry SET campaign_id = 'other'",
    "DELETE FROM draw_freeze",
    "UPDATE draw_result SET seed = '00'",
    "INSERT INTO draw_result SELECT campaign_id, '00', value_hash, at FROM draw_result",
])  # fmt: skip
def test_the_database_refuses_to_touch_what_was_frozen_and_drawn(session: Session, database: Database, trip: str,
                                                                 statement: str) -> None:
    set_up(session, Way.DRAW, drawing(), trip=trip)
    enter(session, "alice", "bob")
    close(session)
    with pytest.raises(DBAPIError), database.engine.begin() as connection:
        connection.execute(text(statement))


def test_entries_of_a_campaign_that_still_runs_may_change(database: Database, session: Session, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(), trip=trip)
    enter(session, "alice")
    close(session)
    with database.engine.begin() as connection:
        connection.execute(text("INSERT INTO draw_entry VALUES ('other', 'round', 'mona')"))


def test_who_plays_after_the_freeze_is_not_in_the_draw(session: Session, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(), trip=trip)
    close(session)
    enter(session, "alice")
    assert session.scalars(select(DrawEntry.round_id)).all() == []


def test_sixteen_closes_at_once_draw_once(session: Session, database: Database, race: Race, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(), trip=trip)
    enter(session, *PLAYERS)
    assert sum(race(close, players=16)) == 5  # frozen, drawn, three slots filled
    assert len(set(winners(session))) == 3
    assert audit(session) == []


def test_without_the_key_two_draws_at_once_both_believe_to_be_the_first(session: Session, race: Race,
                                                                        trip: str) -> None:
    """The control: read whether there is a result, then act on it."""
    set_up(session, Way.DRAW, drawing(), trip=trip)

    def believes(own: Session) -> bool:
        return own.scalar(select(DrawResult.seed)) is None

    assert race(believes, players=2) == [True, True]


def test_a_draw_that_is_repeated_keeps_its_first_result(session: Session, trip: str) -> None:
    set_up(session, Way.DRAW, drawing(), trip=trip)
    enter(session, *PLAYERS)
    close(session)
    with transaction(session):
        assert draw(session, session.get_one(DrawTerms, CAMPAIGN), b"another value", NOON) == 0


@pytest.mark.parametrize(("way", "settings", "sentence"), [
    (Way.STANDINGS, {}, "standings must be a list"),
    (Way.STANDINGS, [{"from": 1}], "line 1 must have from, to and prize"),
    (Way.STANDINGS, [{"from": 2, "to": 3, "prize": "trip"}], "place 1 has no prize"),
    (Way.STANDINGS, [{"from": 1, "to": "x", "prize": "trip"}], "whole numbers"),
    (Way.STANDINGS, [{"from": 1, "to": 1, "prize": "gold"}], "no prize 'gold'"),
    (Way.DRAW, {"prizes": []}, "draw must have"),
    (Way.DRAW, drawing(seed="dice"), "witness or secret, not 'dice'"),
    (Way.DRAW, drawing(most_entries=0), "most_entries must be a whole number from 1"),
    (Way.DRAW, drawing(prizes=[]), "prizes must be a list"),
    (Way.STANDINGS, [{"from": 1, "to": 1, "prize": ["trip"]}], "no prize"),
    (Way.LADDER, [{"score": 1, "prize": {}}], "no prize"),
    (Way.DRAW, drawing(prizes=[{"prize": [], "units": 1}]), "no prize"),
    (Way.DRAW, drawing(prizes=[{"prize": "gold", "units": 1}]), "no prize 'gold'"),
    (Way.DRAW, drawing(units=0), "units must be a whole number from 1"),
])  # fmt: skip
def test_settings_that_cannot_be_are_named(session: Session, trip: str, way: Way, settings: object,
                                           sentence: str) -> None:
    with pytest.raises(BadSettings, match=sentence), transaction(session):
        WAYS[way].set_up(session, CAMPAIGN, settings, {"trip": trip})


@pytest.mark.parametrize(("way", "make"), [
    (Way.STANDINGS, lambda: [{"from": 1, "to": 1, "prize": "trip"}, {"from": 2, "to": 3, "prize": "trip"}]),
    (Way.DRAW, drawing),
])  # fmt: skip
def test_settings_come_back_as_they_were_given(session: Session, trip: str, way: Way,
                                               make: Callable[[], object]) -> None:
    assert WAYS[way].settings_of(session, CAMPAIGN, {trip: "trip"}) is None
    set_up(session, way, make(), trip=trip)
    assert WAYS[way].settings_of(session, CAMPAIGN, {trip: "trip"}) == make()
    assert WAYS[way].most_awards(session, FACTS) == {trip: 3}
    assert WAYS[way].is_used(session, CAMPAIGN)
