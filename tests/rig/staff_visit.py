"""A browser in which a member of staff is signed in, without typing anything."""

from datetime import UTC, datetime

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Page
from sqlalchemy import select

from prizes.db import new_id
from server.backoffice.access import BEGAN, PROVEN, WHO
from server.backoffice.office import COOKIE
from server.backoffice.rights import Role
from server.backoffice.staff.person import Membership, Staff
from server.backoffice.walls import AREA
from server.campaigns.brand import Brand
from server.db import Database, transaction
from server.keys import load_keys
from tests.rig.databases import opened
from tests.rig.served import Served

# What stands in addresses of the back office alone.
PLACES = ("act_id", "award_id", "brand_id", "entry_id", "job_id", "link_id", "number", "passkey_id", "place",
          "poster_id", "prize_id", "role", "staff_id", "turn")


def sign_in(served: Served, page: Page, role: Role = Role.MODERATOR, name: str = "mona") -> None:
    """Let a browser in as somebody with a role for every brand there is; the person's id is the name."""
    with opened(served.database_url) as database:
        uniquifier = hire(database, name, role)
    app = Flask(__name__)
    app.secret_key = load_keys(served.folder / "keys").visit
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    now = int(datetime.now(UTC).timestamp())
    value = signer.dumps({WHO: uniquifier, BEGAN: now, PROVEN: now})
    cookie = {"name": COOKIE, "value": value, "url": f"{served.url}{AREA}/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def hire(database: Database, name: str, role: Role) -> str:
    """What names the person's visits."""
    now = datetime.now(UTC)
    with database.sessions() as session, transaction(session):
        staff = session.get(Staff, name)
        if staff is None:
            staff = Staff(id=name, email=f"{name}@staff.example", name=name.title(), fs_uniquifier=new_id(),
                          totp_secret="never shown", created_at=now)
            session.add(staff)
            session.flush()
            session.add_all(Membership(staff_id=name, brand_id=brand_id, role=role, created_at=now)
                            for brand_id in session.scalars(select(Brand.id)))
        return staff.fs_uniquifier
