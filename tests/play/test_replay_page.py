"""The page of a round: there for whom the round is public, and made to be passed on; for others it says why not."""

import json
import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import update

from server.campaigns.campaign import Campaign
from server.db import Database, transaction
from server.play.rule_on_round import reject_round
from server.play.watch_replay import look_key
from tests.rig.bot import GOOD
from tests.rig.clock import FakeClock
from tests.rig.play import Play, Player

EVIL = "evil.example"
TAG = re.compile(r'<meta (?:property|name)="((?:og|twitter|article):[^"]+)" content="([^"]*)">')


def open_page(app: Flask, round_id: str, *, query: str = "", language: str = "en", host: str = EVIL) -> tuple[int, str]:
    response = app.test_client().get(f"/r/{round_id}{query}", headers={"Accept-Language": language, "Host": host})
    return response.status_code, response.get_data(as_text=True)


def tags_of(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in TAG.findall(page)}


@pytest.fixture
def public(alice: Player) -> Play:
    play = alice.play(1, GOOD, enough=1_200)
    assert play.outcome["verdict"] == "accepted"
    return play


def test_a_public_round_tells_other_places_what_it_is(app: Flask, public: Play, alice: Player) -> None:
    status, page = open_page(app, public.id)
    score, address = f"{public.outcome['score']:,}", f"http://localhost:8000/r/{public.id}"
    assert (status, "noindex" in page) == (200, False)
    assert tags_of(page) == {
        "og:type": "article", "og:title": f"{score} points by {alice.alias}", "og:site_name": "Zapp & Co",
        "og:description": "Watch all 45 seconds, dart by dart. Then beat it: real prizes from Zapp & Co.",
        "og:url": address, "og:image": f"{address}/card.png", "og:image:width": "1200", "og:image:height": "630",
        "og:image:type": "image/png", "og:image:alt": f"The boss of Zapp & Co, and a score of {score} points.",
        "og:locale": "en_US", "og:locale:alternate": "nl_NL", "twitter:card": "summary_large_image",
        "article:published_time": public.opened["round"]["opened_at"],
        "twitter:image:alt": f"The boss of Zapp & Co, and a score of {score} points."}  # fmt: skip
    assert EVIL not in page


def test_it_does_so_in_the_readers_language(app: Flask, public: Play, alice: Player) -> None:
    tags = tags_of(open_page(app, public.id, language="fr")[1])
    score = f"{public.outcome['score']:,}".replace(",", "\u202f")
    assert (tags["og:title"], tags["og:locale"]) == (f"{score} points par {alice.alias}", "fr_FR")


def test_a_network_that_asks_for_no_language_gets_the_campaign_s_first(
        app: Flask, public: Play, database: Database) -> None:
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(titles={"fr": "Visez le patron\u202f!"}))
    for language in ("", "en"):
        assert tags_of(open_page(app, public.id, language=language)[1])["og:locale"] == "fr_FR"


def test_the_page_knows_the_campaign_that_the_round_was_played_in(app: Flask, public: Play) -> None:
    _, page = open_page(app, public.id)
    boot = json.loads(page.split('id="boot">')[1].split("</script>")[0])
    campaign = boot["campaign"]
    assert (campaign["slug"], campaign["brand"], campaign["state"]) == ("boss", "Zapp & Co", "open")
    assert set(campaign) == {"slug", "brand", "title", "theme", "state"}
    assert boot["is_public"] is True


def test_an_erased_players_round_is_somebodys(app: Flask, public: Play, alice: Player) -> None:
    assert alice.call("DELETE", "/players/me").status_code == 204
    status, page = open_page(app, public.id)
    assert alice.alias not in page
    assert status == 404 or tags_of(page)["og:title"].endswith("points by somebody")


def test_an_unknown_round_has_a_page_that_is_not_found_and_tells_nothing(app: Flask, alice: Player) -> None:
    for round_id in ("none", alice.open().id):  # one that is going on is nobody's business yet
        status, page = open_page(app, round_id)
        assert (status, "noindex" in page, tags_of(page)) == (404, True, {})
        assert 'id="replay-note"' in page


def test_a_held_round_has_a_page_for_its_player_but_nothing_to_pass_on(app: Flask, held: Play, alice: Player) -> None:
    status, page = open_page(app, held.id)
    assert (status, "noindex" in page, tags_of(page)) == (200, True, {})
    assert alice.alias not in page


def test_a_rejected_round_is_found_by_a_reviewers_link_alone(
        app: Flask, held: Play, database: Database, clock: FakeClock) -> None:
    with database.sessions() as session:
        reject_round(session, held.id, "two players, one log", "Mona", clock())
    look = look_key(app.extensions["popshot_play_terms"].look_key, held.id)
    assert open_page(app, held.id, query=f"?look={look}")[0] == 200
    assert open_page(app, held.id)[0] == open_page(app, held.id, query=f"?look={look[:-1]}x")[0] == 404


def test_a_replay_says_where_and_when_it_was_played(public: Play, charlie: Player) -> None:
    told = charlie.get(f"{public.path}/replay").get_json()
    assert (told["campaign"], told["played_at"]) == ("boss", public.opened["round"]["opened_at"])
