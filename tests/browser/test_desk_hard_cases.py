"""What is hard at the desk: an alarm, sharp words, an appeal."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from server.comments.comment import CommentState
from server.comments.report import ReportReason
from server.comments.ruling import Reason
from server.db import Database
from tests.browser.desk_scene import (
    DESKTOP,
    beside,
    desk,
    house,
    kept,
    out_of_the_way,
    press,
    reads,
    states,
    waiting,
)
from tests.browser.visits_of_desk import enter
from tests.rig.desk import Said, put_appeal, put_comments
from tests.rig.served import Served

__all__ = ["beside", "desk", "house", "kept", "waiting"]


def test_an_alarm_is_seen_from_every_part_of_the_desk_until_a_person_has_decided(house: Served, page: Page,
                                                                                 kept: Database) -> None:
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    enter(house, page)
    page.locator("[data-view=aside]").click()
    put_comments(kept, [Said("I am on my way to you", Reason.FINE, state=CommentState.PUBLISHED,
                             reports=(ReportReason.DANGER,))], datetime.now(UTC))
    expect(page.locator("#alarms")).to_have_text("⚠ Danger to life: 1")
    expect(page).to_have_title("⚠ Danger to life: 1 · Moderation · Popshot")
    page.locator("#alarms button").click()
    expect(page.locator(".act")).to_contain_text("call the police")
    press(page, "r", "1")
    expect(page.locator("#alarms")).to_be_hidden()
    expect(page).to_have_title("Moderation · Popshot")
    out_of_the_way(kept)


def test_sharp_words_are_blurred_until_wanted(house: Served, page: Page, kept: Database) -> None:
    put_comments(kept, [Said("you idiot", Reason.BANNED_WORD, "idiot")], datetime.now(UTC))
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    enter(house, page)
    expect(page.locator(".blurred .text")).to_have_attribute("aria-hidden", "true")
    expect(page.locator(".line")).not_to_contain_text("idiot")
    press(page, "Space")
    expect(page.locator(".blurred")).to_have_count(0)
    expect(page.locator("#reading mark")).to_have_text("idiot")
    out_of_the_way(kept)


def test_an_appeal_is_decided_by_the_same_keys_and_opened_again_by_undo(house: Served, page: Page,
                                                                        kept: Database) -> None:
    hour = datetime.now(UTC) - timedelta(hours=1)
    ids = put_comments(kept, [Said("You boss!"), Said("Old boss!"), Said("Bad boss!")], hour)
    for comment_id, by in zip(ids, ("second", "second", "mona"), strict=True):
        put_appeal(kept, comment_id, "It was about the boss.", by, hour + timedelta(minutes=1))
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    enter(house, page)
    reads(page, "You boss!")
    expect(page.locator(".appeal")).to_contain_text("It was about the boss.")
    expect(page.locator("#for-others")).to_have_text("Appeals against your rulings wait for somebody else: 1")
    press(page, "h")
    expect(page.locator("#note")).to_have_text("An appeal is decided or passed on.")
    with page.expect_response("**/rulings"):
        press(page, "p")
    reads(page, "Old boss!")
    with page.expect_response("**/rulings"):
        press(page, "r")
    expect(page.locator("#nothing")).to_be_visible()
    assert states(kept, ids) == [CommentState.PUBLISHED, CommentState.REFUSED, CommentState.APPEALED]
    press(page, "u")
    reads(page, "Old boss!")
    assert states(kept, ids)[1] == CommentState.APPEALED
    page.locator("#search").fill("bad boss")
    expect(page.locator(".appeal .own")).to_have_text("This ruling is yours: somebody else decides now.")
    expect(page.locator("#deeds [data-do=publish]")).to_be_disabled()
    out_of_the_way(kept)
