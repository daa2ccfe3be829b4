"""A link to a campaign, a dare or a replay shows on every network what it is, from addresses of ours alone."""

import io
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import update

from server.campaigns.campaign import Campaign, CampaignState
from server.db import Database, transaction
from server.play.round import Round, Verdict
from tests.play.as_networks_do import CRAWLERS, Head, read_head, unfold
from tests.rig.app import add_campaign, calm_config, fresh_app
from tests.rig.clock import FakeClock
from tests.rig.play import Play, Player

HERE = "http://localhost:8000"
PUBLIC = "https://play.example/boo"
LARGEST = 600_000  # bytes: WhatsApp's; X takes 5 MB, Facebook and LinkedIn 8 and 5
REQUIRED = ("og:title", "og:description", "og:type", "og:url", "og:image", "og:image:alt", "og:site_name", "og:locale",
            "twitter:card", "description")  # fmt: skip


@pytest.fixture
def played(alice: Player) -> Play:
    return alice.play(1, enough=300)


def links(played: Play) -> dict[str, str]:
    return {"campaign": "/c/boss", "frame": "/e/boss", "dare": f"/c/boss?beat={played.id}", "replay": f"/r/{played.id}"}


@pytest.mark.parametrize("crawler", CRAWLERS)
def test_every_network_finds_what_it_shows(app: Flask, played: Play, crawler: str) -> None:
    for path in links(played).values():
        preview = unfold(app, path, CRAWLERS[crawler])
        assert [name for name in REQUIRED if not preview.head.of(name)] == []
        assert len(preview.head.of("og:title")) <= 70
        assert len(preview.head.of("og:description")) <= 200
        picture = Image.open(io.BytesIO(preview.picture))
        told = tuple(int(preview.head.of(f"og:image:{side}")) for side in ("width", "height"))
        assert (picture.size, picture.format) == (told, "PNG")
        assert told >= (1200, 627)
        assert preview.head.of("og:image:type") == preview.media_type == "image/png"
        assert len(preview.picture) <= LARGEST
        assert preview.head.of("twitter:card") == "summary_large_image"


def test_a_page_whose_tags_come_too_late_would_be_found_out() -> None:
    late = "<html lang=en><head><style>" + " " * 16_384 + "</style><meta property='og:title' content='Late'>"
    with pytest.raises(ValueError, match="not enough values"):
        Head(late[:16_384]).of("og:title")


def test_every_address_begins_with_the_public_one(database: Database, clock: FakeClock, played: Play) -> None:
    config = calm_config()
    app = fresh_app(database, clock, replace(config, server=replace(config.server, public_url=PUBLIC)))
    for path in links(played).values():
        head = read_head(app, path, Host="evil.example", **{"X-Forwarded-Host": "evil.example"})
        told = [head.of("og:url"), head.of("og:image"), head.links["canonical"]]
        assert [address for address in told if not address.startswith(f"{PUBLIC}/")] == []


def test_a_campaign_says_what_it_is(app: Flask) -> None:
    head = read_head(app, "/c/boss")
    told = [head.of(f"og:{name}") for name in ("type", "title", "site_name")]
    assert told == ["website", "Hit the boss!", "Zapp & Co"]
    assert head.of("og:url") == head.links["canonical"] == f"{HERE}/c/boss"
    assert head.of("og:image") == f"{HERE}/c/boss/card.png"
    assert (head.of("og:locale"), sorted(head.all_of("og:locale:alternate"))) == (
        "en_US", ["de_DE", "es_ES", "fr_FR", "it_IT", "nl_NL"])
    assert head.all_of("robots") == []


def test_a_frame_s_page_is_known_as_the_campaign_s(app: Flask) -> None:
    head = read_head(app, "/e/boss")
    assert head.of("og:url") == head.links["canonical"] == f"{HERE}/c/boss"


def test_a_language_that_the_address_asks_for_stays_in_it(app: Flask, client: FlaskClient) -> None:
    head = read_head(app, "/c/boss?lang=fr")
    assert (head.language, head.of("og:locale"), head.of("og:url")) == ("fr", "fr_FR", f"{HERE}/c/boss?lang=fr")
    assert head.of("og:image") == f"{HERE}/c/boss/card.png?lang=fr"
    by_browser = read_head(app, "/c/boss", **{"Accept-Language": "fr"})
    assert (by_browser.of("og:locale"), by_browser.of("og:url")) == ("fr_FR", f"{HERE}/c/boss")
    assert client.get("/c/boss/card.png").data != client.get("/c/boss/card.png?lang=fr").data


