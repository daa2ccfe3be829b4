"""An address that is handed on takes an id and nothing else: what else is put there is neither obeyed nor told."""

import io
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import segno
from flask.testing import FlaskClient
from sqlalchemy import update

from server.campaigns.campaign import Campaign, CampaignState
from server.db import Database, transaction
from server.play.round import Round, Verdict
from server.play.share_address import share_address
from tests.rig.app import add_campaign
from tests.rig.clock import NOON
from tests.rig.play import Play, Player

DARED = 'class="teaser dare"'
HOSTILE = ("//evil.example", "https://evil.example/", "javascript:alert(1)//evil", "evil\r\nSet-Cookie: evil=1",
           "evil\x00", "evil" * 5_000, '"><script>evil()</script>', "' OR 1=1 --evil", "../../evil", "{{evil}}",
           "evil\ud800".encode("utf-8", "surrogatepass"), "％０ｄevil", "0" * 20)  # fmt: skip
NAMES = ("beat", "lang", "beat[]", "beat[id]", "url", "next", "to", "redirect", "via", "utm_source")
PLACES = ("/c/boss", "/e/boss", "/", "/r/{id}", "/r/{id}/card.png", "/r/{id}/qr.svg", "/c/boss/card.png",
          "/c/boss/words.json")  # fmt: skip


@pytest.fixture
def played(alice: Player) -> Play:
    return alice.play(1, enough=300)


def drawn_qr(address: str) -> bytes:
    """The picture of an address, dark on white, with the quiet border that cameras need."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", scale=6, border=3, dark="#14213d", light="#fff")
    return drawn.getvalue()


def page(client: FlaskClient, query: str = "", path: str = "/c/boss") -> str:
    response = client.get(f"{path}{query}")
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize("path", ["/c/boss", "/e/boss"])
def test_a_dare_begins_with_whom_to_beat_in_the_server_s_words(client: FlaskClient, played: Play, path: str) -> None:
    score = f"{played.outcome['score']:,}"
    shown = page(client, f"?beat={played.id}&score=987654321&alias=Evil", path)
    assert f"Beat {played.player.alias}’s {score}" in shown
    assert "Evil" not in shown
    assert "987654321" not in shown
    assert f'href="?lang=fr&amp;beat={played.id}"' in shown


@pytest.mark.parametrize("verdict", [Verdict.HELD, Verdict.REJECTED, None])
def test_a_round_that_does_not_count_dares_nobody(client: FlaskClient, played: Play, database: Database,
                                                  verdict: Verdict | None) -> None:
    assert DARED in page(client, f"?beat={played.id}")
    with database.sessions() as session, transaction(session):
        session.execute(update(Round).values(verdict=verdict))
    assert page(client, f"?beat={played.id}") == page(client)


def test_an_erased_player_dares_nobody(client: FlaskClient, played: Play) -> None:
    assert played.player.call("DELETE", "/players/me").status_code == 204
    assert page(client, f"?beat={played.id}") == page(client)


def test_an_open_round_and_an_unknown_one_dare_nobody(client: FlaskClient, alice: Player) -> None:
    for round_id in (alice.open().id, "0" * 20, "none"):
        assert page(client, f"?beat={round_id}") == page(client)


def test_a_round_of_another_campaign_dares_nobody(client: FlaskClient, database: Database, played: Play) -> None:
    add_campaign(database, "another")
    assert DARED not in page(client, f"?beat={played.id}", "/c/another")


@pytest.mark.parametrize("change", [
    {"state": CampaignState.PAUSED}, {"state": CampaignState.ENDED}, {"closes_at": NOON - timedelta(hours=1)}])
def test_a_campaign_that_is_not_open_dares_nobody(client: FlaskClient, database: Database, played: Play,
                                                  change: dict[str, object]) -> None:
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(**change))
    assert page(client, f"?beat={played.id}") == page(client)


@pytest.mark.parametrize("place", PLACES)
def test_nothing_that_is_put_into_an_address_is_obeyed_or_told(client: FlaskClient, played: Play, place: str) -> None:
    path = place.format(id=played.id)
    for value in HOSTILE:
        query = "&".join(f"{quote(name)}={quote(value)}" for name in NAMES)
        response = client.get(f"{path}?{query}&beat={quote(value)}&beat={quote(value)}")
        assert response.status_code in (200, 302), (path, value)
        told = f"{response.headers}" if response.status_code == 200 else response.headers["Location"].partition("?")[0]
        assert "evil" not in told.lower(), (path, value)
        is_told = response.status_code == 200 and response.mimetype != "image/png"  # whose bytes are any letters
        assert not is_told or b"evil" not in response.data.lower(), (path, value)
        assert "Set-Cookie" not in response.headers


def test_the_way_from_the_first_page_stays_here_whatever_it_is_asked(client: FlaskClient) -> None:
    for value in HOSTILE:
        response = client.get(f"/?next={quote(value)}&{quote(value)[:900]}")
        address = urlsplit(response.headers["Location"])
        assert (response.status_code, address.scheme, address.netloc, address.path) == (302, "", "", "/c/boss")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80@localhost", "localhost:8000.evil.example"])
def test_no_page_believes_the_host_header(client: FlaskClient, played: Play, host: str) -> None:
    headers = {"Host": host, "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    for place in (*PLACES, "/robots.txt", "/favicon.ico"):
        response = client.get(place.format(id=played.id), headers=headers)
        assert "evil" not in f"{response.headers}".lower(), place
        assert b"evil" not in response.data, place


def test_the_qr_code_of_a_round_holds_its_address(client: FlaskClient, played: Play) -> None:
    here = "http://localhost:8000"
    dared = f"{here}/c/boss?beat={played.id}"
    told = {"": f"{here}/r/{played.id}", "?beat=1": dared, "?beat=//evil&lang=fr": f"{dared}&lang=fr",
            "?lang=xx": f"{here}/r/{played.id}"}
    for query, address in told.items():
        response = client.get(f"/r/{played.id}/qr.svg{query}")
        assert response.mimetype == "image/svg+xml"
        assert response.data == drawn_qr(address), query
        assert response.headers["Cache-Control"] == "public, max-age=86400"
        again = client.get(f"/r/{played.id}/qr.svg{query}", headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    assert drawn_qr(dared) != drawn_qr(f"{dared}x")  # a picture tells its address


def test_an_address_quotes_each_thing_that_it_asks_for() -> None:
    address = share_address("https://play.example", "/c/boss", beat="a&b=c d#e", lang=None, via="")
    assert parse_qs(urlsplit(address).query) == {"beat": ["a&b=c d#e"]}
    assert address.startswith("https://play.example/c/boss?beat=a%26b%3Dc")
    assert share_address("https://play.example", "/r/x") == "https://play.example/r/x"


def test_the_words_of_sharing_come_when_they_are_wanted_alone(client: FlaskClient) -> None:
    usual, wanted = (client.get(f"/c/boss/words.json{query}").get_json() for query in ("", "?of=sharing"))
    assert usual.keys() & wanted.keys() == set()
    assert {key.partition(".")[0] for key in wanted} == {"duel", "sharing"}
    assert client.get("/c/boss/words.json?of=//evil").get_json() == usual
