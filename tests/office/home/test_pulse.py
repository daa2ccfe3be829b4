"""How often something happened lately, counted from the rows and remembered by the hour."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, event
from sqlalchemy.orm import Session

from server.backoffice.home.pulse import HourCounts, Kind, Pulse, add_up
from server.campaigns.campaign import find_campaign
from server.db import Database, transaction
from server.play.round import Round
from tests.office.home.played import put_rounds
from tests.rig.app import add_campaign
from tests.rig.clock import NOON

NOW = NOON + timedelta(minutes=20)
PARTS_OF_HOURS = 7  # at both ends of two hours and two days, those that meet once


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.sessions() as session:
        yield session


@pytest.fixture
def campaign_id(database: Database, session: Session) -> str:
    campaign = find_campaign(session, add_campaign(database, "summer"))
    assert campaign is not None
    campaign_id = campaign.id
    session.rollback()
    return campaign_id


def pulse(session: Session, campaign_id: str, counts: HourCounts | None = None) -> Pulse:
    found = (counts or HourCounts()).pulses(session, Kind.PLAYS, [campaign_id], NOW, NOW)
    session.rollback()
    return found[campaign_id]


def test_what_happened_counts_in_the_hour_and_the_day_in_which_it_did(database: Database, session: Session,
                                                                      campaign_id: str) -> None:
    ago = (0.1, 59.9, 60.1, 119.9, 120.1, 23 * 60, 24 * 60 - 0.1, 24 * 60 + 0.1, 47 * 60, 48 * 60 + 0.1)  # minutes
    put_rounds(database, "summer", *(NOW - timedelta(minutes=minutes) for minutes in ago))
    found = pulse(session, campaign_id)
    assert (found.hour, found.hour_before, found.day, found.day_before) == (2, 2, 7, 2)
    assert len(found.by_hour) == 24
    assert found.by_hour[-3:] == (2, 2, 1)  # 10:20, 10:20 and 11:20, 11:20 and 12:19
    assert (found.by_hour[0], sum(found.by_hour)) == (1, 6)


def test_another_campaigns_are_not_counted(database: Database, session: Session, campaign_id: str) -> None:
    add_campaign(database, "other")
    put_rounds(database, "other", NOW)
    assert pulse(session, campaign_id) == Pulse(0, 0, 0, 0, (0,) * 24)


def test_an_hour_that_is_over_is_asked_for_once(database: Database, session: Session, campaign_id: str) -> None:
    put_rounds(database, "summer", NOW - timedelta(hours=5))
    counts, first = HourCounts(), 1
    assert pulse(session, campaign_id, counts).day == first
    with transaction(session):
        session.execute(delete(Round))
    asked = list[str]()
    event.listen(database.engine, "before_cursor_execute", lambda _c, _u, statement, *_: asked.append(statement))
    assert pulse(session, campaign_id, counts).day == first
    assert "\n".join(asked).count("count(*)") == PARTS_OF_HOURS
    assert pulse(session, campaign_id).day == 0


def test_several_add_up_and_none_is_nothing() -> None:
    one = Pulse(1, 2, 3, 4, (1,) * 24)
    assert add_up([one, one]) == Pulse(2, 4, 6, 8, (2,) * 24)
    assert add_up([]) == Pulse(0, 0, 0, 0, (0,) * 24)
