"""Test mode in the studio: begun, shared, looked into and thrown away, on both databases."""

import pytest

from server.backoffice.rights import Role
from server.campaigns.campaign import find_campaign
from server.db import Database
from tests.office.cast import Office
from tests.rig.app import add_campaign
from tests.rig.bot import GOOD
from tests.rig.play import Player

PAGE = "/backoffice/campaigns/boss/test"


@pytest.fixture(autouse=True)
def demo(office: Office) -> None:
    """The demo is of Bob's brand, and not yet published."""
    office.draft_again()


def token_of(database: Database, slug: str = "boss") -> str | None:
    with database.sessions() as session:
        campaign = find_campaign(session, slug)
        return campaign.rehearsal_token if campaign else None


def test_a_test_is_begun_played_seen_and_thrown_away(office: Office, database: Database) -> None:
    bob = office.sign_in(Role.EDITOR)
    assert "Start the test" in bob.get(PAGE).text
    assert bob.post(PAGE).headers["Location"] == PAGE
    token = token_of(database)
    begun = bob.get(PAGE).text
    assert f"http://localhost:8000/rehearsal/{token}/c/boss" in begun
    assert "<svg" in begun
    assert "Nobody has played yet" in begun
    played = Player(office.app, office.clock, root=f"/rehearsal/{token}").play(1, GOOD, enough=1_500)
    page = bob.get(PAGE).text
    assert f"{played.outcome['score']:,}" in page
    assert "Nobody has played yet" not in page
    bob.post(f"{PAGE}/throw-away")
    assert token_of(database) is None
    assert "Start the test" in bob.get(PAGE).text
    assert [act.word for act in office.acts()] == ["rehearsals.start", "rehearsals.throw_away"]
    assert {act.brand_id for act in office.acts()} == {office.brand_id}


def test_what_cannot_be_tested_is_told_and_leaves_no_act(office: Office, database: Database) -> None:
    bob = office.sign_in(Role.OWNER)
    add_campaign(database, "live", brand_id=office.brand_id)
    assert "nothing left to test" in bob.get("/backoffice/campaigns/live/test").text
    refused = bob.post("/backoffice/campaigns/live/test")
    assert refused.status_code == 409
    assert "only a draft can be rehearsed" in refused.text
    assert office.acts() == []


def test_others_may_look_and_not_touch(office: Office, database: Database) -> None:
    analyst = office.sign_in(Role.ANALYST, name="alice")
    assert "started by an owner" in analyst.get(PAGE).text
    assert analyst.post(PAGE).status_code == 403
    office.sign_in(Role.EDITOR).post(PAGE)
    assert "Throw the test away" not in analyst.get(PAGE).text
    assert analyst.post(f"{PAGE}/throw-away").status_code == 403
    charlie = office.charlie()
    assert [charlie.get(PAGE).status_code, charlie.post(PAGE).status_code,
            charlie.post(f"{PAGE}/throw-away").status_code] == [404, 404, 404]
    assert token_of(database) is not None
