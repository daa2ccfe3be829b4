"""Plain statements give what Core gives, on both databases, and fail as it fails."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Insert, bindparam, create_engine, insert, inspect, select
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign
from server.comments.desk_rows import Feed
from server.db import Database, transaction
from server.outbox import OutboxLine
from server.plain import Plain, lone
from tests.rig.app import add_campaign

WHOLE = select(Campaign.__table__).where(Campaign.slug == bindparam("slug"))
AT = datetime(2026, 12, 1, 12, 0, 0, 42, tzinfo=UTC)


def adding(kind: Any) -> Insert:
    return insert(kind.__table__).inline()


def test_a_row_comes_as_core_gives_it(database: Database, session: Session) -> None:
    add_campaign(database, "one", banned_words=["é"], liability_limit_cents=7)
    told = list(session.execute(WHOLE, {"slug": "one"}).one())
    for rows in (Plain(WHOLE).run(session, slug="one"), Plain(WHOLE).look(database.engine, slug="one")):
        assert [(value, type(value)) for value in rows[0]] == [(value, type(value)) for value in told]
    assert Plain(WHOLE).run(session, slug="none") == []


def test_a_look_is_into_the_present(database: Database, session: Session) -> None:
    look = Plain(WHOLE)
    assert not look.look(database.engine, slug="one")
    add_campaign(database, "one")
    assert look.look(database.engine, slug="one")
    database.engine.dispose()
    add_campaign(database, "two")
    assert look.look(database.engine, slug="two")


def test_who_reads_inside_a_transaction_reads_what_it_wrote(session: Session) -> None:
    version = Plain(select(OutboxLine.topic).where(OutboxLine.id == bindparam("id")))
    with transaction(session):
        assert not version.read(session, id=1)
        session.execute(insert(OutboxLine).values(id=1, campaign_id="a", topic="comments", subject_id="b", at=AT))
        assert version.read(session, id=1) == [["comments"]]


def test_moments_and_constants_are_bound_as_core_binds_them(session: Session) -> None:
    lines = {"campaign_id": "a", "topic": "comments", "subject_id": "b"}
    with transaction(session):
        for number, at in enumerate((AT - timedelta(microseconds=1), AT, AT + timedelta(microseconds=1))):
            Plain(adding(OutboxLine)).run(session, id=number, at=at, **lines)
    later = select(OutboxLine.at).where(OutboxLine.at >= bindparam("since"), OutboxLine.topic == "comments").limit(5)
    assert Plain(later.order_by(OutboxLine.id)).run(session, since=AT) == [[AT], [AT + timedelta(microseconds=1)]]


def twice(session: Session) -> None:
    with transaction(session):
        for _ in range(2):
            Plain(adding(Feed)).run(session, campaign_id="a", version=1)


def test_an_error_is_one_of_sqlalchemys_without_the_values_that_were_sent(session: Session) -> None:
    with pytest.raises(IntegrityError) as caught:
        twice(session)
    assert "[parameters:" not in str(caught.value)
    assert session.get(Feed, "a") is None


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/x.sqlite", "postgresql+psycopg://popshot@127.0.0.1:1/x"])
def test_a_database_that_is_away_is_one_of_sqlalchemys_errors_too(url: str) -> None:
    with pytest.raises(OperationalError):
        Plain(WHOLE).look(create_engine(url), slug="one")


def test_a_column_left_out_is_null_and_a_parameter_left_out_a_mistake(session: Session) -> None:
    with pytest.raises(IntegrityError), transaction(session):
        Plain(adding(Feed)).run(session, campaign_id="a")  # its default is not asked
    with pytest.raises((KeyError, ProgrammingError)):
        Plain(select(Feed.version).where(Feed.campaign_id == bindparam("campaign_id"))).run(session)


def test_a_lone_object_reads_like_any_and_has_changed_nothing() -> None:
    campaign = lone(Campaign, {"slug": "a"})
    assert (campaign.slug, campaign.per_person) == ("a", None)
    assert (inspect(campaign).session, inspect(campaign).modified) == (None, False)
