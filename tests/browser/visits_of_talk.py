"""The states of comments, under the game and under a replay, and how a visit comes to them."""

from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.test_me import remember
from tests.browser.visits import SAID, State, Visit, start

AT = "2026-11-27T10:00:00.000Z"
REPLY: dict[str, Any] = {**SAID, "id": "d1", "reply_to": "c1", "text": "So did I!", "reactions": {}}
TALK: list[dict[str, Any]] = [
    {**SAID, "badge": "Sharpshooter", "score": 12_450, "edited": True, "reactions": {"bullseye": 12, "heart": 2},
     "replies": [REPLY, {**REPLY, "id": "d2"}, {**REPLY, "id": "d3"}], "replies_next": "later"},
    {**SAID, "id": "c2", "round_id": "r1", "at_ms": 31_000},
]  # fmt: skip
OWN: dict[str, Any] = {"state": "refused", "reason": "insult", "revision": 1, "editable_until": None, "at_ms": None,
                       "text": "You are all losers", "posted_at": AT, "round_id": None, "reply_to": None,
                       "ruled_by": "person", "statement": None, "may_appeal": False, "appeal": None}
WHY: dict[str, Any] = {"ruling_id": "o1.000002", "text": "It hurts somebody who reads it.", "ground": "rules",
                       "by": "person", "at": AT}
LATER = "2036-11-27T10:00:00.000Z"
FATES: list[dict[str, Any]] = [
    {**OWN, "id": "o1", "statement": WHY, "may_appeal": True},
    {**OWN, "id": "o2", "state": "hidden", "reason": "reported", "statement": {**WHY, "by": "rules"}},
    {**OWN, "id": "o3", "state": "held", "reason": "contact", "editable_until": LATER},
    {**OWN, "id": "o4", "statement": {**WHY, "ground": "law"},
     "appeal": {"state": "upheld", "at": AT, "settled_at": AT}},
    {**OWN, "id": "o5", "state": "appealed", "appeal": {"state": "open", "at": AT, "settled_at": None}},
]  # fmt: skip
TALK_SHOWN: list[State] = []


def talk_of(page: Page, comments: list[dict[str, Any]], own: list[dict[str, Any]],
            reactions: dict[str, str] | None = None) -> None:
    """Let the server tell these comments."""
    page.route("**/boss/comments", lambda route: route.fulfill(json={"comments": comments, "next": None}))
    page.route("**/comments/mine", lambda route: route.fulfill(json={"comments": own, "reactions": reactions or {}}))


def come_to_the_talk(visit: Visit) -> None:
    remember(visit.demo, visit.page)
    talk_of(visit.page, TALK, FATES, {"c1": "bullseye"})
    start(visit)
    visit.page.locator("#comments").scroll_into_view_if_needed()
    expect(visit.page.locator("#talk > .said")).to_have_count(5)


def act(page: Page, comment: str, name: str) -> None:
    page.locator(f"[data-id='{comment}'] [data-act={name}]").first.click()


def state(bring_about: State) -> State:
    TALK_SHOWN.append(bring_about)
    return bring_about


@state
def talk_with_replies_and_reactions(visit: Visit) -> None:
    come_to_the_talk(visit)
    visit.press("More than 3 replies")
    act(visit.page, "c1", "react")
    act(visit.page, "c1", "reply")
    visit.sees("[data-id=c1] .composer", "Your reply to Tiny Gecko 1")


@state
def talk_of_one_s_own(visit: Visit) -> None:
    come_to_the_talk(visit)
    visit.press("More of yours: 2")
    visit.page.get_by_text("Add a few words first").click()
    act(visit.page, "o3", "edit")
    visit.sees("[data-id=o3] .composer", "Change your comment")


@state
def talk_taken_back(visit: Visit) -> None:
    come_to_the_talk(visit)
    act(visit.page, "o3", "back")
    visit.sees("[data-id=o3] .ask", "for good?")


@state
def talk_reported_for_danger(visit: Visit) -> None:
    come_to_the_talk(visit)
    act(visit.page, "c2", "report")
    visit.page.get_by_role("radio", name="Somebody is in danger").check(force=True)
    visit.sees("[data-id=c2] .ask", "112")


@state
def talk_reported_by_law_with_its_receipt(visit: Visit) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=202, json={"receipt": {"id": "a" * 20, "url": f"{visit.demo.url}/reports/{'a' * 20}"}})

    visit.page.route("**/reports", answer)
    come_to_the_talk(visit)
    for comment, reason in (("c2", "Something else"), ("c1", "Against the law")):
        act(visit.page, comment, "report")
        visit.page.locator(f"[data-id='{comment}']").get_by_role("radio", name=reason).check(force=True)
        if comment == "c2":
            visit.press("Send report")
            visit.sees("[data-id=c2] .under .note:has-text('See what comes of it')")
    visit.sees("[data-id=c1] .ask", "Your e-mail")


@state
def talk_under_a_replay(visit: Visit) -> None:
    remember(visit.demo, visit.page)
    about = {**TALK[1], "round_id": visit.played.id}
    page_of_one = {"comments": [about], "next": None}
    visit.page.route("**/boss/comments?round_id*", lambda route: route.fulfill(json=page_of_one))
    visit.go(f"/r/{visit.played.id}#t=12000")
    visit.page.locator("#comments").scroll_into_view_if_needed()
    visit.page.locator("#comment").fill("Look at this!")
    visit.sees("#composer .moment", "At 0:12")
    visit.sees("#talk .moment", "At 0:31")
