"""A desk of its own, what waits there, and what is pressed and seen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from server.comments.comment import THE_RULES, Comment, CommentState, RulingEntry
from server.db import Database
from tests.browser.conftest import Troubles
from tests.browser.visits_of_desk import enter
from tests.rig.databases import opened
from tests.rig.desk import Said, put_comments
from tests.rig.served import Served, served_demo

DESKTOP: dict[str, int] = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo of its own: what waits here is known to the last comment."""
    with served_demo(tmp_path_factory.mktemp("house")) as served:
        yield served


@pytest.fixture
def kept(house: Served) -> Iterator[Database]:
    with opened(house.database_url) as database:
        yield database


@pytest.fixture
def waiting(house: Served, kept: Database) -> Iterator[list[str]]:
    """The ids of 60 comments, the oldest first; what is left of them is out of the way for the next test."""
    start = datetime.now(UTC) - timedelta(hours=1)
    yield put_comments(kept, [Said(f"Comment number {number}", author=str(number // 3)) for number in range(60)], start)
    out_of_the_way(kept)


def out_of_the_way(kept: Database) -> None:
    with kept.engine.begin() as connection:
        connection.execute(Comment.__table__.update().values(state=CommentState.TAKEN_BACK))  # type: ignore[attr-defined]
        connection.exec_driver_sql("DELETE FROM second_look")
        connection.exec_driver_sql("DELETE FROM appeal")


@pytest.fixture
def desk(house: Served, page: Page, waiting: list[str]) -> Page:
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    with page.expect_response("**/api/moderation/comments/*"):  # so that whoever comes next sees what is read
        enter(house, page)
    reads(page, "Comment number 0")
    return page


@pytest.fixture
def beside(house: Served, browser: Browser, desk: Page, troubles: Troubles) -> Iterator[Page]:
    """The desk of another moderator, in a browser of its own."""
    context: BrowserContext = browser.new_context(viewport=DESKTOP, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    enter(house, page, "second")
    yield page
    context.close()


def reads(page: Page, text: str) -> None:
    expect(page.locator("#reading .text")).to_have_text(text)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def rulings_by(kept: Database, ids: list[str]) -> list[RulingEntry]:
    with kept.sessions() as session:
        people = (RulingEntry.comment_id.in_(ids), RulingEntry.ruled_by != THE_RULES)
        return list(session.scalars(select(RulingEntry).where(*people).order_by(RulingEntry.id)))


def states(kept: Database, ids: list[str]) -> list[CommentState]:
    with kept.sessions() as session:
        found = {comment.id: comment.state for comment in session.scalars(select(Comment).where(Comment.id.in_(ids)))}
    return [found[comment_id] for comment_id in ids]
