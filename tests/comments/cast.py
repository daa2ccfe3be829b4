"""A campaign on the wire and its cast: Alice plays, another player too, Mona moderates."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from prizes.db import new_id
from server.app import create_app
from server.campaigns.brand import Brand, brand_named
from server.campaigns.campaign import Campaign, CampaignState, CommentsMode
from server.comments.comment import Comment, CommentState, find_comment
from server.comments.contribution import Sender
from server.comments.desk_rows import Mute
from server.comments.feed import tell_of_changes
from server.comments.queue import read_all_waiting
from server.comments.rule_on_comment import rule_on_comment
from server.comments.ruling import Decision, Reason, Ruling
from server.config import Config, load_config
from server.db import Database, transaction
from server.keys import Keys, derive_keys
from server.play.round import Ending, Round, RoundState, Verdict
from server.players.player import add_player
from server.simulation.rules import Rules
from tests.rig.clock import NOON, FakeClock
from tests.rig.themes import TOYS

LEGAL = X25519PrivateKey.from_private_bytes(b"l" * 32)
KEYS: Keys = derive_keys(b"m" * 32, LEGAL.public_key().public_bytes_raw())
NOWHERE = Sender("", None, KEYS.legal)
MONA = "mona"
BRAND, OTHER_BRAND = "Zapp & Co", "Acme"


@dataclass
class Person:
    """A player with a token, or somebody without one, who speaks to the server over HTTP."""

    client: FlaskClient
    id: str
    alias: str
    token: str
    address: str = "127.0.0.1"

    def _call(self, method: str, path: str, body: Any = None, **more: str) -> TestResponse:
        headers = {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **more}
        client = self.client.application.test_client(use_cookies=False)  # threads may call at once
        return client.open(f"/api/v1{path}", method=method, json=body, headers=headers,
                           environ_base={"REMOTE_ADDR": self.address})

    def get(self, path: str) -> TestResponse:
        return self._call("GET", path)

    def delete(self, path: str) -> TestResponse:
        return self._call("DELETE", path)

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self._call("POST", path, body, **headers)

    def put(self, path: str, body: Any) -> TestResponse:
        return self._call("PUT", path, body)

    def edit(self, comment_id: str, text: str, revision: int = 1) -> TestResponse:
        return self._call("PATCH", f"/comments/{comment_id}", {"text": text, "revision": revision})

    def take_back(self, comment_id: str) -> TestResponse:
        return self.delete(f"/comments/{comment_id}")

    def react(self, comment_id: str, kind: str = "clap") -> TestResponse:
        return self.put(f"/comments/{comment_id}/reaction", {"kind": kind})

    def mine(self) -> dict[str, Any]:
        """What only this person is told of the own comments."""
        answer = self.get("/campaigns/boss/comments/mine")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        told: dict[str, Any] = answer.get_json()
        return told

    def say(self, text: str, **more: Any) -> TestResponse:
        return self.post("/campaigns/boss/comments", {"text": text, **more})


@dataclass
class Cast:
    """The whole application on one database and one clock, with the campaign `boss` open."""

    database: Database
    clock: FakeClock
    config: Config = field(default_factory=lambda: load_config(environ={}))
    players: int = 0
    client: FlaskClient = field(init=False)
    campaign: Campaign = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.start()
        self.campaign = self.open_campaign("boss")

    def start(self) -> FlaskClient:
        """A process of the application, with nothing in its memory yet."""
        app = create_app(self.config, KEYS, clock=self.clock, database=self.database)
        return app.test_client(use_cookies=False)

    def open_campaign(self, slug: str, mode: CommentsMode = CommentsMode.PRE, brand: str = BRAND,
                      **titles: str) -> Campaign:
        campaign = Campaign(id=new_id(), slug=slug, brand=brand, titles=titles or {"en": "The boss"}, theme=TOYS,
                            state=CampaignState.PUBLISHED, opens_at=NOON - timedelta(days=1),
                            closes_at=NOON + timedelta(days=30), timezone="Europe/Paris",
                            rules=Rules().as_json(), comments_mode=mode)
        with self.database.sessions() as session, transaction(session):
            campaign.brand_id = brand_named(session, brand, NOON)
            session.add(campaign)
        return campaign

    def switch(self, mode: CommentsMode) -> None:
        """Let the campaign take comments in another way from here on."""
        with self.database.sessions() as session, transaction(session):
            session.execute(update(Campaign).where(Campaign.id == self.campaign.id).values(comments_mode=mode))

    def player(self, address: str | None = None) -> Person:
        """A new player, from a network of the own unless told."""
        self.players += 1
        address = address or f"10.{self.players // 256}.{self.players % 256}.1"
        with self.database.sessions() as session, transaction(session):
            player, token = add_player(session, self.clock())
            return Person(self.client, player.id, player.alias or "", token, address)

    def round_of(self, person: Person, **more: Any) -> str:
        """The id of a round that the person has just opened, or that is as told."""
        round_ = Round(id=new_id(), campaign_id=self.campaign.id, player_id=person.id, rules=Rules().as_json(),
                       opened_at=self.clock(), wave_starts_at=self.clock(),
                       closes_by=self.clock() + timedelta(minutes=3), **more)
        with self.database.sessions() as session, transaction(session):
            session.add(round_)
        return round_.id

    def public_round(self, person: Person, **more: Any) -> str:
        """The id of a finished round that everybody may watch, unless told otherwise."""
        return self.round_of(person, **({"state": RoundState.CLOSED, "ending": Ending.FINISHED, "submitted": 9,
                                         "verdict": Verdict.ACCEPTED} | more))

    def mute(self, person: Person, **span: float) -> None:
        with self.database.sessions() as session, transaction(session):
            session.add(Mute(player_id=person.id, brand_id=self.campaign.brand_id, reason=Reason.SPAM, by=MONA,
                             until=self.clock() + timedelta(**span), at=self.clock()))

    def hide(self, comment_id: str) -> None:
        """As three reports do, before a person has looked."""
        with self.database.sessions() as session, transaction(session):
            hidden = update(Comment).where(Comment.id == comment_id).values(state=CommentState.HIDDEN)
            tell_of_changes(session, session.scalars(hidden.returning(Comment)).all(), self.clock())

    def posted(self, person: Person, text: str, **more: Any) -> str:
        """The id of a comment that the person has just posted."""
        answer = person.say(text, **more)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        comment_id: str = answer.get_json()["comment"]["id"]
        return comment_id

    def seen(self, comment_id: str) -> Comment:
        with self.database.sessions() as session:
            comment = find_comment(session, comment_id)
            assert comment is not None
            return comment

    def rule(self, comment_id: str, decision: Decision, reason: Reason = Reason.FINE) -> bool:
        """Mona's ruling on the comment as it is now."""
        with self.database.sessions() as session:
            ruling = Ruling(decision, reason)
            return rule_on_comment(session, self.seen(comment_id), ruling, MONA, self.clock())

    def publish(self, text: str, author: Person | None = None, **more: Any) -> str:
        """The id of a comment that Mona has let through a second after it came; a fresh author each."""
        comment_id = self.posted(author or self.player(), text, **more)
        self.clock.advance(seconds=1)
        assert self.rule(comment_id, Decision.PUBLISH)
        return comment_id

    def published(self, cursor: str | None = None, slug: str = "boss", **more: str) -> dict[str, Any]:
        query = more if cursor is None else {**more, "before": cursor}
        answer = self.client.get(f"/api/v1/campaigns/{slug}/comments", query_string=query)
        assert answer.status_code == 200
        page: dict[str, Any] = answer.get_json()
        return page

    def waiting(self) -> list[str]:
        """The ids of what waits for a person."""
        with self.database.sessions() as session:
            return [line.comment.id for line in read_all_waiting(session, 100).lines]

    def texts(self) -> list[str]:
        return [comment["text"] for comment in self.published()["comments"]]


def every_brand(session: Session) -> list[str]:
    """The ids of all brands, as if somebody moderated for each."""
    return list(session.scalars(select(Brand.id)))


@pytest.fixture
def cast(database: Database, clock: FakeClock) -> Cast:
    return Cast(database, clock)


@pytest.fixture
def alice(cast: Cast) -> Person:
    return cast.player()
