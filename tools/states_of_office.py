"""The pages of staff, and how to bring a browser to each."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Page

from server.backoffice.rights import Role
from server.backoffice.walls import AREA
from tests.rig.served import Served
from tests.rig.staff_visit import sign_in

DRAFT = Path(__file__).parents[1] / "examples" / "fair.toml"
LOADED: set[str] = set()  # the installations that have the draft already


class Demo(Protocol):
    """What a page of staff needs of the served demo."""

    served: Served


def look(path: str, demo: Demo, page: Page) -> None:
    """A page as an owner sees it."""
    if demo.served.url not in LOADED:
        demo.served.popshot("campaign", "load", str(DRAFT))
        LOADED.add(demo.served.url)
    sign_in(demo.served, page, Role.OWNER, "bob")
    page.goto(f"{demo.served.url}{AREA}{path}")
    page.wait_for_load_state("networkidle")


def door(demo: Demo, page: Page) -> None:
    page.goto(f"{demo.served.url}{AREA}/sign-in")


def first_prize(demo: Demo, page: Page) -> None:
    look("/stock", demo, page)
    page.locator("main a[href*='/stock/']").first.click()
    page.wait_for_load_state("networkidle")


PAGES = {
    "home": "/", "campaigns": "/campaigns", "new-campaign": "/campaigns/new", "studio-theme": "/campaigns/fair/theme",
    "studio-prizes": "/campaigns/fair/prizes", "studio-dates": "/campaigns/fair/dates",
    "studio-check": "/campaigns/fair/check", "campaign": "/campaigns/boss", "sources": "/campaigns/boss/sources",
    "stock": "/stock", "winners": "/winners", "review": "/rounds", "staff": "/staff", "audit": "/audit",
}  # fmt: skip
OFFICE: dict[str, Callable[[Demo, Page], None]] = {
    **{f"office-{name}": partial(look, path) for name, path in PAGES.items()},
    "office-prize": first_prize, "office-door": door,
}
DARK_PAGES = ("office-home", "office-studio-theme", "office-sources")
