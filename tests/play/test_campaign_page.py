"""The page of a campaign offers what its rules allow."""

import re

from flask.testing import FlaskClient
from sqlalchemy import update

from prizes.stock import Stock
from server.campaigns.campaign import Campaign, CommentsMode
from server.db import Database, transaction
from server.simulation.rules import Rules
from tests.rig.app import add_campaign

CHOICE = 'name="gifts"'
WITHOUT_SCRIPT = re.compile("<noscript>.*?</noscript>", re.DOTALL)


def test_gifts_without_aiming_are_offered_only_where_there_are_gifts(database: Database, client: FlaskClient) -> None:
    add_campaign(database, "gifted", rules={"version": Rules().version, "gift_waves": [3]})
    assert CHOICE in client.get("/c/gifted").get_data(as_text=True)
    assert CHOICE not in client.get("/c/boss").get_data(as_text=True)


def test_without_a_script_every_language_is_a_link_away(client: FlaskClient) -> None:
    page = client.get("/c/boss?lang=en").get_data(as_text=True)
    assert 'href="?lang=fr"' in "".join(WITHOUT_SCRIPT.findall(page))
    assert "?lang=" not in WITHOUT_SCRIPT.sub("", page)


def teaser_of(client: FlaskClient, slug: str) -> str:
    return client.get(f"/c/{slug}?lang=en").text.partition('class="teaser')[2].partition("</p>")[0]


def test_the_start_says_before_any_script_what_the_lowest_step_wins(
        client: FlaskClient, database: Database) -> None:
    assert "From 150 points: Stickers to print" in teaser_of(client, "boss")
    with database.sessions() as session, transaction(session):
        session.execute(update(Stock).values(free=0, withdrawn=Stock.withdrawn + Stock.free))
    assert "Every ladder prize is gone" in teaser_of(client, "boss")


def test_a_campaign_without_a_ladder_promises_nothing(client: FlaskClient, database: Database) -> None:
    assert "hidden" in teaser_of(client, add_campaign(database, "fun"))


def test_a_campaign_without_comments_has_no_place_for_them(client: FlaskClient, database: Database) -> None:
    place = re.compile('<section class="panel comments"[^>]*>')
    assert "hidden" not in place.findall(client.get("/c/boss").text)[0]
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(comments_mode=CommentsMode.OFF))
    assert "hidden" in place.findall(client.get("/c/boss").text)[0]
