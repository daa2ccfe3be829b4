"""The address in a QR code leads to its campaign and nowhere else, counts people only, and says why it is no use."""

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.datastructures import Headers

from server.campaigns.campaign import Campaign, CampaignState
from server.db import Database, transaction
from server.play.posters.make_poster import revoke_poster
from server.play.posters.scan import is_person
from tests.play.posters.scene import code, put_poster, scan, scans_of
from tests.rig.app import add_campaign
from tests.rig.clock import NOON, FakeClock

HOUR = timedelta(hours=1)
AGENTS = json.loads((Path(__file__).parents[2] / "vectors" / "user_agents.json").read_text())


def test_a_scan_leads_to_the_campaign_and_is_counted(client: FlaskClient, database: Database) -> None:
    own = code(put_poster(database))
    for address in (f"/Q/{own}", f"/q/{own.lower()}"):
        led = scan(client, address)
        assert led.status_code == 302
        assert led.headers["Location"].startswith(f"http://localhost:8000/c/boss?q={own}")
        assert "Set-Cookie" not in led.headers
    assert scans_of(database) == 2  # the same phone twice counts twice


def test_every_copy_of_a_pack_counts_for_the_pack(client: FlaskClient, database: Database) -> None:
    pack = put_poster(database, codes=3)
    assert [scan(client, f"/q/{code(pack, copy)}").status_code for copy in (1, 2, 3, 4)] == [302, 302, 302, 404]
    assert scan(client, f"/q/{code(pack)}").status_code == 404  # a pack has no code without a copy
    assert scans_of(database) == 3


