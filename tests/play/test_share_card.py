"""A public round has a card: a PNG of the game in the brand's look, with who, how many, and whose."""

import io
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageChops
from sqlalchemy import update

from server.campaigns.dress_campaign import Place, place_picture, wear_theme
from server.campaigns.redraw import redraw
from server.campaigns.theme import FOLDER, load_themes
from server.db import Database, transaction
from server.play.card_picture import SKIES, Studio
from server.play.round import Round, Verdict
from server.play.share_card import CardPictures, ShareCard
from server.texts import FALLBACK, load_texts
from tests.campaigns.test_redraw import drawn
from tests.rig.app import calm_config, fresh_app
from tests.rig.clock import NOON, FakeClock
from tests.rig.play import Play, Player, json_of


@pytest.fixture
def played(alice: Player) -> Play:
    """A round of Alice's that was accepted."""
    return alice.play(1, enough=300)


def card_of(client: FlaskClient, round_id: str, query: str = "") -> bytes:
    response = client.get(f"/r/{round_id}/card.png{query}")
    assert (response.status_code, response.content_type) == (200, "image/png")
    card: bytes = response.data
    return card


def blue_pixels(card: bytes) -> int:
    """How many pixels are of a blue that only the test's own picture has."""
    red, green, blue = Image.open(io.BytesIO(card)).convert("RGB").split()
    dark = [channel.point(lambda value: 255 * (value < 60)) for channel in (red, green)]
    bright = blue.point(lambda value: 255 * (value > 180))
    return ImageChops.multiply(ImageChops.multiply(*dark), bright).histogram()[255]


def rule(database: Database, round_id: str, verdict: Verdict | None) -> None:
    with database.sessions() as session, transaction(session):
        session.execute(update(Round).where(Round.id == round_id).values(verdict=verdict))


def test_a_public_round_s_card_is_what_networks_ask_for(client: FlaskClient, played: Play) -> None:
    response = client.get(f"/r/{played.id}/card.png")
    picture = Image.open(io.BytesIO(response.data))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(response.data) < 300_000  # some networks show no larger one
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_card_that_has_not_changed_is_not_sent_again(client: FlaskClient, played: Play) -> None:
    etag = client.get(f"/r/{played.id}/card.png").headers["ETag"]
    again = client.get(f"/r/{played.id}/card.png", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("verdict", [Verdict.HELD, Verdict.REJECTED, None])
def test_a_round_whose_replay_is_not_public_has_none(client: FlaskClient, played: Play, database: Database,
                                                      verdict: Verdict | None) -> None:
    rule(database, played.id, verdict)
    assert client.get(f"/r/{played.id}/card.png").status_code == 404
    assert played.player.get(f"/rounds/{played.id}/replay").status_code in (200, 404)
    headers = {"Authorization": f"Bearer {played.player.token}"}
    assert client.get(f"/r/{played.id}/card.png", headers=headers).status_code == 404


@pytest.mark.parametrize("round_id", ["nothing", "0" * 20, "%00", "9" * 400])
def test_an_unknown_round_has_none(client: FlaskClient, round_id: str) -> None:
    assert client.get(f"/r/{round_id}/card.png").status_code == 404


def test_an_open_round_has_none(client: FlaskClient, alice: Player) -> None:
    assert client.get(f"/r/{alice.open().id}/card.png").status_code == 404


def test_the_language_is_the_asked_one_or_the_campaign_s_first_whatever_the_browser_says(
        client: FlaskClient, played: Play) -> None:
    english, french = card_of(client, played.id), card_of(client, played.id, "?lang=fr")
    assert english != french
    assert client.get(f"/r/{played.id}/card.png", headers={"Accept-Language": "fr"}).data == english
    assert card_of(client, played.id, "?lang=xx") == english


def test_every_ready_theme_gives_another_card(client: FlaskClient, played: Play, database: Database) -> None:
    cards = set()
    themes = load_themes(load_texts().of(FALLBACK))
    for theme in themes.values():
        with database.sessions() as session:
            assert wear_theme(session, "boss", theme)
        cards.add(card_of(client, played.id))
    assert len(cards) == len(themes) == len(list(FOLDER.glob("*.json")))


@pytest.mark.parametrize("place", list(Place))
def test_a_brand_s_own_pictures_are_on_it(client: FlaskClient, played: Play, database: Database, place: Place) -> None:
    before = blue_pixels(card_of(client, played.id))
    with database.sessions() as session:
        assert place_picture(session, "boss", redraw(drawn(size=(300, 300))), place, NOON)
    assert blue_pixels(card_of(client, played.id)) > before + 1000


def test_who_waits_for_a_card_holds_no_connection(app: Flask, played: Play, database: Database) -> None:
    held = []

    class Waiting(Studio):
        def draw(self, card: ShareCard, pictures: CardPictures) -> bytes:
            held.append(database.engine.pool.checkedout())  # type: ignore[attr-defined]
            return super().draw(card, pictures)

    app.extensions["popshot_studio"] = Waiting()
    with database.sessions() as session:
        assert place_picture(session, "boss", redraw(drawn()), Place.BOSS, NOON)
    card_of(app.test_client(), played.id)
    assert held == [0]


def test_an_erased_player_s_name_leaves_the_card(client: FlaskClient, played: Play) -> None:
    before = card_of(client, played.id)
    assert played.player.call("DELETE", "/players/me").status_code in (200, 204)
    assert card_of(client, played.id) != before


def test_the_replay_of_a_round_with_a_card_is_public(client: FlaskClient, played: Play) -> None:
    assert json_of(client.get(f"/api/v1/rounds/{played.id}/replay"), 200)["score"] == played.outcome["score"]


def test_the_sky_of_a_card_is_the_page_s() -> None:
    css = (FOLDER.parent / "static" / "game.css").read_text()
    colours = {colour for sky in SKIES.values() for _, colour in sky}
    assert [colour for colour in colours if colour not in css] == []


def test_an_address_is_drawn_so_many_cards_a_minute_and_what_it_has_is_free(
        database: Database, clock: FakeClock, played: Play) -> None:
    limits = replace(calm_config().limits, cards_per_minute=2)
    client = fresh_app(database, clock, replace(calm_config(), limits=limits)).test_client()
    address = f"/r/{played.id}/card.png"
    first = client.get(address)
    client.get(f"{address}?lang=fr")
    assert [client.get(f"{address}?lang=de").status_code, first.status_code] == [429, 200]
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
