"""How the ways to win show: the shared life, other chances than the ladder's, several awards, gifts, tickets."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from prizes.prize import Prize, PrizeKind
from prizes.stock import add_prize
from prizes.ways.community import Community
from server.campaigns.campaign import get_campaign
from server.db import Database, transaction
from tests.browser.heard import COPIES, HAS_COME
from tests.browser.test_coming_back import AWARD, OUTCOME, come_back
from tests.rig.app import add_campaign, fresh_app
from tests.rig.bot import GOOD
from tests.rig.clock import FakeClock
from tests.rig.databases import opened
from tests.rig.play import Player
from tests.rig.served import Served

TOGETHER: dict[str, Any] = {"life": 20_000, "left": 7_655, "steps": [
    {"at": 5_000, "open": True, "prize_id": "badge"}, {"at": 15_000, "open": False, "prize_id": "paper"},
    {"at": 20_000, "open": False, "releases": "hat"}]}  # fmt: skip
VALUE = {"cents": 0, "currency": "EUR"}
MORE: list[dict[str, Any]] = [
    {"id": "badge", "name": "Dart friend", "kind": "badge", "ways": ["community"], "left": "many", "value": VALUE},
    {"id": "paper", "name": "Boss wallpaper", "kind": "download", "ways": ["community"], "left": "many",
     "value": VALUE},
    {"id": "hat", "name": "Party hat", "kind": "parcel", "ways": ["instant_win"], "left": "few", "value": VALUE},
    {"id": "trip", "name": "A day off", "kind": "voucher", "ways": ["standings"], "left": 3, "value": VALUE},
    {"id": "chair", "name": "The boss’s chair", "kind": "parcel", "ways": ["draw"], "left": 1, "value": VALUE},
]
WAYS: dict[str, Any] = {"boss_life": TOGETHER, "instant_win": {"one_in": 10, "commitment": "0" * 64}, "draw": {},
                        "places": [{"from": 1, "to": 3, "prize_id": "trip"}]}
WINS: list[dict[str, Any]] = [
    AWARD, {**AWARD, "id": "a2", "way": "instant_win", "prize": {"id": "hat", "name": "Party hat"}},
    {**AWARD, "id": "a3", "way": "community", "prize": {"id": "badge", "name": "Dart friend"}}]
KEEPSAKE = {"ticket": "7K3QF-9TZ2M-WX4NB-H8D1C", "url": "http://localhost/claim/7K3QF-9TZ2M-WX4NB-H8D1C"}


def offer(page: Page, **ways: Any) -> None:
    """Let the demo's page offer prizes by every way, or have other members."""
    def add(route: Route) -> None:
        response = route.fetch()
        def more(found: re.Match[str]) -> str:
            boot = json.loads(found[2])
            campaign = boot["campaign"]
            campaign.update(WAYS, **ways)
            campaign["prizes"] += MORE
            return found[1] + json.dumps(boot).replace("<", "\\u003c") + found[3]

        boot = r'(<script type="application/json" id="boot">)(.*?)(</script>)'
        body = re.sub(boot, more, response.text(), flags=re.S)
        route.fulfill(response=response, body=body)

    page.route(re.compile(r"/[ce]/boss$"), add)


def start(demo: Served, page: Page, **ways: Any) -> None:
    offer(page, **ways)
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#life-next")).not_to_be_empty()


def end(demo: Served, page: Page, **more: Any) -> None:
    offer(page)
    come_back(page, demo, {**OUTCOME, "kept_back": 0, **more}, left="round")
    expect(page.locator("#result .total")).to_be_visible()


def test_the_start_tells_what_all_have_done_together_and_what_opens_next(demo: Served, page: Page) -> None:
    start(demo, page)
    expect(page.locator("#life-count")).to_have_text("Together we have hit the boss 12,345 times!")
    expect(page.locator("#life-next")).to_have_text("2,655 to go for: Boss wallpaper")
    expect(page.locator("#life-marks i.open")).to_have_count(1)


STEPS = [{**step, "open": True} for step in TOGETHER["steps"]]


@pytest.mark.parametrize(("life", "count", "following"), [
    ({**TOGETHER, "left": 20_000, "steps": [{"at": 9, "open": False, "releases": "hat"}]},
     "One boss, all of us: every hit counts!", "9 to go for more of: Party hat"),
    ({**TOGETHER, "left": 10, "steps": STEPS[:1]}, "Together we have hit the boss 19,990 times!",
     "Everything is open. Keep popping!"),
    ({**TOGETHER, "left": 0, "steps": STEPS}, "Together we have hit the boss 20,000 times!",
     "The boss has had it: we did it all together!"),
])  # fmt: skip
def test_the_life_has_words_from_its_first_hit_to_its_last(
        demo: Served, page: Page, life: dict[str, Any], count: str, following: str) -> None:
    start(demo, page, boss_life=life)
    expect(page.locator("#life-count")).to_have_text(count)
    expect(page.locator("#life-next")).to_have_text(following)


