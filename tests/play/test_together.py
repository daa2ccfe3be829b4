"""The boss's shared life over the wire: which rounds drain it, who hears of it, what a page shows of it."""

import pytest
from sqlalchemy import select, update

from prizes.award import Way
from prizes.prize import Prize, PrizeKind, Release, SharedLife
from prizes.stock import add_prize, restock
from prizes.ways import WAYS
from prizes.ways.community import Community
from server.announce import fold
from server.campaigns.campaign import Campaign, find_campaign
from server.db import Database, transaction
from server.outbox import Tail
from server.play.rule_on_round import reject_round, release_round
from server.play.ways_in_use import ways_in_use
from tests.rig.app import PLAY_TERMS
from tests.rig.bot import GOOD
from tests.rig.clock import NOON, FakeClock
from tests.rig.play import Play, Player, json_of


@pytest.fixture
def campaign(database: Database, app: object) -> Campaign:
    """The demo, whose boss has a life now: at 5 hits a badge for all, at 9 two caps more."""
    with database.sessions() as session, transaction(session):
        boss = find_campaign(session, "boss")
        assert boss is not None
        badge = add_prize(session, Prize(campaign_id=boss.id, names={"en": "Badge"}, kind=PrizeKind.BADGE,
                                         value_cents=0, is_unlimited=True, created_at=NOON))
        cap = add_prize(session, Prize(campaign_id=boss.id, names={"en": "Cap"}, kind=PrizeKind.PARCEL,
                                       value_cents=900, created_at=NOON))
        restock(session, cap.id, 3, NOON, "delivered")
        session.add(Release(prize_id=cap.id, number=1, units=2, at_hits=9))
        steps = [{"at": 5, "prize": "badge"}, {"at": 9, "release": "cap"}]
        Community().set_up(session, boss.id, {"life": 1_000, "steps": steps}, {"badge": badge.id, "cap": cap.id})
        return boss


def drained(database: Database) -> int:
    with database.sessions() as session:
        return session.scalars(select(SharedLife.drained)).one()


def test_an_accepted_round_drains_its_hits_and_its_outcome_tells_the_prize_that_opened(
        campaign: Campaign, database: Database, alice: Player) -> None:
    outcome = alice.play(1, GOOD, enough=4_000).outcome
    assert drained(database) == outcome["hits"] > 9
    assert [award["prize"]["name"] for award in outcome["awards"] if award["way"] == "community"] == ["Badge"]


def test_a_held_round_drains_once_a_person_has_released_it(campaign: Campaign, database: Database, held: Play) -> None:
    assert drained(database) == 0
    with database.sessions() as session:
        release_round(session, held.id, "Mona", PLAY_TERMS, NOON)
    assert drained(database) == held.outcome["hits"]


def test_a_rejected_round_never_drains(campaign: Campaign, database: Database, held: Play) -> None:
    with database.sessions() as session:
        reject_round(session, held.id, "cheat", "Mona", NOON)
    assert drained(database) == 0


def test_the_public_answer_tells_the_life_and_only_what_is_released(campaign: Campaign, alice: Player) -> None:
    before = json_of(alice.get("/campaigns/boss"), 200)
    hits = alice.play(1, GOOD, enough=4_000).outcome["hits"]
    after = json_of(alice.get("/campaigns/boss"), 200)
    assert [one["boss_life"]["left"] for one in (before, after)] == [1_000, 1_000 - hits]
    opened = [[step["open"] for step in one["boss_life"]["steps"]] for one in (before, after)]
    assert opened == [[False, False], [True, True]]
    by_name = [{prize["name"]: prize for prize in one["prizes"]} for one in (before, after)]
    assert [prizes["Cap"]["left"] for prizes in by_name] == [1, 3]
    assert [prizes["Badge"]["left"] for prizes in by_name] == ["many"] * 2
    assert by_name[0]["Badge"]["ways"] == ["community"]
    assert by_name[0]["Stickers to print"]["ways"] == ["ladder"]


def test_many_rounds_are_told_as_one_present_of_the_life(
        campaign: Campaign, database: Database, clock: FakeClock, alice: Player) -> None:
    tail = Tail()
    with database.sessions() as session:
        tail.read(session, clock())
    hits = sum(alice.play(number, GOOD, enough=4_000).outcome["hits"] for number in range(2))
    with database.sessions() as session:
        update = fold(session, session.get_one(Campaign, campaign.id), tail.read(session, clock()), clock())
    assert update["boss_life"]["left"] == 1_000 - hits
    assert "prizes" in update


def test_a_campaign_without_a_life_tells_nothing_of_one(alice: Player) -> None:
    assert "boss_life" not in json_of(alice.get("/campaigns/boss"), 200)


def test_the_ways_of_a_sealed_campaign_are_looked_up_once(campaign: Campaign, database: Database) -> None:
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.id == campaign.id).values(sealed_at=NOON))
    with database.sessions() as session:
        sealed = session.get_one(Campaign, campaign.id)
        first = ways_in_use(session, sealed)
        assert WAYS[Way.COMMUNITY] in first
        session.close()
        assert ways_in_use(session, sealed) is first
