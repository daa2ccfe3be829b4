"""The plan of instant wins: what may be published, what is told of it, and that nothing else can be read."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from prizes.moments import MILLISECOND, milliseconds
from prizes.planned import PlannedPrize, bands_left, is_planned
from prizes.prize import Release
from prizes.stock import restock
from prizes.way import BadSettings
from prizes.ways.ladder import add_step
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
    won_and_expired,
)
from tests.rig.dump import dump


@pytest.fixture
def scene(database: Database) -> InstantScene:
    return InstantScene(database)


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
