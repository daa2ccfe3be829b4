"""The whole app over a test's database, with fixed keys and a clock that the test moves; nothing is served."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from functools import cache, partial
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, RowMapping, Table, insert, select
from sqlalchemy.orm import Session

from server.app import create_app
from server.campaigns.brand import brand_named, find_brand
from server.campaigns.campaign import Campaign, CampaignState, find_campaign
from server.campaigns.seed_demo import DEMO_BRAND, draft_demo
from server.config import Config, LimitsConfig, load_config
from server.db import Base, Database, transaction
from server.keys import derive_keys
from server.play.terms import make_terms
from server.simulation.rules import Rules
from tests.rig.clock import NOON, FakeClock
from tests.rig.databases import opened
from tests.rig.play import Player
from tests.rig.themes import TOYS

__all__ = ["PLAY_TERMS", "add_campaign", "alice", "app", "charlie", "client", "fresh_app", "join", "terms_of"]

MASTER = bytes(range(32))
OPENED = NOON - timedelta(days=1)
NO_LIMIT = 1_000_000  # the limits count by the machine's clock; they have tests of their own


def calm_config() -> Config:
    """The settings as they are shipped, save that nobody is ever told to slow down."""
    limits = LimitsConfig(**{field.name: NO_LIMIT for field in fields(LimitsConfig)})
    return replace(load_config(environ={}), limits=limits)


PLAY_TERMS = make_terms(calm_config(), derive_keys(MASTER))
terms_of = partial(PLAY_TERMS.award_terms, keep_back=False)


def fresh_app(database: Database, clock: FakeClock, config: Config | None = None) -> Flask:
    """The app with the demo campaign, which opened a day ago; not sealed, so that a test may change it."""
    with database.sessions() as session, transaction(session):
        if find_campaign(session, "boss") is None:
            _add_demo(session)
    return create_app(config or calm_config(), derive_keys(MASTER), clock=clock, database=database)


def _add_demo(session: Session) -> None:
    """Copy what the use case made once in this process; where its brand is there already, let it work."""
    if find_brand(session, DEMO_BRAND) is not None:
        draft_demo(session, OPENED).state = CampaignState.PUBLISHED
        return
    for table, rows in _demo_rows():
        session.execute(insert(table), rows)


@cache
def _demo_rows() -> list[tuple[Table, list[dict[str, Any]]]]:
    """The demo's rows by table, without what a database fills in by itself: numbers, and NULL where a None would be
    written as JSON's.
    """
    with TemporaryDirectory() as folder, opened(f"sqlite:///{folder}/demo.sqlite") as database:
        Base.metadata.create_all(database.engine)
        with database.sessions() as session, transaction(session):
            draft_demo(session, OPENED).state = CampaignState.PUBLISHED
        with database.engine.connect() as connection:
            found = [(table, connection.execute(select(table)).mappings().all())
                     for table in Base.metadata.sorted_tables]
        return [(table, [{column.name: row[column] for column in _told(table, rows)} for row in rows])
                for table, rows in found if rows]


def _told(table: Table, rows: Sequence[RowMapping]) -> list[Column[Any]]:
    return [column for column in table.columns
            if column is not table.autoincrement_column and any(row[column] is not None for row in rows)]


def add_campaign(database: Database, slug: str, **choices: Any) -> str:
    """Bring a campaign without prizes about, open from yesterday to next year unless told; its slug."""
    usual: dict[str, Any] = {
        "brand": "Zapp & Co", "titles": {"en": slug}, "state": CampaignState.PUBLISHED, "timezone": "Europe/Paris",
        "opens_at": NOON - timedelta(days=1), "closes_at": NOON + timedelta(days=365), "theme": TOYS,
        "rules": {"version": Rules().version, "gift_waves": []},
    }  # fmt: skip
    with database.sessions() as session, transaction(session):
        campaign = Campaign(slug=slug, **{**usual, **choices})
        campaign.brand_id = brand_named(session, campaign.brand, NOON)
        session.add(campaign)
    return slug


@pytest.fixture
def app(database: Database, clock: FakeClock) -> Flask:
    return fresh_app(database, clock)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def join(app: Flask, clock: FakeClock) -> Callable[[], Player]:
    """Call it for one more player."""
    return lambda: Player(app, clock)


@pytest.fixture
def alice(join: Callable[[], Player]) -> Player:
    return join()


@pytest.fixture
def charlie(join: Callable[[], Player]) -> Player:
    """Another player, who has no business with Alice's things."""
    return join()
