"""What makes a campaign an app of a device: the manifest, the icons, and the worker that comes and goes."""

import io
import json
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from PIL import Image

from server.campaigns.campaign import CampaignState, find_campaign
from server.db import Database, transaction
from server.keys import derive_keys
from server.play import app_routes
from server.play.app_icon import ICONS
from server.play.app_routes import _short
from server.play.practice_page import TooHeavy
from server.play.terms import make_terms
from tests.rig.app import add_campaign, calm_config, fresh_app
from tests.rig.clock import FakeClock


def kept(client: FlaskClient, slug: str = "boss", lang: str = "fr") -> dict[str, str]:
    answer = client.get(f"/c/{slug}/worker.js?lang={lang}")
    assert answer.status_code == 200
    assert answer.headers["Service-Worker-Allowed"] == f"/c/{slug}"
    assert answer.headers["Cache-Control"] == "no-cache"
    found = re.match(r"const KEPT = (\{.*\});\n", answer.text)
    assert found
    told: dict[str, str] = json.loads(found[1])
    return told


def turn(database: Database, state: CampaignState) -> None:
    with database.sessions() as session, transaction(session):
        boss = find_campaign(session, "boss")
        assert boss is not None
        boss.state = state


def test_the_manifest_has_what_devices_ask_for(client: FlaskClient) -> None:
    answer = client.get("/c/boss/app.webmanifest?lang=fr")
    told = answer.get_json(force=True)
    assert answer.mimetype == "application/manifest+json"
    assert told["id"] == told["start_url"] == told["scope"] == "/c/boss"
    assert told["display"] == "standalone"
    assert told["lang"] == "fr"
    assert len(told["short_name"]) <= 12
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for icon in told["icons"]:
        drawn = client.get(icon["src"])
        assert f"{Image.open(io.BytesIO(drawn.data)).size[0]}x" in icon["sizes"]
        assert "Set-Cookie" not in drawn.headers


def test_an_icon_has_round_corners_unless_the_device_cuts_it(client: FlaskClient) -> None:
    drawn = {name: Image.open(io.BytesIO(client.get(f"/c/boss/icon-{name}.png").data)) for name in ICONS}
    assert {name: picture.convert("RGBA").getchannel("A").getpixel((0, 0)) for name, picture in drawn.items()} == {
        "192": 0, "512": 0, "maskable-512": 255}
    assert client.get("/c/boss/icon-13.png").status_code == 404


@pytest.mark.parametrize(("title", "brand", "short"), [
    ("Zapp!", "Zapp & Co", "Zapp!"), ("Hit the boss today", "Zapp & Co", "Zapp & Co"),
    ("Hit the boss today", "The Zapp Company", "Hit the boss")])
def test_what_stands_under_an_icon_fits_there(title: str, brand: str, short: str) -> None:
    assert _short(title, brand) == short


def test_the_worker_keeps_the_practice_as_it_is_now(client: FlaskClient, database: Database) -> None:
    first = kept(client)
    assert first == {"page": "/c/boss", "address": "/c/boss/practice?lang=fr", "version": first["version"]}
    assert kept(client) == first
    assert kept(client, lang="en")["version"] != first["version"]
    with database.sessions() as session, transaction(session):
        boss = find_campaign(session, "boss")
        assert boss is not None
        boss.theme = {**boss.theme, "scene": {"place": "city", "time": "night"}}
    assert kept(client)["version"] != first["version"]


def test_a_campaign_that_is_over_takes_back_what_was_kept(client: FlaskClient, database: Database) -> None:
    turn(database, CampaignState.ENDED)
    assert kept(client) == {"page": "/c/boss", "address": "", "version": ""}


def test_the_operator_takes_back_what_was_kept(database: Database, clock: FakeClock) -> None:
    config = calm_config()
    off = replace(config, server=replace(config.server, offline_practice="off"))
    assert kept(fresh_app(database, clock, off).test_client())["address"] == ""


def test_nobody_hears_of_a_draft(client: FlaskClient, database: Database) -> None:
    add_campaign(database, "secret", state=CampaignState.DRAFT)
    for name in ("app.webmanifest", "practice", "icon-192.png"):
        assert client.get(f"/c/secret/{name}").status_code == 404
        assert client.get(f"/c/no'such/{name}").status_code == 404
    assert client.get("/c/secret/worker.js").text == client.get("/c/never/worker.js").text.replace("never", "secret")


def test_a_campaign_that_is_taken_off_the_air_takes_back_what_was_kept(client: FlaskClient, database: Database) -> None:
    assert kept(client)["address"]
    turn(database, CampaignState.DRAFT)
    assert kept(client) == {"page": "/c/boss", "address": "", "version": ""}


def test_a_device_is_asked_to_keep_nothing_that_is_too_heavy(
        client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise TooHeavy("The pictures are too large.")
    monkeypatch.setattr(app_routes, "make_practice", refuse)
    assert kept(client)["address"] == ""


@pytest.mark.parametrize("slug", ["no'such", "a%0d%0aX-Sent:%201", "a%22;alert(1)//", "a" * 65, "B%C3%84"])
def test_an_address_that_no_campaign_can_have_has_no_worker(client: FlaskClient, slug: str) -> None:
    answer = client.get(f"/c/{slug}/worker.js")
    assert answer.status_code == 404
    assert "Service-Worker-Allowed" not in answer.headers
    assert "X-Sent" not in answer.headers


def test_a_rehearsal_keeps_nothing_on_a_device() -> None:
    assert make_terms(calm_config(), derive_keys(bytes(32))).offline_practice
    assert not make_terms(calm_config(), derive_keys(bytes(32)), "/rehearsal/abc").offline_practice
