"""The page of a campaign offers what its rules allow."""

import re

from flask.testing import FlaskClient

from server.db import Database
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
