"""The practice in one file: nothing in it leads anywhere but to the game, and nothing can be won in it."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from prizes.prize import prizes_of
from server.campaigns.campaign import Campaign, find_campaign
from server.campaigns.picture import keep_picture
from server.campaigns.redraw import Redrawn
from server.play import practice_page
from server.play.practice_page import MRAID, STATIC, Practice, TooHeavy, make_practice
from server.static_files import GAME
from server.texts import load_texts
from tests.house.test_first_words import at_once, texts_said
from tests.rig.clock import NOON

TEXTS = load_texts()
AD = Practice("https://play.example", "fr", {"utm_source": "tiktok"})
ADDRESS = re.compile(r"""(?:src|href)=["']?(?!data:)([^"'>\s]+)|url\(([^)]*)\)|@import""")
MOST_USUAL = 260_000  # bytes of a campaign without pictures


@pytest.fixture
def boss(client: FlaskClient, session: Session) -> Campaign:
    campaign = find_campaign(session, "boss")
    assert campaign is not None
    return campaign


def page_of(session: Session, campaign: Campaign, practice: Practice = AD) -> str:
    return make_practice(session, campaign, TEXTS, practice).content.decode()


def elements(page: str, tag: str) -> Iterator[str]:
    return (found[1] for found in re.finditer(rf"<{tag}>(.*?)</{tag}>", page, re.S))


def told(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="boot">(.*?)</script>', page, re.S)
    assert found
    boot: dict[str, object] = json.loads(found[1])
    return boot


def test_its_policy_lets_in_its_own_scripts_and_styles_and_nothing_else(session: Session, boss: Campaign) -> None:
    page = page_of(session, boss)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy[1].split("; ")}
    for tag in ("script", "style"):
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
                  for text in elements(page, tag)]
        assert rules[f"{tag}-src"] == hashes
        assert hashes
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert rules["img-src"] == ["data:", "blob:"]
    assert page.index("Content-Security-Policy") < min(page.index("<style"), page.index("<script"))


def test_nothing_in_it_is_fetched_and_no_text_is_run(session: Session, boss: Campaign) -> None:
    page = page_of(session, boss)
    script = max(elements(page, "script"), key=len)
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.S)
    found = [match[0] for match in ADDRESS.finditer(markup)]
    assert {one for one in found if not one.startswith(('href="#', 'href="?lang', "url(#"))} == set()
    assert not re.search(r"\beval\(|new Function|importScripts|WebSocket|sendBeacon|document\.cookie",
                         script)
    assert ADDRESS.search('<img src="http://x/">')  # the look would see one
    assert len(page.encode()) <= MOST_USUAL


def test_it_knows_of_no_prize_and_leads_to_the_game_alone(session: Session, boss: Campaign) -> None:
    page = page_of(session, boss)
    boot = told(page)
    assert boot["campaign"]["prizes"] == boot["campaign"]["ladder"] == []  # type: ignore[index]
    assert boot["practice"]["address"] == "https://play.example/c/boss?lang=fr&utm_source=tiktok"  # type: ignore[index]
    assert boot["api"] == ""
    names = [name for prize in prizes_of(session, boss.id) for name in prize.names.values()]
    assert names
    assert not [name for name in names if name in page]
    assert TEXTS.say("fr", "practice.text") in page


def test_the_same_campaign_gives_the_same_bytes(session: Session, boss: Campaign) -> None:
    first = make_practice(session, boss, TEXTS, AD)
    assert make_practice(session, boss, TEXTS, AD) == first
    boss.titles = {**boss.titles, "fr": "Autre chose"}
    assert make_practice(session, boss, TEXTS, AD).version != first.version
    session.rollback()


def test_it_brings_along_every_text_that_its_script_says() -> None:
    said = texts_said(at_once(GAME / "playable.js"))
    lacking = {key for key in said if not key.startswith(practice_page.SAID)}
    panels = {key for key in lacking if key.startswith(("prizes.", "standings.", "state.sold_out"))}
    assert lacking == panels  # the panels beside the game are not there


def test_the_pictures_of_the_brand_are_inside(session: Session, boss: Campaign) -> None:
    redrawn = Redrawn("image/webp", b"RIFF picture", 9, 9)
    picture = keep_picture(session, redrawn, NOON)
    boss.theme = {**boss.theme, "logo": picture, "boss": {**boss.theme["boss"], "picture": picture}}
    page = page_of(session, boss)
    held = "data:image/webp;base64," + base64.b64encode(redrawn.content).decode()
    assert page.count(held) >= 3  # the mark, the scene, and what the script draws from
    assert picture not in page
    session.rollback()


def test_one_that_hosts_would_refuse_is_not_made(
        session: Session, boss: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice_page, "MOST_BYTES", 100_000)
    with pytest.raises(TooHeavy, match="hosts take 100,000"):
        make_practice(session, boss, TEXTS, AD)


def test_a_host_by_mraid_gets_its_script_and_may_add_more(session: Session, boss: Campaign) -> None:
    page = page_of(session, boss, Practice("https://play.example", "fr", {}, has_mraid=True))
    assert page.index(MRAID) < page.index("<style>")
    assert "script-src * 'unsafe-inline'" in page
    assert "default-src 'none'" in page
    assert MRAID not in page_of(session, boss)


def test_what_is_kept_for_offline_stands_where_the_game_stands(client: FlaskClient, boss: Campaign) -> None:
    answer = client.get("/c/boss/practice?lang=fr")
    assert answer.status_code == 200
    assert TEXTS.say("fr", "practice.offline") in answer.text
    assert told(answer.text)["practice"]["isOffline"] is True  # type: ignore[index]
    assert answer.headers["Content-Security-Policy"].endswith("; frame-ancestors 'none'")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers
    assert client.get("/c/nothing/practice").status_code == 404


def test_the_script_in_it_carries_the_licence_of_what_is_inside() -> None:
    script = (STATIC / "game" / "dist" / "playable.js").read_text()
    assert "Copyright (c) 2019 Frank Force" in script.split("*/")[0]
