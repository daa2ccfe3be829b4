"""oEmbed: a campaign's address pasted into an article becomes one bare frame; nothing else does."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import fromstring

import pytest
from flask.testing import FlaskClient

from server.db import Database
from tests.rig.app import add_campaign

OWN = "http://localhost:8000"
CAMPAIGN = f"{OWN}/c/boss"


def ask(client: FlaskClient, url: str = CAMPAIGN, **asked: str) -> Any:
    return client.get("/oembed", query_string={"url": url, **asked})


class Tags(HTMLParser):
    """Every tag of a text with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_it_answers_what_the_standard_asks_for(client: FlaskClient) -> None:
    response = ask(client)
    told = response.get_json()
    assert response.mimetype == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    html = told.pop("html")
    assert told == {"version": "1.0", "type": "rich", "provider_name": "Popshot", "provider_url": OWN,
                    "author_name": "Zapp & Co", "title": "Hit the boss! · Zapp & Co", "cache_age": 3600,
                    "width": 640, "height": 680}
    (tag, traits), = Tags(html).found
    assert (tag, traits["src"], traits["title"]) == ("iframe", f"{OWN}/e/boss", "Hit the boss! · Zapp & Co")
    assert (traits["width"], traits["height"], traits["loading"]) == ("640", "680", "lazy")


def test_the_same_as_xml(client: FlaskClient) -> None:
    response = ask(client, format="xml")
    assert response.content_type == "text/xml; charset=utf-8"
    told = {child.tag: child.text for child in fromstring(response.text)}
    assert told == {name: str(value) for name, value in ask(client).get_json().items()}


def test_a_title_cannot_leave_its_place(client: FlaskClient, database: Database) -> None:
    title = """</iframe>"'><script>alert(1)</script>&amp;]]>"""
    add_campaign(database, "odd", framed_by=["https://brand.example"], titles={"en": title}, brand='B"><b>')
    for wish in ("json", "xml"):
        response = ask(client, f"{OWN}/c/odd", format=wish)
        html = response.get_json()["html"] if wish == "json" else fromstring(response.text).findtext("html")
        (tag, traits), = Tags(html or "").found
        assert (tag, traits["title"]) == ("iframe", f'{title} · B"><b>')


@pytest.mark.parametrize(("asked", "size"), [
    ({"maxwidth": "320"}, (320, 680)), ({"maxheight": "400"}, (640, 400)), ({"maxwidth": "9999"}, (640, 680)),
    ({"maxwidth": "1", "maxheight": "1"}, (1, 1)), ({"maxwidth": ""}, (640, 680)),
])
def test_it_is_never_larger_than_asked(client: FlaskClient, asked: dict[str, str], size: tuple[int, int]) -> None:
    told = ask(client, **asked).get_json()
    assert (told["width"], told["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in told["html"]


@pytest.mark.parametrize("url", [
    f"{CAMPAIGN}/", f"{CAMPAIGN}?utm_source=x", f"{CAMPAIGN}#top", f"{OWN}/e/boss", "HTTP://LOCALHOST:8000/c/boss"])
def test_every_way_to_write_the_address_is_known(client: FlaskClient, url: str) -> None:
    assert f'src="{OWN}/e/boss"' in ask(client, url).get_json()["html"]


def test_the_language_of_the_address_is_kept(client: FlaskClient) -> None:
    told = ask(client, f"{CAMPAIGN}?lang=fr").get_json()
    assert told["title"].startswith("Visez le patron")
    assert f'src="{OWN}/e/boss?lang=fr"' in told["html"]
    assert "lang=xx" not in ask(client, f"{CAMPAIGN}?lang=xx").get_json()["html"]


@pytest.mark.parametrize(("url", "asked", "status", "code"), [
    ("", {}, 400, "malformed"),
    (CAMPAIGN, {"maxwidth": "-1"}, 400, "malformed"), (CAMPAIGN, {"maxheight": "all"}, 400, "malformed"),
    (CAMPAIGN, {"maxwidth": "1e3"}, 400, "malformed"), (CAMPAIGN, {"maxwidth": "\u0663"}, 400, "malformed"),
    (CAMPAIGN, {"format": "yaml"}, 501, "format_unknown"), (CAMPAIGN, {"format": ""}, 501, "format_unknown"),
    (f"{OWN}/c/none", {}, 404, "campaign_not_found"), (f"{OWN}/c/alone", {}, 401, "not_embeddable"),
    ("https://evil.example/c/boss", {}, 404, "campaign_not_found"), (f"{OWN}0/c/boss", {}, 404, "campaign_not_found"),
    ("http://localhost:8000@evil.example/c/boss", {}, 404, "campaign_not_found"),
    ("//localhost:8000/c/boss", {}, 404, "campaign_not_found"), ("http://[/c/boss", {}, 404, "campaign_not_found"),
    (f"{OWN}/c/boss/draw", {}, 404, "campaign_not_found"), (f"{OWN}/c/../me", {}, 404, "campaign_not_found"),
    (f"{OWN}/r/boss", {}, 404, "campaign_not_found"), ("boss", {}, 404, "campaign_not_found"),
    ("http://localhost:x/c/boss", {}, 404, "campaign_not_found"), (f"{OWN}/c/boss\0", {}, 404, "campaign_not_found"),
])
def test_it_refuses_as_the_standard_says(
        client: FlaskClient, database: Database, url: str, asked: dict[str, str], status: int, code: str) -> None:
    add_campaign(database, "alone")  # nobody may frame it
    response = ask(client, url, **asked)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.get_json()["code"] == code


def test_a_campaign_s_page_leads_to_it_where_somebody_may_frame_it(client: FlaskClient, database: Database) -> None:
    links = [traits for tag, traits in Tags(client.get("/c/boss").text).found
             if tag == "link" and traits.get("type") == "application/json+oembed"]
    assert [link["href"] for link in links] == [f"{OWN}/oembed?url={quote(CAMPAIGN, safe='')}"]
    assert client.get(str(links[0]["href"])).status_code == 200
    for page in (f"/c/{add_campaign(database, 'alone')}", "/e/boss"):
        assert "json+oembed" not in client.get(page).text


def test_no_host_header_is_believed(client: FlaskClient) -> None:
    headers = {"Host": "evil.example"}
    told = client.get("/oembed", query_string={"url": "http://evil.example/c/boss"}, headers=headers)
    assert told.status_code == 404
    assert "evil.example" not in client.get("/oembed", query_string={"url": CAMPAIGN}, headers=headers).text
