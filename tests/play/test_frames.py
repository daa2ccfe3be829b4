"""Who frames a campaign without being listed gets a refusal with a link; whom the browser must judge gets the page."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from server.db import Database
from tests.rig.app import add_campaign, calm_config, fresh_app
from tests.rig.clock import FakeClock

LISTED, FOE, OWN = "https://brand.example", "https://foe.example", "http://localhost:8000"


@pytest.fixture
def slug(client: FlaskClient, database: Database) -> str:
    return add_campaign(database, "framed", framed_by=[LISTED, "https://*.brand.example"], titles={"en": "<Boss> & Co"})


def framed(client: FlaskClient, slug: str, referer: str, dest: str = "iframe") -> tuple[int, str, str]:
    """Status, what may frame it, and the page."""
    headers = {"Referer": referer} if referer else {}
    response = client.get(f"/e/{slug}", headers=headers | ({"Sec-Fetch-Dest": dest} if dest else {}))
    assert "Set-Cookie" not in response.headers
    policy = response.headers["Content-Security-Policy"]
    return response.status_code, policy.rpartition("frame-ancestors ")[2], response.text


@pytest.mark.parametrize(("referer", "dest"), [
    (f"{LISTED}/", "iframe"), (f"{LISTED}/news?x=1", ""), ("https://www.brand.example/", "iframe"),
    ("", "iframe"),  # who says nothing is left to the browser
    (f"{OWN}/e/framed", "iframe"),  # the frame went on to another language
    (f"{FOE}/", "document"),  # a link to it from anywhere
    ("about:srcdoc", "iframe"), ("https://[", "iframe"),
])
def test_the_browser_judges_by_the_list(client: FlaskClient, slug: str, referer: str, dest: str) -> None:
    status, ancestors, page = framed(client, slug, referer, dest)
    assert (status, ancestors) == (200, f"{LISTED} https://*.brand.example")
    assert "framed.js" in page


@pytest.mark.parametrize(("referer", "dest"), [
    (f"{FOE}/", "iframe"), (f"{FOE}/", "object"), (f"{FOE}/", ""), ("http://brand.example/", "iframe"),
    ("https://brand.example.foe.example/", "iframe"), ("https://brand.example@foe.example/", "iframe"),
    (f"{LISTED}:8443/", "iframe"), ("http://localhost:8001/", "iframe"),
])
def test_who_is_not_listed_gets_a_word_and_a_link(client: FlaskClient, slug: str, referer: str, dest: str) -> None:
    status, ancestors, page = framed(client, slug, referer, dest)
    assert (status, ancestors) == (403, "*")
    assert f'href="{OWN}/c/framed" target="_blank"' in page
    assert "&lt;Boss&gt; &amp; Co" in page
    assert "<script" not in page
    assert "foe.example" not in page


def test_the_refusal_is_harmless_and_speaks_the_reader_s_language(client: FlaskClient, slug: str) -> None:
    response = client.get(f"/e/{slug}?lang=en", headers={"Referer": FOE})
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert 'lang="en"' in response.text
    french = client.get("/e/boss", headers={"Referer": FOE, "Accept-Language": "fr"}).text
    assert 'lang="fr"' in french
    assert "Y jouer" in french


def test_the_host_header_names_no_address(client: FlaskClient, slug: str) -> None:
    for path, headers in ((f"/e/{slug}", {"Referer": FOE}), (f"/e/{slug}", {}), (f"/c/{slug}", {}), ("/embed.js", {})):
        response = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example", **headers})
        assert "evil.example" not in response.text + str(response.headers)


@pytest.mark.parametrize("path", ["/", "/c/boss", "/claim", "/claim/XXXX", "/me", "/fairness", "/c/boss/moderation",
                                  "/c/boss/draw", "/r/none", "/backoffice/", "/backoffice/sign-in"])
def test_every_other_page_refuses_every_frame(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Referer": LISTED, "Sec-Fetch-Dest": "iframe"})
    assert response.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_an_unlisted_campaign_is_framed_by_nobody(client: FlaskClient, database: Database) -> None:
    slug = add_campaign(database, "alone")
    assert framed(client, slug, "")[:2] == (200, "'none'")
    assert framed(client, slug, LISTED)[:2] == (403, "*")


def test_over_https_no_game_keeps_a_tie_to_whoever_opened_it(database: Database, clock: FakeClock) -> None:
    config = calm_config()
    secure = replace(config, server=replace(config.server, public_url="https://play.example"))
    client = fresh_app(database, clock, secure).test_client()
    for path in ("/c/boss", "/c/none"):
        assert client.get(path, headers={"Accept": "text/html"}).headers["Cross-Origin-Opener-Policy"] == "same-origin"
    for path in ("/claim", "/claim/XXXX", "/fairness"):  # a sandboxed frame leads there, and its windows may stay in it
        assert "Cross-Origin-Opener-Policy" not in client.get(path).headers
    plain = fresh_app(database, clock, config).test_client()
    assert "Cross-Origin-Opener-Policy" not in plain.get("/c/boss").headers  # a browser would complain of it


def test_a_frame_has_at_hand_what_it_tells_whoever_it_will_forget(
        client: FlaskClient, database: Database, clock: FakeClock) -> None:
    note = 'id="fleeting" hidden'
    assert note in client.get("/e/boss").text
    assert note not in client.get("/c/boss").text
    assert note not in client.get(f"/e/{add_campaign(database, 'without-prizes')}").text
    clock.now += timedelta(days=400_000)  # over
    assert note not in client.get("/e/boss").text


def test_the_frame_s_own_script_runs_before_the_game(client: FlaskClient) -> None:
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', client.get("/e/boss").text)
    assert scripts.index("/static/game/framed.js") < next(i for i, src in enumerate(scripts) if "/main" in src)
