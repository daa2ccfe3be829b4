"""What anyone may know of a campaign's moderation: counts that stay when comments go, none of them small."""

from datetime import timedelta
from typing import Any

import pytest

from server.campaigns.campaign import CommentsMode
from server.comments.public_counts import KEPT_FOR, KeptCounts, public_counts, tell
from server.comments.ruling import Decision, Reason
from tests.comments.cast import Cast, Person
from tests.comments.test_appeal import PUBLISH, UPHOLD, settle
from tests.comments.test_state_reasons import hide_as_readers_do
from tests.rig.clock import NOON


def counts(cast: Cast) -> dict[str, Any]:
    """As of now; over the wire they may be an hour old."""
    with cast.database.sessions() as session:
        return public_counts(session, cast.campaign.id, cast.clock())


def ruled(cast: Cast, decision: Decision, reason: Reason, times: int, wait_s: int = 60) -> list[str]:
    """The ids of comments that a person ruled on, each a while after it came."""
    ids = []
    for number in range(times):
        ids.append(cast.posted(cast.player(), f"{decision} {reason} {number}"))
        cast.clock.advance(seconds=wait_s)
        cast.rule(ids[-1], decision, reason)
    return ids


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, None), (4, None), (5, 5), (6, 6)])
def test_a_small_number_is_not_told(count: int, told: int | None) -> None:
    assert tell(count) == told


def test_each_comment_counts_where_its_last_ruling_left_it(cast: Cast) -> None:
    published = ruled(cast, Decision.PUBLISH, Reason.FINE, 6)
    ruled(cast, Decision.REFUSE, Reason.ILLEGAL, 5, wait_s=120)
    ruled(cast, Decision.REFUSE, Reason.SPAM, 2)
    cast.posted(cast.player(), "still waits")
    cast.rule(published[0], Decision.REFUSE, Reason.ILLEGAL)
    told = counts(cast)
    assert {name: told[name] for name in ("received", "published", "hidden", "median_s")} == {
        "received": 14, "published": 5, "hidden": 0, "median_s": 60}
    assert told["refused"] == {"insult": 0, "contact": 0, "link": 0, "spam": None, "off_topic": 0, "illegal": 6,
                               "other": 0}


def test_no_sum_gives_a_small_number_away(cast: Cast) -> None:
    ruled(cast, Decision.REFUSE, Reason.SPAM, 2)
    ruled(cast, Decision.PUBLISH, Reason.FINE, 5)
    cast.posted(cast.player(), "still waits")
    told = counts(cast)
    assert set(told) == {"received", "published", "refused", "hidden", "appeals", "overturned", "median_s", "at"}
    assert told["received"] - told["published"] == 3  # of which nobody is told how many wait


def test_appeals_are_counted_and_how_many_were_right(cast: Cast) -> None:
    ids = []
    for number in range(11):
        author = cast.player()
        ids.append(cast.posted(author, f"number {number}"))
        cast.rule(ids[-1], Decision.REFUSE, Reason.SPAM)
        author.post(f"/comments/{ids[-1]}/appeal", {})
    for comment_id in ids[:5]:
        settle(cast, comment_id, PUBLISH)
    for comment_id in ids[5:9]:
        settle(cast, comment_id, UPHOLD)
    told = counts(cast)
    assert (told["appeals"], told["overturned"], told["published"], told["refused"]["spam"]) == (11, 5, 5, None)
    assert told["refused"]["insult"] is None  # upheld for what the second person called it


def test_what_readers_hide_is_counted_while_it_is_hidden(cast: Cast) -> None:
    for comment_id in ruled(cast, Decision.PUBLISH, Reason.FINE, 5):
        hide_as_readers_do(cast, comment_id)
    told = counts(cast)
    assert (told["hidden"], told["published"]) == (5, 0)


def test_counts_stay_when_a_player_goes_and_no_text_with_them(cast: Cast, alice: Person) -> None:
    for number in range(5):
        cast.rule(cast.posted(alice, f"number {number}"), Decision.PUBLISH)
        cast.clock.advance(minutes=11)
    before = counts(cast)
    alice.delete("/players/me")
    assert {**counts(cast), "at": before["at"]} == before


def test_few_rulings_have_no_median(cast: Cast) -> None:
    ruled(cast, Decision.PUBLISH, Reason.FINE, 4)
    assert counts(cast)["median_s"] is None
    ruled(cast, Decision.PUBLISH, Reason.FINE, 1)
    assert counts(cast)["median_s"] == 60


def test_another_campaigns_are_not_counted(cast: Cast) -> None:
    cast.open_campaign("other")
    for number in range(5):
        author = cast.player()
        comment_id = cast.posted(author, f"number {number}")
        cast.rule(comment_id, Decision.REFUSE, Reason.SPAM)
        author.post(f"/comments/{comment_id}/appeal", {})
    told = cast.client.get("/api/v1/campaigns/other/moderation").get_json()
    assert (told["received"], told["refused"]["spam"], told["appeals"], told["median_s"]) == (0, 0, 0, None)
    assert counts(cast)["appeals"] == 5


def test_they_are_made_anew_after_an_hour_also_when_a_clock_runs_back() -> None:
    kept, made = KeptCounts(), iter(range(9))
    ask = [kept.counts("boss", NOON + after, lambda: {"n": next(made)})["n"]
           for after in (timedelta(), KEPT_FOR - timedelta(seconds=1), KEPT_FOR, timedelta(), timedelta())]
    assert ask == [0, 0, 1, 2, 2]
    assert kept.counts("other", NOON, lambda: {"n": next(made)}) == {"n": 3}


def test_the_page_says_the_same_in_each_language_without_a_cookie(cast: Cast) -> None:
    ruled(cast, Decision.PUBLISH, Reason.FINE, 7)
    for number in range(3):
        cast.rule(cast.posted(cast.player(), f"three {number}"), Decision.REFUSE, Reason.SPAM)
    page = cast.client.get("/c/boss/moderation?lang=en")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert "<dd>10</dd>" in text
    assert "fewer than 5" in text
    assert ">60 seconds<" in text
    assert "/api/v1/campaigns/boss/moderation" in text


@pytest.mark.parametrize("path", ["/c/nothing/moderation", "/api/v1/campaigns/nothing/moderation"])
def test_of_no_campaign_nothing_is_told(cast: Cast, path: str) -> None:
    assert cast.client.get(path).status_code == 404


def test_the_campaigns_page_leads_there_while_it_takes_comments(cast: Cast) -> None:
    assert 'href="/c/boss/moderation"' in cast.client.get("/c/boss").get_data(as_text=True)
    cast.open_campaign("mute", CommentsMode.OFF)
    assert "/moderation" not in cast.client.get("/c/mute").get_data(as_text=True)