def test_facebook_is_given_the_language_that_it_asks_for(app: Flask) -> None:
    assert read_head(app, "/c/boss", **{"X-Facebook-Locale": "de_DE"}).of("og:locale") == "de_DE"
    assert read_head(app, "/c/boss", **{"X-Facebook-Locale": "xx_<b>"}).of("og:locale") == "en_US"


def test_a_dare_says_whom_to_beat_and_is_nobodys_to_search_for(app: Flask, played: Play, client: FlaskClient) -> None:
    score, alias = f"{played.outcome['score']:,}", played.player.alias
    head = read_head(app, f"/c/boss?beat={played.id}")
    assert head.of("og:title") == f"Beat {score} by {alias}"
    assert head.of("og:url") == head.links["canonical"] == f"{HERE}/c/boss?beat={played.id}"
    assert head.of("og:image") == f"{HERE}/r/{played.id}/card.png?beat=1"
    assert head.of("robots") == "noindex"
    assert client.get(f"/r/{played.id}/card.png?beat=1").data != client.get(f"/r/{played.id}/card.png").data


def test_a_replay_is_an_article_of_its_day(app: Flask, played: Play) -> None:
    head = read_head(app, f"/r/{played.id}")
    assert (head.of("og:type"), head.of("article:published_time")) == ("article", played.opened["round"]["opened_at"])


@pytest.mark.parametrize("state", [CampaignState.PAUSED, CampaignState.ENDED])
def test_a_campaign_that_rests_or_is_over_keeps_its_preview(app: Flask, database: Database,
                                                                  state: CampaignState) -> None:
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).values(state=state))
    for crawler in CRAWLERS.values():
        assert unfold(app, "/c/boss", crawler).head.of("og:title") == "Hit the boss!"


def test_a_draft_has_neither_page_nor_picture(client: FlaskClient, database: Database) -> None:
    add_campaign(database, "secret", state=CampaignState.DRAFT)
    assert [client.get(f"/c/secret{path}").status_code for path in ("", "/card.png")] == [404, 404]


def test_who_asks_for_the_head_alone_gets_it(client: FlaskClient, played: Play) -> None:
    for path in (*links(played).values(), "/c/boss/card.png", f"/r/{played.id}/card.png", f"/r/{played.id}/qr.svg"):
        whole, head = client.get(path), client.head(path)
        assert (head.status_code, head.data, head.content_type) == (200, b"", whole.content_type), path
        assert head.headers["Content-Length"] == whole.headers["Content-Length"]


def test_robots_may_read_what_is_for_them(client: FlaskClient) -> None:
    rules = client.get("/robots.txt")
    assert (rules.status_code, rules.mimetype) == (200, "text/plain")
    closed = [line.removeprefix("Disallow: ") for line in rules.text.splitlines() if line.startswith("Disallow: ")]
    for path in ("/", "/c/boss", "/c/boss/card.png", "/r/abc", "/static/game.css", "/pictures/abc"):
        assert [one for one in closed if path.startswith(one)] == []
    private = ("/api/v1/x", "/backoffice/", "/claim/CODE", "/me")
    assert [one for one in private if not one.startswith(tuple(closed))] == []


@pytest.mark.parametrize("path", ["/favicon.ico", "/apple-touch-icon.png"])
def test_the_icon_is_where_everybody_looks_for_it(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    icon = Image.open(io.BytesIO(response.data))
    assert (response.status_code, response.mimetype, icon.size[0] >= 32) == (200, "image/png", True)
    assert icon.size[0] == icon.size[1]


@pytest.mark.parametrize("verdict", [Verdict.HELD, Verdict.REJECTED, None])
def test_a_round_that_is_not_public_has_no_preview(app: Flask, client: FlaskClient, played: Play, database: Database,
                                                   verdict: Verdict | None) -> None:
    with database.sessions() as session, transaction(session):
        session.execute(update(Round).values(verdict=verdict))
    tags = Head(client.get(f"/r/{played.id}").text).tags
    assert [name for name, _ in tags if name.startswith(("og:", "twitter:"))] == []
    assert [client.get(f"/r/{played.id}/{name}").status_code for name in ("card.png", "qr.svg")] == [404, 404]
    assert read_head(app, f"/c/boss?beat={played.id}").of("og:url") == f"{HERE}/c/boss"