def test_the_life_moves_while_the_page_is_open(demo: Served, page: Page) -> None:
    clock = FakeClock(datetime.now(UTC))
    with opened(demo.database_url) as database:
        app = fresh_app(database, clock)
        slug = add_life(database, clock.now)
        page.goto(f"{demo.url}/c/{slug}")
        expect(page.locator("#life-count")).to_have_text("One boss, all of us: every hit counts!")
        expect(page.locator("#live")).to_be_visible()
        hits = Player(app, clock).play(1, GOOD, slug=slug, enough=1_500).outcome["hits"]
        expect(page.locator("#life-count")).to_have_text(f"Together we have hit the boss {hits} times!")
        page.reload()
        expect(page.locator("#life-count")).to_have_text(f"Together we have hit the boss {hits} times!")


def add_life(database: Database, now: datetime) -> str:
    """A campaign whose boss has a life, and a badge for all at 999 hits; its slug."""
    slug = add_campaign(database, "together", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9))
    with database.sessions() as session, transaction(session):
        campaign = get_campaign(session, slug)
        badge = add_prize(session, Prize(campaign_id=campaign.id, names={"en": "Badge"}, kind=PrizeKind.BADGE,
                                         value_cents=0, is_unlimited=True, created_at=now))
        Community().set_up(session, campaign.id, {"life": 999, "steps": [{"at": 999, "prize": "badge"}]},
                           {"badge": badge.id})
    return slug


def test_a_campaign_of_a_ladder_alone_shows_neither_a_life_nor_other_chances(demo: Served, page: Page) -> None:
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#live")).to_be_visible()
    expect(page.locator("#life")).to_have_count(0)
    expect(page.locator("#chances li")).to_have_count(0)


def test_each_prize_says_how_it_is_won_and_what_is_left_in_words(demo: Served, page: Page) -> None:
    start(demo, page)
    expect(page.locator("#chances small")).to_have_text([
        "Hidden in the gifts · Only a few left", "For all of us, at 5,000 hits · Open!",
        "For all of us, at 15,000 hits · A download", "For places 1 to 3", "In the draw at the end"])
    expect(page.locator("#chances a")).to_have_attribute("href", "/c/boss/draw")
    expect(page.locator("#chances .odds")).to_have_text("One gift in 10 gets a chance.")


def test_a_prize_that_playing_alone_wins_is_not_called_reached_before(demo: Served, page: Page) -> None:
    start(demo, page, ladder=[{"score": 0, "prize_id": "badge"}])
    expect(page.locator("#teaser")).to_have_text("Just for playing: Dart friend")
    expect(page.locator("#ladder li")).to_have_text("1Dart friendJust for playing · A badge to keep")


def test_each_of_several_awards_says_how_it_was_won_and_has_a_way_to_its_claim(demo: Served, page: Page) -> None:
    end(demo, page, awards=WINS)
    expect(page.locator("#result h1")).to_have_text("You won 3 prizes!")
    expect(page.locator(".won .eyebrow")).to_have_text(["For your score", "It was in your gift", "Opened together"])
    expect(page.locator(".won a.button")).to_have_text(["Claim my prize", "Claim my prize", "See my badge"])
    expect(page.locator(".result .parent:not([hidden])")).to_be_visible()


def test_nobody_needs_a_parent_for_a_badge(demo: Served, page: Page) -> None:
    end(demo, page, awards=WINS[2:])
    expect(page.locator("#result h1")).to_have_text("You won a prize!")
    expect(page.locator(".result .parent:not([hidden])")).to_have_count(0)


@pytest.mark.parametrize(("gifts", "notes"), [
    ({"opened": 0, "won": 0}, []), ({"opened": 2, "won": 1}, []),
    ({"opened": 1, "won": 0}, ["Nothing in this gift. The next one may have it."]),
    ({"opened": 3, "won": 0}, ["Nothing in these 3 gifts. The next one may have it."]),
])  # fmt: skip
def test_gifts_that_held_nothing_are_told_kindly(
        demo: Served, page: Page, gifts: dict[str, int], notes: list[str]) -> None:
    end(demo, page, gifts=gifts)
    expect(page.locator(".result .gifts")).to_have_text(notes)


def test_the_ticket_for_later_says_what_is_awaited_and_leads_to_its_page(demo: Served, page: Page) -> None:
    end(demo, page, keepsake=KEEPSAKE)
    box = page.locator(".keepsake")
    for awaited in ("The best places win at the end.", "The draw comes", "more may still open", "Keep this link"):
        expect(box).to_contain_text(awaited)
    assert box.get_by_role("link", name="Open my ticket").get_attribute("href") == f"/claim/{KEEPSAKE['ticket']}"
    expect(page.locator(".note.together")).to_have_text("Your 85 hits count for all of us.")


def test_the_ticket_s_link_can_be_copied(demo: Served, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    end(demo, page, keepsake=KEEPSAKE)
    page.wait_for_function(HAS_COME, arg=COPIES)
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator(".keepsake")).to_contain_text("Copied!")
    assert page.evaluate("navigator.clipboard.readText()") == KEEPSAKE["url"]
