"""A draft with prizes, a plan and a logo, and what Alice does in its rehearsal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from flask import Flask
from PIL import Image
from sqlalchemy import inspect

from prizes.prize import Prize, PrizeKind, Release
from prizes.stock import add_prize, restock
from prizes.ways.ladder import add_step
from server.app import create_app
from server.campaigns.campaign import CampaignState, find_campaign
from server.campaigns.dress_campaign import Place, place_picture
from server.campaigns.redraw import redraw
from server.config import Config
from server.db import Database, is_sqlite, transaction
from server.keys import Keys, derive_keys
from server.rehearsal.places import drop_place, open_place
from server.rehearsal.start import start_rehearsal, throw_away_rehearsal
from server.rehearsal.world import root_of, terms_of
from tests.rig.app import MASTER, add_campaign, calm_config
from tests.rig.clock import NOON, FakeClock
from tests.rig.play import Player

OPENS_AT, CLOSES_AT = NOON + timedelta(days=7), NOON + timedelta(days=40)
STICKERS = 5
KEYS: Keys = derive_keys(MASTER)
CONFIG: Config = calm_config()


def logo() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "#e63946").save(drawn, "PNG")
    return drawn.getvalue()


def add_draft(database: Database, slug: str = "spring") -> str:
    """A draft that opens in a week: stickers from 150 points, two of them later; a badge for everybody; its slug."""
    add_campaign(database, slug, state=CampaignState.DRAFT, opens_at=OPENS_AT, closes_at=CLOSES_AT)
    with database.sessions() as session:
        campaign = find_campaign(session, slug)
        assert campaign is not None
        with transaction(session):
            stickers = add_prize(session, Prize(campaign_id=campaign.id, names={"en": "Sticker sheet"}, value_cents=150,
                                                kind=PrizeKind.PARCEL, per_player=2, created_at=NOON))
            restock(session, stickers.id, STICKERS, NOON, "delivered")
            for number, days in ((1, 0), (2, 3)):
                opens_at = OPENS_AT + timedelta(days=days)
                session.add(Release(prize_id=stickers.id, number=number, units=number, opens_at=opens_at))
            badge = add_prize(session, Prize(campaign_id=campaign.id, names={"en": "Badge"}, value_cents=0,
                                             kind=PrizeKind.BADGE, is_unlimited=True, created_at=NOON))
            add_step(session, campaign.id, 150, stickers.id)
            add_step(session, campaign.id, 0, badge.id)
        place_picture(session, slug, redraw(logo()), Place.LOGO, NOON)
    return slug


@dataclass
class Scene:
    """The live world, its clock, and rehearsals in it."""

    database: Database
    clock: FakeClock

    def start(self, slug: str = "spring") -> str:
        with self.database.sessions() as session:
            return start_rehearsal(session, self.database, slug, lambda token: terms_of(CONFIG, KEYS, token),
                                   self.clock())

    def throw_away(self, slug: str = "spring") -> bool:
        with self.database.sessions() as session:
            return throw_away_rehearsal(session, self.database, slug)

    def app(self) -> Flask:
        return create_app(CONFIG, KEYS, clock=self.clock, database=self.database)

    def player(self, app: Flask, token: str) -> Player:
        return Player(app, self.clock, root_of(token))

    @contextmanager
    def world(self, token: str) -> Iterator[Database]:
        """The rehearsal's own database."""
        opened = open_place(self.database.engine, token)
        assert opened is not None
        yield opened
        opened.engine.dispose()

    def places(self) -> list[str]:
        """What lies on the disk, or in the database, of any rehearsal."""
        engine = self.database.engine
        if is_sqlite(engine):
            folder = Path(engine.url.database or "").parent / "rehearsals"
            return sorted(path.name for path in folder.glob("*"))
        return [name for name in inspect(engine).get_schema_names() if name.startswith("rehearsal_")]

    def tidy(self) -> None:
        """Schemas outlive a test's database."""
        if not is_sqlite(self.database.engine):
            for name in self.places():
                drop_place(self.database.engine, name.removeprefix("rehearsal_"))
