"""A campaign's looks over the wire: its accent, its own words, its pictures."""

import copy

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.campaigns.accents import contrast
from server.campaigns.campaign import CampaignState
from server.campaigns.picture import keep_picture
from server.campaigns.redraw import redraw
from server.db import Database, transaction
from tests.campaigns.test_redraw import drawn
from tests.rig.app import add_campaign
from tests.rig.clock import NOON
from tests.rig.play import Player, json_of
from tests.rig.themes import TOYS


def tones(client: FlaskClient, slug: str) -> dict[str, str]:
    css = client.get(f"/c/{slug}/theme.css").get_data(as_text=True)
    pairs = css.removeprefix(":root{").removesuffix("}\n").split(";")
    return dict(pair.removeprefix("--").split(":") for pair in pairs)


def test_the_accent_comes_as_a_stylesheet_that_is_asked_for_again(client: FlaskClient) -> None:
    first = client.get("/c/boss/theme.css")
    assert (first.status_code, first.content_type) == (200, "text/css; charset=utf-8")
    assert first.get_data(as_text=True).startswith(":root{--accent:#ff8a1f;--accent-deep:#a95c15;")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/c/boss/theme.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_page_of_a_campaign_asks_for_its_accent(client: FlaskClient) -> None:
    for page in ("/c/boss", "/e/boss"):
        assert '<link rel="stylesheet" href="/c/boss/theme.css">' in client.get(page).get_data(as_text=True)


@pytest.mark.parametrize("accent", ["#000000", "#ffffff", "#00e5ff", "#d6006c", "#ffff00", "#777777", "#e8590c"])
def test_any_accent_can_be_read_as_words_and_under_words(app: Flask, database: Database, accent: str) -> None:
    theme = copy.deepcopy(TOYS)
    theme["palette"]["accent"] = accent
    add_campaign(database, "other", theme=theme)
    told = tones(app.test_client(), "other")
    assert told["accent"] == accent
    assert contrast(told["accent-deep"], "#ffffff") >= 4.5
    assert contrast(told["on-accent"], accent) >= 4.5


def test_a_drafts_accent_is_nobodys_business(client: FlaskClient, database: Database) -> None:
    add_campaign(database, "soon", state=CampaignState.DRAFT)
    assert client.get("/c/soon/theme.css").status_code == 404


def test_a_picture_is_served_for_ever_to_anyone_and_does_nothing(client: FlaskClient, database: Database) -> None:
    redrawn = redraw(drawn())
    with database.sessions() as session, transaction(session):
        picture_id = keep_picture(session, redrawn, NOON)
    response = client.get(f"/pictures/{picture_id}")
    assert (response.status_code, response.content_type, response.data) == (200, "image/webp", redrawn.content)
    told = {name: response.headers[name] for name in ("Cache-Control", "Content-Security-Policy",
                                                      "X-Content-Type-Options", "Access-Control-Allow-Origin")}
    assert told == {"Cache-Control": "public, max-age=31536000, immutable", "Access-Control-Allow-Origin": "*",
                    "Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"}
    again = client.get(f"/pictures/{picture_id}", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("odd", ["0" * 64, "0", "A" * 64, "..%2F..%2Fetc", "%00"])
def test_a_picture_that_is_not_kept_is_not_found(client: FlaskClient, odd: str) -> None:
    assert client.get(f"/pictures/{odd}").status_code == 404


def test_a_theme_says_its_own_words_in_its_language_only(client: FlaskClient, database: Database) -> None:
    theme = {**TOYS, "texts": {"en": {"start.title": "Glaze the <baker>!"}}}
    add_campaign(database, "bakery", theme=theme, titles={"en": "Buns", "fr": "Brioches"})
    english, french = (client.get(f"/c/bakery?lang={lang}").get_data(as_text=True) for lang in ("en", "fr"))
    assert "<h1>Glaze the &lt;baker&gt;!</h1>" in english
    assert '"start.title": "Glaze the \\u003cbaker\\u003e!"' in english.split("<body")[0]  # what the script says
    assert "Glaze the" not in client.get("/c/boss?lang=en").get_data(as_text=True) + french.split("<body")[1]


def test_a_language_without_texts_is_not_offered(client: FlaskClient, database: Database) -> None:
    add_campaign(database, "polyglot", titles={"xx": "Iksiksi", "fr": "Patron"})
    shown = json_of(client.get("/api/v1/campaigns/polyglot?lang=xx"), 200)
    assert (shown["locales"], shown["title"]) == (["fr"], "Patron")
    assert '<html lang="fr">' in client.get("/c/polyglot?lang=xx").get_data(as_text=True)


def test_a_campaign_in_foreign_languages_only_is_still_shown(client: FlaskClient, database: Database) -> None:
    add_campaign(database, "far", titles={"xx": "Iksiksi"})
    assert json_of(client.get("/api/v1/campaigns/far?lang=xx"), 200)["title"] == "Iksiksi"
    assert client.get("/c/far").status_code == 200


def test_rounds_left_are_told_to_a_player_of_a_campaign_that_counts_them(alice: Player, database: Database) -> None:
    add_campaign(database, "few", rounds_per_day=3)
    assert json_of(alice.get("/campaigns/few"), 200)["rounds_left"] == 3
    alice.open("few")
    assert json_of(alice.get("/campaigns/few"), 200)["rounds_left"] == 2
    assert "rounds_left" not in json_of(alice.get("/campaigns/boss"), 200)
    assert "rounds_left" not in json_of(alice.get("/campaigns/few", headers={"Authorization": ""}), 200)
