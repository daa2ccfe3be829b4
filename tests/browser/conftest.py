"""One demo installation and one Chromium for all browser tests; a fresh page for each, watched for errors."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from server.comments.comment import Comment, CommentState
from tests.browser.talk import Talk
from tests.rig.app import fresh_app
from tests.rig.bot import GOOD
from tests.rig.chromium import draw_rarely, find_shell, launch_flags
from tests.rig.clock import FakeClock
from tests.rig.databases import opened
from tests.rig.play import Play, Player
from tests.rig.served import PATIENT, Served, served_demo

LEFT = "net::ERR_ABORTED"
PHONE = ViewportSize(width=390, height=844)
expect.set_options(timeout=20_000)  # what is live comes within seconds, on a machine with much else to do later


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """What `make run` makes: the demo campaign, served."""
    with served_demo(tmp_path_factory.mktemp("demo"), **PATIENT) as served:
        yield served


@pytest.fixture(scope="session")
def played(demo: Served) -> Play:
    """A public round in the demo's books, played without waiting for it."""
    clock = FakeClock(datetime.now(UTC))
    with opened(demo.database_url) as database:
        return Player(fresh_app(database, clock), clock).play(1, GOOD, enough=3_000)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=find_shell(), args=launch_flags)
    yield chromium
    chromium.close()


@dataclass
class Troubles:
    """What a page should never show: console errors, uncaught exceptions, requests that failed."""

    seen: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.seen.append(f"exception: {error}"))
        page.on("requestfailed", self._fail)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"{message.type}: {message.text}")

    def _fail(self, request: Request) -> None:
        self.seen.append(f"failed: {request.method} {request.url} {request.failure}")

    @property
    def but_left(self) -> list[str]:
        """The same without what a page was still loading when its reader went on."""
        return [one for one in self.seen if LEFT not in one]


@pytest.fixture
def troubles() -> Troubles:
    return Troubles()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="en-GB")
    draw_rarely(context)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, troubles: Troubles) -> Page:
    page = context.new_page()
    troubles.watch(page)
    return page


@pytest.fixture(scope="module")
def talk_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo of its own: what is said here is known to the last comment."""
    with served_demo(tmp_path_factory.mktemp("talk")) as served:
        yield served


@pytest.fixture
def talk(talk_demo: Served) -> Iterator[Talk]:
    """Where nobody has said a word yet."""
    with opened(talk_demo.database_url) as database:
        talk = Talk(talk_demo, database)
        yield talk
        with database.engine.begin() as connection:  # nothing of it is left for the next test
            connection.execute(Comment.__table__.update().values(state=CommentState.TAKEN_BACK))  # type: ignore[attr-defined]
        talk.tell()


@pytest.fixture
def other(browser: Browser, troubles: Troubles) -> Iterator[Page]:
    """Somebody else's browser."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    draw_rarely(context)
    page = context.new_page()
    troubles.watch(page)
    yield page
    context.close()
