"""The moderators' desk, and how to bring a browser to each of its states."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from playwright.sync_api import Page

from tests.rig.databases import opened
from tests.rig.desk import DESK as ADDRESS
from tests.rig.desk import TALK, put_comments
from tests.rig.served import Served
from tests.rig.staff_visit import sign_in

TALKED: set[str] = set()  # the installations that have their comments already


class Demo(Protocol):
    """What a state of the desk needs of the served demo."""

    served: Served

    def open(self, page: Page, path: str = ...) -> None: ...


def desk(demo: Demo, page: Page, number: int = 1) -> None:
    """One of the waiting comments is read."""
    if demo.served.url not in TALKED:
        with opened(f"sqlite:///{demo.served.folder}/data/popshot.sqlite") as database:
            put_comments(database, TALK, datetime.now(UTC) - timedelta(hours=2))
        TALKED.add(demo.served.url)
    sign_in(demo.served, page)
    page.goto(f"{demo.served.url}{ADDRESS}")
    page.locator(".line").nth(number).click()
    page.locator("#context section").first.wait_for()


def desk_queue(demo: Demo, page: Page) -> None:
    desk(demo, page)
    page.evaluate("document.body.dataset.pane = 'queue'")


def desk_reasons(demo: Demo, page: Page) -> None:
    desk(demo, page)
    page.keyboard.press("r")


def desk_blurred(demo: Demo, page: Page) -> None:
    desk(demo, page, 3)
    page.locator(".veil").wait_for()


def desk_help(demo: Demo, page: Page) -> None:
    desk(demo, page)
    page.keyboard.press("?")


DESK = {"desk": desk, "desk-queue": desk_queue, "desk-reasons": desk_reasons,
        "desk-blurred": desk_blurred, "desk-help": desk_help}
