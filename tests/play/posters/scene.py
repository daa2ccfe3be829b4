"""Posters and packs of the demo campaign, and what is told of them over the wire."""

from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from server.campaigns.campaign import find_campaign
from server.db import Database
from server.keys import derive_keys
from server.play.posters.code import Mark, code_of
from server.play.posters.make_poster import Wish, make_poster
from server.play.posters.poster import Poster, PosterDay, PosterKind, PosterUse
from tests.rig.app import MASTER
from tests.rig.clock import NOON

KEY = derive_keys(MASTER).poster
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Mobile Safari/604.1"}


def put_poster(database: Database, slug: str = "boss", *, at: datetime = NOON, **wishes: Any) -> Poster:
    """A poster, or with `codes` a pack."""
    kind = PosterKind.PACK if wishes.get("codes") else PosterKind.POSTER
    with database.sessions() as session:
        campaign = find_campaign(session, slug)
        assert campaign is not None
        return make_poster(session, campaign, Wish(**{"name": "Bus stop", "kind": kind, **wishes}), at)


def code(poster: Poster, copy: int = 0) -> str:
    return code_of(KEY, Mark(poster.number, copy))


def scan(client: FlaskClient, address: str, **headers: str) -> Any:
    return client.get(address, headers={**PHONE, **headers})


def scans_of(database: Database) -> int:
    """Everything that was counted."""
    with database.sessions() as session:
        return sum(session.scalars(select(PosterDay.scans)))


def uses_of(database: Database) -> list[PosterUse]:
    with database.sessions() as session:
        return list(session.scalars(select(PosterUse).order_by(PosterUse.at, PosterUse.id)))
