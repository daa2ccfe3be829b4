"""The start page: what each sees first, what it tells, and that it asks for itself."""

import re
from datetime import timedelta

import pytest

from prizes.award import Way
from prizes.planned import WinningPlan
from server.backoffice.rights import Role
from server.campaigns.campaign import CampaignState, find_campaign
from server.db import transaction
from tests.office.cast import OTHER_BRAND, Office, StaffClient
from tests.office.home.played import put_awards, put_rounds
from tests.rig.app import add_campaign
from tests.rig.clock import NOON
from tests.rig.desk import Said, put_comments

HOME, BOARD = "/backoffice/", "/backoffice/home"


def words(client: StaffClient, address: str = HOME, **more: str) -> str:
    """A page's text, in one line."""
    page = client.get(address, **more).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


@pytest.fixture
def bob(office: Office) -> StaffClient:
    return office.sign_in(Role.OWNER)


@pytest.fixture
def summer(office: Office) -> str:
    return add_campaign(office.database, "summer", titles={"en": "Summer of foam", "fr": "Un été de mousse"})


def test_an_owner_of_a_new_brand_is_led_to_the_first_campaign(office: Office) -> None:
    page = office.sign_in(Role.OWNER, name="second", brand="New & Co").get(HOME).get_data(as_text=True)
    assert "Make your first campaign" in page
    assert 'href="/backoffice/campaigns/new"' in page
    assert "Make your first campaign" not in words(office.sign_in(Role.ANALYST, name="third", brand="New & Co"))


def test_it_tells_what_is_live_with_its_plays_and_what_waits(office: Office, bob: StaffClient, summer: str) -> None:
    put_rounds(office.database, summer, NOON - timedelta(minutes=3), NOON - timedelta(hours=3))
    put_awards(office.database, summer, NOON - timedelta(minutes=3))
    put_comments(office.database, [Said("one"), Said("two"), Said("three")], NOON - timedelta(hours=2), summer)
    page = words(bob)
    assert "Summer of foam" in page
    assert "Plays 2 ▲ last 24 hours 0 the day before 1 ▲ last hour 0 the hour before" in page
    assert "Prizes won 1 ▲ last 24 hours 0 the day before" in page
    assert "3 Comments to look at The oldest has waited for 2 hours" in page


def test_another_brands_owner_sees_nothing_of_it(office: Office, summer: str) -> None:
    put_rounds(office.database, summer, NOON - timedelta(minutes=3))
    put_comments(office.database, [Said("one")], NOON - timedelta(hours=2), summer)
    add_campaign(office.database, "acme", brand=OTHER_BRAND, titles={"en": "Of Acme"})
    charlie = office.charlie()
    for page in (words(charlie), charlie.get(BOARD).text):
        assert "Summer" not in page
        assert "Of Acme" in page
    assert "Plays 0" in words(charlie)
    assert "0 Comments to look at" in words(charlie)


@pytest.mark.parametrize(("role", "first", "hidden"), [
    (Role.OWNER, "Plays", ()), (Role.EDITOR, "Plays", ("Comments to look at", "Rounds to review")),
    (Role.MODERATOR, "Waiting for you", ()), (Role.STOCK_KEEPER, "Waiting for you", ("Comments to look at",)),
    (Role.ANALYST, "Plays", ("Comments to look at", "Rounds to review")), (Role.AUDITOR, "Plays", ()),
])  # fmt: skip
def test_each_role_sees_first_what_it_is_there_for(office: Office, summer: str, role: Role, first: str,
                                                   hidden: tuple[str, ...]) -> None:
    page = words(office.sign_in(role))
    order = sorted(("Plays", "Waiting for you"), key=page.index)
    assert order[0] == first
    assert "Prizes running low" in page
    for tile in hidden:
        assert tile not in page


def test_what_an_instant_win_brings_is_told_when_the_hour_is_over(office: Office, bob: StaffClient,
                                                                  summer: str) -> None:
    with office.database.sessions() as session:
        campaign = find_campaign(session, summer)
        assert campaign is not None
        with transaction(session):
            session.add(WinningPlan(campaign_id=campaign.id, one_in=10, hours=[1] * 24))
    office.clock.advance(minutes=30)
    put_awards(office.database, summer, NOON + timedelta(minutes=10), way=Way.INSTANT_WIN)
    assert "Prizes won 0" in words(bob)
    assert "Until 1:00" in words(bob)  # in Paris
    office.clock.advance(minutes=31)
    assert "Prizes won 1" in words(bob)


def test_it_hears_that_nothing_changed_until_something_does(office: Office, bob: StaffClient, summer: str) -> None:
    page = bob.get(HOME).get_data(as_text=True)
    [tag] = re.findall(r'If-None-Match": "\\"([0-9a-f]+)\\""', page)
    same = {"headers": {"If-None-Match": f'"{tag}"'}}
    assert bob.get(BOARD, **same).status_code == 304
    put_rounds(office.database, summer, office.clock() - timedelta(seconds=1))
    answer = bob.get(BOARD, **same)
    assert (answer.status_code, answer.headers["ETag"] != f'"{tag}"') == (200, True)
    assert "<html" not in answer.text


def test_a_stranger_hears_nothing(office: Office) -> None:
    answer = office.app.test_client().get(BOARD, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/backoffice/sign-in")


def test_drafts_and_what_is_to_come_stand_below(office: Office, bob: StaffClient, summer: str) -> None:
    add_campaign(office.database, "winter", titles={"en": "Winter"}, opens_at=NOON + timedelta(days=9))
    add_campaign(office.database, "idea", titles={"en": "Idea"}, state=CampaignState.DRAFT)
    add_campaign(office.database, "gone", titles={"en": "Gone"}, closes_at=NOON - timedelta(hours=1))
    page = words(bob)
    assert page.index("Summer of foam") < page.index("Winter") < page.index("Idea") < page.index("Gone")
    assert "Opens Dec 10, 2026" in page


def test_it_speaks_french_too(office: Office, bob: StaffClient, summer: str) -> None:
    page = words(bob, f"{HOME}?lang=fr")
    assert "Un été de mousse" in page
    assert "En attente de vous" in page
