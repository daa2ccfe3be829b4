"""The moderators' desk in a real browser: by keyboard alone, undone, searched, and by two at once."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select

from server.comments.appeal_mute import appeal_mute
from server.comments.comment import Comment, CommentState
from server.comments.desk_marks import mute_author
from server.comments.desk_rows import Mute
from server.comments.ruling import Reason
from server.db import Database
from tests.browser.conftest import Troubles
from tests.browser.desk_scene import (
    DESKTOP,
    beside,
    desk,
    house,
    kept,
    out_of_the_way,
    press,
    reads,
    rulings_by,
    states,
    waiting,
)
from tests.browser.heard import heard, was_heard
from tests.browser.visits_of_desk import enter
from tests.rig.desk import EMOJI, HTML, MARKS, RIGHT_TO_LEFT, WIDE, Said, put_comments
from tests.rig.served import Served

__all__ = ["beside", "desk", "house", "kept", "waiting"]

ANSWERED = """(times) => performance.getEntriesByType('resource').filter(
  ({name}) => name.endsWith('/rulings')).length >= times"""  # what the desk shows at once stands before its answer

REMEMBER = "() => performance.setResourceTimingBufferSize(5000)"


def keep_the_poll_away(page: Page) -> None:
    page.route("**/queue?*", lambda route: route.abort())


@pytest.fixture
def deaf(desk: Page) -> None:
    """The desk does not hear who comes beside it; asked for before `beside`."""
    keep_the_poll_away(desk)


def test_fifty_are_ruled_by_keyboard_alone_and_three_are_undone(desk: Page, waiting: list[str],
                                                                kept: Database) -> None:
    desk.evaluate(REMEMBER)
    for number in range(50):
        reads(desk, f"Comment number {number}")
        press(desk, *(("r", str(1 + number % 7)) if number % 5 == 0 else ("h",) if number % 5 == 1 else ("p",)))
    reads(desk, "Comment number 50")
    for number in (49, 48, 47):
        press(desk, "u")
        reads(desk, f"Comment number {number}")
    desk.wait_for_function(ANSWERED, arg=50)
    kinds = {0: CommentState.REFUSED, 1: CommentState.HELD}
    wanted = [kinds.get(number % 5, CommentState.PUBLISHED) for number in range(47)] + [CommentState.HELD] * 13
    for number in (5, 40):  # refused by the key of what is against the law
        wanted[number] = CommentState.REMOVED_LEGAL
    assert states(kept, waiting) == wanted
    entries = rulings_by(kept, waiting)
    assert len(entries) == 53
    assert {entry.ruled_by for entry in entries} == {"mona"}
    assert sum(entry.undoes is not None for entry in entries) == 3


def test_a_muted_author_is_told_so_and_may_be_let_in_again(desk: Page, waiting: list[str], kept: Database) -> None:
    press(desk, "m", "7")
    expect(desk.locator("#note")).to_contain_text("may not comment until")
    with kept.sessions() as session:
        author = session.scalar(select(Comment.player_id).where(Comment.id == waiting[0]))
        mute = session.scalars(select(Mute).where(Mute.player_id == author)).one()
    assert (mute.until - mute.at, mute.by) == (timedelta(days=7), "mona")
    press(desk, "u")
    expect(desk.locator("#note")).to_have_text("Taken back.")
    with kept.sessions() as session:
        assert session.scalar(select(Mute.by).where(Mute.player_id == author)) is None


def test_another_person_than_who_muted_lifts_a_mute_above_the_queue(desk: Page, waiting: list[str],
                                                                    kept: Database) -> None:
    now = datetime.now(UTC)
    with kept.sessions() as session:
        mute_author(session, waiting[0], 7, Reason.INSULT, "second", now)
        author = session.scalars(select(Mute.player_id).where(Mute.at == now)).one()
        appeal_mute(session, author, "It was meant kindly.", now)
    desk.reload()
    appeals = desk.locator("#mute-appeals")
    expect(appeals).to_contain_text("It was meant kindly.")
    appeals.locator("summary").focus()
    press(desk, " ")
    expect(appeals.get_by_text("Comment number 0")).to_be_visible()
    appeals.get_by_role("button", name="Lift the mute").press("Enter")
    expect(desk.locator("#note")).to_have_text("The mute is lifted.")
    expect(appeals).to_be_hidden()
    expect(desk.locator("#lines")).to_be_focused()
    with kept.sessions() as session:
        assert session.scalars(select(Mute.until).where(Mute.player_id == author)).one() < datetime.now(UTC)


def test_a_search_finds_by_words_and_esc_goes_back(desk: Page, waiting: list[str]) -> None:
    press(desk, "/")
    desk.keyboard.type("number 17")
    found = desk.locator(f"#line-{waiting[17]}")  # an alias may hold a 17 too, and earlier tests have left comments
    expect(desk.locator(".line")).not_to_have_count(50)
    expect(found).to_contain_text("Comment number 17")
    found.click()
    reads(desk, "Comment number 17")
    press(desk, "Escape")
    reads(desk, "Comment number 0")


def test_what_is_alike_is_ruled_in_one_go_and_undone_in_one(desk: Page, waiting: list[str], kept: Database) -> None:
    press(desk, "b", "1")
    expect(desk.locator("#selection")).to_contain_text("3 selected")
    press(desk, "r", "4")
    expect(desk.locator("#note")).to_have_text("3 ruled.")
    reads(desk, "Comment number 3")
    assert states(kept, waiting[:4]) == [CommentState.REFUSED] * 3 + [CommentState.HELD]
    press(desk, "u")
    expect(desk.locator(".line").nth(2)).to_contain_text("Comment number 2")
    assert states(kept, waiting[:3]) == [CommentState.HELD] * 3


def test_what_is_passed_on_waits_aside_for_this_person(desk: Page, waiting: list[str]) -> None:
    press(desk, "s")
    reads(desk, "Comment number 1")
    desk.get_by_role("button", name="Set aside").click()
    reads(desk, "Comment number 0")
    press(desk, "u")
    desk.get_by_role("button", name="Waiting").click()
    reads(desk, "Comment number 0")


@pytest.mark.usefixtures("deaf")
def test_two_browsers_at_once_never_rule_twice(desk: Page, beside: Page, waiting: list[str], kept: Database) -> None:
    """Both hold the same queue and rule as fast as they can; the poll is kept away so that neither hears in time."""
    keep_the_poll_away(beside)
    for page in (desk, beside):
        page.evaluate(REMEMBER)
        heard(page, "#note")
    reads(beside, "Comment number 1")  # what the other one reads is left to that one
    press(beside, "k")
    reads(beside, "Comment number 0")
    for _ in range(20):
        press(desk, "p")
        press(beside, "r", "1")
    reads(desk, "Comment number 20")
    reads(beside, "Comment number 20")
    for page in (desk, beside):
        page.wait_for_function(ANSWERED, arg=20)
    assert [entry.comment_id for entry in rulings_by(kept, waiting)] == sorted(waiting[:20])
    assert any(was_heard(page, "#note", "Somebody else was faster") for page in (desk, beside))


def test_a_comment_that_somebody_reads_is_marked_for_the_others(desk: Page, beside: Page) -> None:
    expect(beside.locator(".line").first).to_contain_text("Mona is reading this")
    press(desk, "j", "j")  # who is beside may read the next one already
    expect(beside.locator(".line").nth(2)).to_contain_text("Mona is reading this")


@pytest.mark.usefixtures("deaf")  # else it leaves to who is beside what is read there
def test_what_others_rule_leaves_the_queue_by_itself_but_not_from_under_the_eyes(desk: Page, beside: Page) -> None:
    beside.locator(".line").first.click()
    reads(beside, "Comment number 0")
    press(desk, "p", "p")
    expect(beside.locator("#reading")).to_contain_text("Already ruled")
    reads(beside, "Comment number 0")
    expect(beside.locator(".line").nth(1)).to_contain_text("Comment number 2")  # heard of both
    press(beside, "j")
    expect(beside.locator(".line").first).to_contain_text("Comment number 2")


def test_a_new_comment_arrives_by_itself(house: Served, page: Page, kept: Database) -> None:
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    enter(house, page)
    expect(page.locator("#nothing")).to_contain_text("Nothing waits")
    put_comments(kept, [Said("Just now!")], datetime.now(UTC))
    reads(page, "Just now!")
    out_of_the_way(kept)


def test_a_ruling_that_does_not_arrive_brings_the_comment_back(desk: Page, troubles: Troubles) -> None:
    desk.route("**/rulings", lambda route: route.abort())
    press(desk, "p")
    expect(desk.locator("#note")).to_contain_text("did not go through")
    expect(desk.locator(".line").first).to_contain_text("Comment number 0")
    troubles.seen.clear()


def test_after_two_hundred_rulings_a_pause_is_offered_and_may_be_waved_away(house: Served, desk: Page) -> None:
    desk.clock.install()
    desk.reload()
    reads(desk, "Comment number 0")
    for _ in range(12):
        desk.clock.fast_forward("04:00")
        press(desk, "j")
    expect(desk.locator("#rest")).to_be_visible()
    press(desk, "Escape")
    expect(desk.locator("#rest")).to_be_hidden()


ODD = (WIDE, MARKS, RIGHT_TO_LEFT, EMOJI, HTML, "\n".join("line" for _ in range(100)))


@pytest.mark.parametrize("size", [DESKTOP, {"width": 390, "height": 844}, {"width": 1024, "height": 768}])
def test_the_layout_holds_whatever_was_written(house: Served, page: Page, kept: Database,
                                               size: ViewportSize) -> None:
    put_comments(kept, [Said(text) for text in ODD], datetime.now(UTC))
    page.set_viewport_size(size)
    enter(house, page)
    page.evaluate("async () => { await document.fonts.ready; }")  # until then lines have another letter's height
    heights, places = set(), set()
    for number, text in enumerate(ODD):
        page.evaluate("document.body.dataset.pane = 'queue'")
        line = page.locator(".line").nth(number)
        heights.add(line.evaluate("(line) => line.offsetHeight"))
        line.click()
        expect(page.locator("#reading .text")).to_have_text(text, use_inner_text=False)
        places.add(str(page.locator("#deeds").bounding_box()))
        assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
            size["width"], size["height"]]
        assert page.locator("#reading img, #reading b, #reading script").count() == 0
    assert (len(heights), len(places)) == (1, 1)
    out_of_the_way(kept)
