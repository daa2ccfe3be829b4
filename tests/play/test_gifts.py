"""Gifts in a round, over the wire: how many were opened, what was in them, and what everybody else may know."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from prizes.award import Way
from prizes.moments import MILLISECOND
from prizes.prize import Prize, PrizeKind, Release
from prizes.stock import add_prize, restock
from prizes.ways import WAYS
from server.campaigns.campaign import Campaign
from server.db import Database, transaction
from server.simulation.rules import Rules
from tests.rig.app import PLAY_TERMS, add_campaign
from tests.rig.bot import BEGINNER, Skill
from tests.rig.clock import NOON
from tests.rig.play import Player, json_of

EVERY_WAVE = list(range(1, 10))
UNITS = 30
KEEN = Skill(error=0, pause=20, reaction=30, at_boss=0)  # opens most gifts


def add_gifts(database: Database, *, one_in: int = 1) -> str:
    """The campaign "gifted", a gift in every wave; the moments of its 30 plushes have come. The prize's id."""
    add_campaign(database, "gifted", review_line=1_000_000,
                 rules={"version": Rules().version, "gift_waves": EVERY_WAVE})
    with database.sessions() as session, transaction(session):
        campaign = session.scalars(select(Campaign).where(Campaign.slug == "gifted")).one()
        prize = Prize(campaign_id=campaign.id, names={"en": "Plush"}, kind=PrizeKind.PARCEL, value_cents=500,
                      per_player=UNITS, created_at=NOON)
        add_prize(session, prize)
        restock(session, prize.id, UNITS, NOON, "delivered")
        session.add(Release(prize_id=prize.id, number=1, units=UNITS, opens_at=campaign.opens_at,
                            closes_at=NOON - timedelta(hours=1)))
        way = WAYS[Way.INSTANT_WIN]
        way.set_up(session, campaign.id, {"one_in": one_in, "prizes": ["plush"]}, {"plush": prize.id})
        session.flush()
        assert not way.flaws(session, campaign.facts)
        way.seal(session, campaign.facts, PLAY_TERMS.award_terms(campaign, keep_back=False),
                 campaign.opens_at - MILLISECOND)
        return prize.id


def test_each_gift_that_was_hit_and_drawn_holds_a_prize(alice: Player, database: Database) -> None:
    prize_id = add_gifts(database)
    play = alice.play(1, KEEN, slug="gifted")
    opened = play.outcome["gifts"]["opened"]
    assert opened > 1
    assert play.outcome["gifts"] == {"opened": opened, "won": opened}
    assert [award["way"] for award in play.outcome["awards"]] == ["instant_win"] * opened
    assert {award["prize"]["id"] for award in play.outcome["awards"]} == {prize_id}
    assert {award["claim_before"] for award in play.outcome["awards"]} == {
        f"{play.clock.now + timedelta(hours=48):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"}
    assert play.present()["outcome"] == play.outcome


def test_the_last_wave_again_gets_the_same_prizes(alice: Player, database: Database) -> None:
    add_gifts(database)
    play = alice.play(1, KEEN, slug="gifted")
    first, last = play.outcome, [shot for shot in play.log if shot.tick >= 2364]
    assert json_of(play.submit(last, wave=9), 200) == {"outcome": first}


def test_a_gift_with_nothing_in_it_is_told_too(alice: Player, database: Database) -> None:
    add_gifts(database, one_in=10_000)
    play = alice.play(1, KEEN, slug="gifted")
    assert play.outcome["gifts"]["opened"] > 1
    assert (play.outcome["gifts"]["won"], play.outcome["awards"]) == (0, [])


def test_a_round_without_gifts_opened_none(alice: Player) -> None:
    assert alice.play(1, BEGINNER).outcome["gifts"] == {"opened": 0, "won": 0}


def test_a_held_round_says_that_something_was_in_its_gifts_and_keeps_it_back(alice: Player,
                                                                            database: Database) -> None:
    add_gifts(database)
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(review_line=1))
    outcome = alice.play(1, KEEN, slug="gifted").outcome
    assert (outcome["verdict"], outcome["awards"]) == ("held", [])
    assert outcome["gifts"]["won"] == outcome["kept_back"] == outcome["gifts"]["opened"] > 0


@pytest.mark.parametrize("hours", [0, 2])
def test_everybody_is_told_a_late_band_and_the_commitment(alice: Player, client: FlaskClient, database: Database,
                                                          hours: int) -> None:
    add_gifts(database)
    while alice.play(1, KEEN, slug="gifted").outcome["gifts"]["won"]:
        pass
    alice.clock.advance(hours=hours)
    shown = client.get("/api/v1/campaigns/gifted").get_json()
    assert [prize["left"] for prize in shown["prizes"]] == ["none" if hours else "many"]
    assert shown["instant_win"]["one_in"] == 1
    assert len(shown["instant_win"]["commitment"]) == 64