@pytest.mark.parametrize("headers", [
    {"User-Agent": "facebookexternalhit/1.1"}, {"User-Agent": "WhatsApp/2.24.3"},
    {"User-Agent": "TelegramBot (like TwitterBot)"},
    {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, {"User-Agent": "Slackbot-LinkExpanding 1.0"},
    {"User-Agent": "Twitterbot/1.0"}, {"User-Agent": "LinkedInBot/1.0 (compatible; Mozilla/5.0)"},
    {"User-Agent": "Pinterestbot/1.0"}, {"User-Agent": "Pinterest/0.2 (+http://www.pinterest.com/)"},
    {"User-Agent": "Slack-ImgProxy 1.19"}, {"User-Agent": "Mozilla/5.0 (compatible; Discordbot/2.0)"},
    {"User-Agent": "Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5"},
    {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "preview"},
])  # fmt: skip
def test_what_fetches_for_a_preview_is_led_on_and_not_counted(
        client: FlaskClient, database: Database, headers: dict[str, str]) -> None:
    assert scan(client, f"/q/{code(put_poster(database))}", **headers).status_code == 302
    assert scans_of(database) == 0


def test_a_head_is_not_counted(client: FlaskClient, database: Database) -> None:
    assert client.head(f"/q/{code(put_poster(database))}").status_code == 302
    assert scans_of(database) == 0


@pytest.mark.parametrize("agent", ["", "Mozilla/5.0 (Linux; Android 15) Instagram 380.0.0",
                                   "Mozilla/5.0 [FBAN/FBIOS;FBAV/510.0]"])
def test_an_apps_own_browser_is_a_person(client: FlaskClient, database: Database, agent: str) -> None:
    scan(client, f"/q/{code(put_poster(database))}", **{"User-Agent": agent})
    assert scans_of(database) == 1


@pytest.mark.parametrize("agent", [*(agent for own in AGENTS["apps"].values() for agent in own), *AGENTS["browsers"],
                                   "Mozilla/5.0 (Linux; Android 13; CUBOT X30) Chrome/136.0.0.0"])
def test_no_apps_and_no_phones_browser_is_taken_for_a_preview(agent: str) -> None:
    assert is_person("GET", Headers({"User-Agent": agent}))


def test_an_altered_code_is_refused_without_a_count(client: FlaskClient, database: Database) -> None:
    own = code(put_poster(database))
    answer = scan(client, f"/q/{own[:-1]}{'0' if own[-1] != '0' else '1'}")
    assert answer.status_code == 404
    assert "We do not know this code" in answer.text
    assert scans_of(database) == 0


def test_a_draft_is_nobodys_business(client: FlaskClient, database: Database) -> None:
    add_campaign(database, "secret", state=CampaignState.DRAFT)
    answer = scan(client, f"/q/{code(put_poster(database, 'secret'))}")
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_outside_its_window_and_once_revoked_it_says_so_and_leads_to_the_game(
        client: FlaskClient, database: Database, clock: FakeClock) -> None:
    poster = put_poster(database, from_at=NOON + HOUR, until_at=NOON + 2 * HOUR)
    address = f"/q/{code(poster)}"
    early = scan(client, address)
    assert (early.status_code, "A little too early" in early.text) == (423, True)
    assert "December 1, 2026, 2:00" in early.text
    clock.advance(hours=1)
    assert scan(client, address).status_code == 302
    clock.advance(hours=1)
    late = scan(client, address)
    assert (late.status_code, "This code is over" in late.text, 'href="/c/boss"' in late.text) == (410, True, True)
    with database.sessions() as session:
        assert revoke_poster(session, poster.id, clock())
        assert not revoke_poster(session, poster.id, clock())
    gone = scan(client, address)
    assert (gone.status_code, "no longer counts" in gone.text) == (410, True)
    assert scans_of(database) == 4  # they hang there still, and are looked at


def test_a_campaign_that_is_over_ends_its_codes(client: FlaskClient, database: Database, clock: FakeClock) -> None:
    add_campaign(database, "summer")
    own = code(put_poster(database, "summer"))
    clock.advance(days=400)
    assert scan(client, f"/q/{own}").status_code == 410


def test_no_code_unlocks_before_its_campaign_opens(client: FlaskClient, database: Database) -> None:
    add_campaign(database, "winter", opens_at=NOON + HOUR)
    for from_at in (None, NOON - HOUR):
        early = scan(client, f"/q/{code(put_poster(database, 'winter', from_at=from_at))}")
        assert (early.status_code, "December 1, 2026, 2:00" in early.text) == (423, True)


def test_nothing_that_is_asked_along_changes_where_it_leads(client: FlaskClient, database: Database) -> None:
    own = code(put_poster(database))
    for more in ("?next=https://evil.example", "?q=https://evil.example", "?url=//evil.example", "?utm_id=x%0d%0aY"):
        led = scan(client, f"/q/{own}{more}", Host="evil.example", **{"X-Forwarded-Host": "evil.example"})
        assert led.headers["Location"].startswith(f"http://localhost:8000/c/boss?q={own}")
        assert "evil" not in str(led.headers)


@pytest.mark.parametrize("tail", ["\r\nSet-Cookie: a=b", "\nLocation: //evil.example", "//evil.example", "/../../x",
                                  "%0d%0aX: y", "\x00", "é", "<script>"])
def test_what_is_added_to_a_code_reaches_no_header_and_no_page(
        client: FlaskClient, database: Database, tail: str) -> None:
    answer = scan(client, f"/q/{code(put_poster(database))}{quote(tail)}")
    assert answer.status_code in (302, 404)  # dashes and the like are forgiven, letters are not
    assert "Set-Cookie" not in answer.headers
    assert "evil" not in answer.headers.get("Location", "")
    assert "<script>" not in answer.text.split("<main")[-1].split("</main>")[0]


def test_the_page_shows_the_scene_while_the_code_lives(
        client: FlaskClient, database: Database, clock: FakeClock) -> None:
    own = code(put_poster(database, scene="city/night", bonus=1, until_at=NOON + HOUR))
    shown = client.get(f"/c/boss?q={own}").text
    assert 'data-place="city"' in shown
    assert 'data-time="night"' in shown
    assert f'"code": "{own}"' in shown.replace('":"', '": "')
    assert 'data-place="city"' not in client.get("/c/boss").text
    clock.advance(hours=1)
    assert 'data-place="city"' not in client.get(f"/c/boss?q={own}").text


def test_another_campaigns_code_does_nothing_on_a_page(client: FlaskClient, database: Database) -> None:
    add_campaign(database, "other")
    own = code(put_poster(database, "other", scene="city/night"))
    assert client.get(f"/c/boss?q={own}").text == client.get("/c/boss").text


def test_an_ended_campaign_unlocks_nothing(client: FlaskClient, database: Database) -> None:
    own = code(put_poster(database, scene="city/night"))
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(state=CampaignState.ENDED))
    assert scan(client, f"/q/{own}").status_code == 410
