"""The plain pages: dates in words, nothing to index of what is somebody's own."""

import json
from datetime import UTC, datetime

from flask.testing import FlaskClient

from server.db import Database
from tests.rig.app import add_campaign


def test_the_list_of_campaigns_says_until_when_in_the_reader_s_words(client: FlaskClient, database: Database) -> None:
    add_campaign(database, "winter", closes_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    page = client.get("/", headers={"Accept-Language": "fr"}).text
    assert "Jusqu’au 1 janvier 2027" in page  # it is past midnight in Paris
    assert "2026-12-31" not in page


def test_my_page_is_for_nobody_s_index_and_no_frame(client: FlaskClient) -> None:
    response = client.get("/me")
    assert '<meta name="robots" content="noindex">' in response.text
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers


def test_the_game_s_page_and_its_later_words_carry_no_texts_of_other_pages(client: FlaskClient) -> None:
    boot = client.get("/c/boss").text.partition('id="boot">')[2].partition("</script>")[0]
    first, later = (set(texts) for texts in (json.loads(boot)["texts"], client.get("/c/boss/words.json").get_json()))
    said = {key.partition(".")[0] for key in first | later}
    assert first.isdisjoint(later)
    assert {"start", "result", "problem", "reason"} <= said
    assert not {"me", "move", "claim", "fairness"} & said
