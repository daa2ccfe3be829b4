"""A stranger plays a whole round by pointer, wins a prize, and leaves a comment that a person approves."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from server.simulation.replay import Shot, replay
from server.simulation.rng import parse_seed
from server.simulation.rules import Rules
from tests.browser.conftest import Troubles
from tests.rig.hand import PLAY, Hand
from tests.rig.served import Served

COMMENT = "That boss never saw my darts coming!"


def connections_of_the_round(page: Page) -> list[int]:
    """Fills with the connection ids that carried the round's calls, as the browser itself counts them."""
    used: list[int] = []
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def note(event: dict[str, Any]) -> None:
        response = event["response"]
        if re.search(r"/api/v1/(campaigns/boss/rounds|rounds/\w+/waves)$", response["url"]):
            used.append(int(response["connectionId"]))

    session.on("Network.responseReceived", note)
    return used


def score_again(demo: Served, hand: Hand, outcome: dict[str, Any]) -> tuple[int, int]:
    """Score and hits as the published replay and the seeds that the page saw give them."""
    watched = demo.call("GET", f"/api/v1/rounds/{outcome['replay_url'].rsplit('/', 1)[1]}/replay").body
    seeds = [parse_seed(answer["wave"]["seed"]) for answer in hand.answers if "wave" in answer]
    shots = [Shot(*shot) for shot in watched["shots"]]
    again = replay(Rules.from_json(watched["rules"]), seeds, shots, watched["voids"])
    return again.score, again.hits


def publish_the_comment(demo: Served) -> None:
    queue = demo.popshot("comment", "queue").stdout
    comment_id = next(line.split()[0] for line in queue.splitlines() if COMMENT in line)
    assert demo.popshot("comment", "publish", comment_id).returncode == 0


def leave_a_comment(demo: Served, page: Page, visitor: Page) -> None:
    """The author is told that it waits, nobody else sees it, until it is published: then everybody does."""
    visitor.goto(f"{demo.url}/c/boss")
    expect(visitor.locator("#live")).to_be_visible()  # the visitor listens before the comment is published
    page.locator("#comment").fill(COMMENT)
    page.locator("#comment-send").click()
    expect(page.locator("#talk")).to_contain_text("Waiting for a person")
    expect(visitor.locator("#talk")).not_to_contain_text(COMMENT)
    assert COMMENT not in str(demo.call("GET", "/api/v1/campaigns/boss/comments").body["comments"])
    publish_the_comment(demo)
    expect(visitor.locator("#talk")).to_contain_text(COMMENT)  # live, without a reload
    visitor.reload()
    expect(visitor.locator("#talk")).to_contain_text(COMMENT)
    expect(visitor.locator("#live")).to_be_visible()
    visitor.close()


@pytest.mark.timeout(600)
def test_a_stranger_plays_wins_a_prize_and_leaves_a_comment(
        demo: Served, browser: Browser, page: Page, troubles: Troubles) -> None:
    connections, hand = connections_of_the_round(page), Hand(page)
    page.goto(f"{demo.url}/c/boss")
    expect(page.locator("#live")).to_be_visible()  # what the page loads at once takes several connections
    page.locator(PLAY).click()
    outcome = hand.play()

    result = page.locator("#result")
    expect(result).to_be_visible()
    assert outcome["verdict"] == "accepted"
    assert outcome["score"] >= 150
    (award,) = outcome["awards"]
    expect(result).to_contain_text(award["prize"]["name"])
    expect(result).to_contain_text(award["claim_code"])
    assert score_again(demo, hand, outcome) == (outcome["score"], outcome["hits"])
    assert len(connections) == 10
    assert len(set(connections)) == 1  # the opening and nine waves, kept alive over 45 seconds

    visitor = browser.new_page()
    troubles.watch(visitor)
    leave_a_comment(demo, page, visitor)
    assert troubles.seen == []
    assert page.context.cookies() == []
    assert "the books agree" in demo.popshot("prize", "audit").stdout
