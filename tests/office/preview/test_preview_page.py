"""The page that staff see beside a form: a draft for who has a pass, nothing for others, and no way to send."""

import re
from datetime import timedelta

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from server.backoffice.rights import Role
from server.campaigns.campaign import Campaign
from server.campaigns.preview_pass import VALID_FOR, make_preview_pass
from server.db import Database
from server.keys import derive_keys
from tests.office.cast import Office
from tests.rig.app import MASTER
from tests.rig.clock import NOON, FakeClock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # it asks nothing in which databases differ
KEY = derive_keys(MASTER).preview
STAFF = "b" * 32


def id_of(database: Database, slug: str) -> str:
    with database.sessions() as session:
        return str(session.scalar(select(Campaign.id).where(Campaign.slug == slug)))


@pytest.fixture
def shown(database: Database, draft: str) -> str:
    """A pass to the draft."""
    return make_preview_pass(KEY, id_of(database, draft), STAFF, NOON)


def test_a_draft_is_shown_to_who_has_a_pass_and_framed_by_ourselves_alone(
        client: FlaskClient, draft: str, shown: str) -> None:
    page = client.get(f"/e/{draft}?preview={shown}&lang=fr")
    assert page.status_code == 200
    assert "L’été !" in page.text
    assert page.headers["Content-Security-Policy"].endswith("; frame-ancestors 'self'")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(f"/c/{draft}/theme.css?preview={shown}").status_code == 200
    assert f"/c/{draft}/theme.css?preview={shown}" in page.text


def test_a_preview_has_no_address_to_send_anything_to(client: FlaskClient, draft: str, shown: str) -> None:
    page = client.get(f"/e/{draft}?preview={shown}").text
    boot = orjson.loads(re.search(r'id="boot">(.*?)</script>', page)[1])  # type: ignore[index]
    assert boot["api"] == ""
    assert boot["preview"]["rules"]["version"] == 1
    assert "start.title" in boot["preview"]["words"]
    assert "start.play" not in boot["preview"]["words"]
    assert client.post(f"/api/v1/campaigns/{draft}/rounds", json={}).status_code in (401, 404)


def test_other_passes_meet_the_ordinary_404(
        client: FlaskClient, database: Database, clock: FakeClock, draft: str, shown: str) -> None:
    unknown = client.get("/e/nowhere")
    other = make_preview_pass(KEY, id_of(database, "boss"), STAFF, NOON)
    signed_elsewhere = make_preview_pass(bytes(32), id_of(database, draft), STAFF, NOON)
    name, until, signature = shown.split(".")
    later = f"{name}.{int(until) + 600}.{signature}"
    for wrong in ("", "x", "\x00", "é", "9" * 400, other, signed_elsewhere, later, f"{'c' * 32}.{until}.{signature}",
                  f"{name}.99999999999.{signature}", shown + "A", shown[:-1]):
        for address in (f"/e/{draft}", f"/c/{draft}/theme.css", "/e/boss" if wrong != other else f"/e/{draft}"):
            refused = client.get(address, query_string={"preview": wrong})
            assert (refused.status_code, refused.text) == (404, unknown.text), (wrong, address)
            assert refused.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    clock.now = NOON + VALID_FOR - timedelta(seconds=1)
    assert client.get(f"/e/{draft}?preview={shown}").status_code == 200
    clock.now = NOON + VALID_FOR
    assert client.get(f"/e/{draft}?preview={shown}").text == unknown.text


def test_without_a_pass_a_draft_stays_invisible(client: FlaskClient, draft: str, shown: str) -> None:
    for address in (f"/e/{draft}", f"/c/{draft}", f"/c/{draft}?preview={shown}", f"/c/{draft}/theme.css",
                    f"/c/{draft}/words.json", f"/c/{draft}/words.json?preview={shown}",
                    f"/api/v1/campaigns/{draft}?preview={shown}", f"/api/v1/campaigns/{draft}"):
        assert client.get(address).status_code == 404, address


def test_staff_get_the_address_for_a_frame_and_for_a_window(office: Office, draft: str) -> None:
    bob = office.sign_in(Role.ANALYST)
    answer = bob.get(f"/backoffice/api/campaigns/{draft}/preview?lang=fr")
    address = answer.get_json()["address"]
    assert address.startswith(f"/e/{draft}?preview={bob.id}.")
    assert address.endswith("&lang=fr")
    assert "L’été !" in bob.get(address).text
    window = bob.get(f"/backoffice/campaigns/{draft}/preview?lang=zz%0d%0aX:y")
    assert (window.status_code, window.headers["Location"].split(".")[0]) == (303, f"/e/{draft}?preview={bob.id}")
    assert "lang" not in window.headers["Location"]
    assert office.acts() == []


def test_charlie_and_strangers_get_no_address(office: Office, draft: str) -> None:
    charlie = office.charlie()
    for address in (f"/backoffice/api/campaigns/{draft}/preview", f"/backoffice/campaigns/{draft}/preview"):
        assert charlie.get(address).status_code == 404
        assert charlie.get(address.replace(draft, "nowhere")).status_code == 404
    assert office.app.test_client().get(f"/backoffice/api/campaigns/{draft}/preview").status_code == 401


def test_an_open_campaign_is_previewed_too_and_keeps_its_own_frames_otherwise(
        client: FlaskClient, database: Database) -> None:
    shown = make_preview_pass(KEY, id_of(database, "boss"), STAFF, NOON)
    assert client.get(f"/e/boss?preview={shown}").headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert "http://localhost:*" in client.get("/e/boss").headers["Content-Security-Policy"]
