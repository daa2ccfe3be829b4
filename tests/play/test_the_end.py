"""The end of a campaign: who was in it, whoever is slow, and what a draft's dates do not do."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from prizes.award import Award, Way
from prizes.draw import DrawFreeze, DrawResult
from prizes.slots import Slot, slots_of
from server.campaigns.campaign import Campaign, CampaignState, Turn, get_campaign
from server.campaigns.load_draft import load_draft
from server.campaigns.publish import publish
from server.campaigns.turn_campaign import turn_campaign
from server.db import Database
from server.errors import Problem
from server.play import close_campaign as closing
from server.play.close_campaign import SETTLED_AFTER, close_campaign
from server.play.open_round import open_round, require_may_open
from server.players.player import Player as PlayerRow
from server.runner import run_due
from tests.campaigns.drafts import TOYS_FILE, read
from tests.play.later import CLOSES_AT, OVER, later_campaign, popshot
from tests.rig.app import PLAY_TERMS, terms_of
from tests.rig.bot import BEGINNER, GOOD
from tests.rig.clock import NOON, FakeClock
from tests.rig.play import Player

SOON = timedelta(milliseconds=1)


def open_late(database: Database, alice: Player) -> int:
    """Alice may open a round, the campaign closes, and then her round is written; how much the close has done."""
    with database.sessions() as session, database.sessions() as other:
        campaign, player = get_campaign(session, "later"), session.get_one(PlayerRow, alice.id)
        require_may_open(session, player, campaign, PLAY_TERMS, CLOSES_AT - SOON)
        session.rollback()
        done = close_campaign(other, get_campaign(other, "later"), PLAY_TERMS, CLOSES_AT + SOON)
        open_round(session, player, campaign, PLAY_TERMS, CLOSES_AT - SOON)
    return done


def test_without_a_wait_a_round_that_opens_as_the_campaign_closes_misses_draw_and_places(
        app: Flask, alice: Player, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the freeze sees no open round, since that one is not written yet."""
    later_campaign(database, "secret")
    monkeypatch.setattr(closing, "SETTLED_AFTER", timedelta())
    assert open_late(database, alice) > 0
    with database.sessions() as session:
        assert session.scalars(select(DrawFreeze.entries)).all() == [0]


def test_a_round_that_opens_as_the_campaign_closes_is_waited_for(app: Flask, alice: Player, database: Database,
                                                                 clock: FakeClock) -> None:
    later_campaign(database, "secret")
    assert open_late(database, alice) == 0
    with database.sessions() as session:
        assert close_campaign(session, get_campaign(session, "later"), PLAY_TERMS, OVER) == 0  # it is played


@pytest.mark.parametrize(("turn", "code"), [(Turn.END, "campaign_closed"), (Turn.PAUSE, "campaign_paused")])
def test_a_round_does_not_open_in_a_campaign_that_was_turned_since_it_was_asked(
        app: Flask, alice: Player, database: Database, turn: Turn, code: str) -> None:
    later_campaign(database, "secret")
    with database.sessions() as session, database.sessions() as other:
        campaign, player = get_campaign(session, "later"), session.get_one(PlayerRow, alice.id)
        require_may_open(session, player, campaign, PLAY_TERMS, NOON)
        session.rollback()
        assert turn_campaign(other, "later", turn, "why", "bob", NOON)
        with pytest.raises(Problem) as refused:
            open_round(session, player, campaign, PLAY_TERMS, NOON)
    assert refused.value.code == code


def test_a_campaign_that_staff_end_early_settles_before_its_draw(app: Flask, alice: Player, database: Database,
                                                                clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    alice.play(1, BEGINNER, slug=slug)
    ended_at = clock()
    with database.sessions() as session:
        assert turn_campaign(session, slug, Turn.END, "storm", "bob", ended_at)
    clock.now = ended_at + SETTLED_AFTER - SOON
    assert alice.get(f"/campaigns/{slug}/draw").get_json()["state"] == "open"
    clock.now = ended_at + SETTLED_AFTER
    assert alice.get(f"/campaigns/{slug}/draw").get_json()["state"] == "drawn"


def load_fair(database: Database, opens: timedelta, closes: timedelta) -> None:
    """The example with all ways as a draft, with its window so long after noon."""
    text = (TOYS_FILE.parent / "fair.toml").read_text("utf-8").replace("Europe/Paris", "UTC")
    for moment, span in (("2027-06-01T09:00:00", opens), ("2027-07-01T00:00:00", closes)):
        text = text.replace(moment, f"{NOON + span:%Y-%m-%dT%H:%M:%S}")
    with database.sessions() as session:
        load_draft(session, read(text.encode()), NOON)


def flaws_of_fair(database: Database) -> list[str]:
    with database.sessions() as session:
        return [flaw.code for flaw in publish(session, "fair", terms_of, NOON).flaws]


def test_a_draft_whose_dates_are_over_is_not_closed_and_can_be_published_with_new_ones(database: Database) -> None:
    load_fair(database, timedelta(days=-9), timedelta(days=-2))
    with database.sessions() as session:
        run_due(session, PLAY_TERMS, NOON)
        draft = session.scalars(select(Campaign)).one()
        assert close_campaign(session, draft, PLAY_TERMS, NOON) == 0
        assert [session.scalars(select(table)).all() for table in (DrawFreeze, DrawResult, Slot)] == [[], [], []]
    load_fair(database, timedelta(), timedelta(days=2))
    assert flaws_of_fair(database) == []


def test_a_draft_whose_draw_and_places_were_given_by_mistake_is_not_published(database: Database) -> None:
    load_fair(database, timedelta(days=-9), timedelta(days=-2))
    with database.sessions() as session:
        draft = session.scalars(select(Campaign)).one()
        draft.state = CampaignState.PUBLISHED  # as it was closed before drafts were left alone
        assert close_campaign(session, draft, PLAY_TERMS, NOON) > 0
    load_fair(database, timedelta(), timedelta(days=2))
    assert sorted(flaws_of_fair(database)) == ["draw_over", "places_over"]


def places(database: Database) -> list[Any]:
    with database.sessions() as session:
        campaign = get_campaign(session, "later")
        return [given.award and given.award.player_id for given in slots_of(session, campaign.id, Way.STANDINGS)]


def test_a_round_that_was_left_in_the_middle_is_ranked_first_and_gets_no_place(
        app: Flask, alice: Player, charlie: Player, database: Database, clock: FakeClock) -> None:
    slug = later_campaign(database, "secret")
    left = alice.open(slug)
    bot = left.bot(1, GOOD)
    for _ in range(8):
        left.send(bot)
    charlie.play(2, BEGINNER, slug=slug)
    clock.now = OVER + timedelta(minutes=5)
    assert popshot(database, clock, "run-due").output == "done\n"
    top = alice.get(f"/campaigns/{slug}/standings").get_json()["top"]
    assert [place["alias"] for place in top] == [alice.alias, charlie.alias]
    assert places(database) == [charlie.id]
    with database.sessions() as session:
        assert session.scalars(select(Award.id).where(Award.player_id == alice.id)).all() == []
