"""Staff over HTTP: Bob of Zapp & Co, Charlie of another brand, and whoever else is asked for."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from prizes.db import new_id
from server.backoffice.access import BEGAN, PROVEN, WHO
from server.backoffice.acts.act import StaffAct
from server.backoffice.rights import Role
from server.backoffice.staff.person import Membership, Staff
from server.backoffice.walls import AREA
from server.campaigns.brand import brand_named
from server.campaigns.campaign import CampaignState, find_campaign
from server.db import Database, transaction
from tests.rig.clock import FakeClock

OWN = {"Sec-Fetch-Site": "same-origin"}
BRAND, OTHER_BRAND = "Zapp & Co", "Acme"


@dataclass
class StaffClient:
    """A browser in which somebody is signed in; `id` is the person's."""

    client: FlaskClient
    id: str

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def post(self, path: str, form: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        return self.client.post(path, data=form or {}, headers={**OWN, **more.pop("headers", {})},
                                content_type=more.pop("content_type", "multipart/form-data" if _has_file(form)
                                                      else "application/x-www-form-urlencoded"), **more)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.client.open(path, method=method, json=body, headers={**OWN, **headers})


@dataclass
class Office:
    """The back office of an app, and who comes in."""

    app: Flask
    database: Database
    clock: FakeClock

    def brand(self, name: str = BRAND) -> str:
        """The id of a brand."""
        with self.database.sessions() as session, transaction(session):
            return brand_named(session, name, self.clock())

    @property
    def brand_id(self) -> str:
        return self.brand()

    def hire(self, *roles: Role, name: str = "bob", brand: str = BRAND) -> str:
        """Give somebody an account with roles for a brand; the person's id."""
        brand_id = self.brand(brand)
        with self.database.sessions() as session, transaction(session):
            email = f"{name}@example.com"
            staff = session.scalar(select(Staff).where(Staff.email == email))
            if staff is None:
                staff = Staff(id=new_id(), email=email, name=name, fs_uniquifier=new_id(), created_at=self.clock(),
                              totp_secret=self.app.extensions["popshot_codes"].generate_totp_secret())
                session.add(staff)
                session.flush()
            session.add_all(Membership(staff_id=staff.id, brand_id=brand_id, role=role, created_at=self.clock())
                            for role in roles)
            return staff.id

    def visit(self, staff_id: str, *, fresh: bool = True) -> StaffClient:
        """A browser in which a person is signed in, with a second factor shown just now or not at all."""
        with self.database.sessions() as session:
            uniquifier = session.get_one(Staff, staff_id).fs_uniquifier
        client = self.app.test_client()
        with client.session_transaction(base_url=f"http://localhost{AREA}/", path=f"{AREA}/") as visit:
            visit[WHO] = uniquifier
            visit[BEGAN] = int(self.clock().timestamp())
            if fresh:
                visit[PROVEN] = int(self.clock().timestamp())
        return StaffClient(client, staff_id)

    def sign_in(self, *roles: Role, name: str = "bob", brand: str = BRAND, fresh: bool = True) -> StaffClient:
        return self.visit(self.hire(*roles, name=name, brand=brand), fresh=fresh)

    def draft_again(self, slug: str = "boss") -> str:
        """Make a campaign a draft of Bob's brand, as it was before it was published; its slug."""
        brand_id = self.brand_id
        with self.database.sessions() as session, transaction(session):
            campaign = find_campaign(session, slug)
            assert campaign is not None
            campaign.state, campaign.brand_id = CampaignState.DRAFT, brand_id
        return slug

    def charlie(self) -> StaffClient:
        """The owner of another brand, who must see nothing of this one."""
        return self.sign_in(Role.OWNER, name="charlie", brand=OTHER_BRAND)

    def acts(self) -> list[StaffAct]:
        with self.database.sessions() as session:
            return list(session.scalars(select(StaffAct).order_by(StaffAct.at, StaffAct.id)))


def _has_file(form: dict[str, Any] | None) -> bool:
    return any(isinstance(value, tuple) for value in (form or {}).values())
