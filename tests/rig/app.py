"""The whole app over a test's database, with fixed keys and a clock that the test moves; nothing is served."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.campaigns.campaign import Campaign, CampaignState, find_campaign
from server.campaigns.seed_demo import draft_demo
from server.config import Config, LimitsConfig, load_config
from server.db import Database, transaction
from server.keys import derive_keys
from server.play.terms import make_terms
from server.simulation.rules import Rules
from tests.rig.clock import NOON, FakeClock
from tests.rig.play import Player
from tests.rig.themes import TOYS

__all__ = ["PLAY_TERMS", "add_campaign", "alice", "app", "charlie", "client", "fresh_app", "join", "terms_of"]

MASTER = bytes(range(32))
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
            draft_demo(session, NOON - timedelta(days=1)).state = CampaignState.PUBLISHED
    return create_app(config or calm_config(), derive_keys(MASTER), clock=clock, database=database)


def add_campaign(database: Database, slug: str, **choices: Any) -> str:
    """Bring a campaign without prizes about, open from yesterday to next year unless told; its slug."""
    usual: dict[str, Any] = {
        "brand": "Zapp & Co", "titles": {"en": slug}, "state": CampaignState.PUBLISHED, "timezone": "Europe/Paris",
        "opens_at": NOON - timedelta(days=1), "closes_at": NOON + timedelta(days=365), "theme": TOYS,
        "rules": {"version": Rules().version, "gift_waves": []},
    }  # fmt: skip
    with database.sessions() as session, transaction(session):
        session.add(Campaign(slug=slug, **{**usual, **choices}))
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
