"""The pages behind a code, and how to bring a browser to each."""

from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import unquote

import segno
from playwright.sync_api import Page, expect

from tests.browser.visits_of_codes import TICKET, found_by_code

CODE = "7K3QF-9TZ2M-WX4NB-H8D1C"
YIELDS = {"parcel": {}, "voucher": {"voucher_code": "POP-7K3Q-F9TZ"}, "badge": {},
          "download": {"download": "/static/prizes/stickers.svg"}}


class Demo(Protocol):
    """What opens a path of the served demo."""

    def open(self, page: Page, path: str = ...) -> None: ...


def open_code(demo: Demo, page: Page, shown: str) -> None:
    demo.open(page, f"/claim/{CODE}")
    page.locator(shown).wait_for()


def nothing_typed(demo: Demo, page: Page) -> None:
    demo.open(page, "/claim")


def wrong_code(demo: Demo, page: Page) -> None:
    open_code(demo, page, "#claim-note[role=alert]")


def expired(demo: Demo, page: Page) -> None:
    found_by_code(page, "parcel", state="expired")
    open_code(demo, page, "#claim-note[role=alert]")


def claim_of(kind: str) -> Callable[[Demo, Page], None]:
    def reach(demo: Demo, page: Page) -> None:
        found_by_code(page, kind)
        open_code(demo, page, "#claim-prize")

    return reach


def nothing_filled_in(demo: Demo, page: Page) -> None:
    claim_of("parcel")(demo, page)
    page.locator("#claim-name").fill("Alice")
    page.locator("#claim-send").click()
    expect(page.locator("#claim-address + #claim-note")).to_be_visible()


def claimed(kind: str) -> Callable[[Demo, Page], None]:
    def reach(demo: Demo, page: Page) -> None:
        found_by_code(page, kind, state="claimed", **YIELDS[kind])
        open_code(demo, page, "#claimed")

    return reach


def show_ticket(demo: Demo, page: Page, **keepsake: Any) -> None:
    page.route("**/claims/look", lambda route: route.fulfill(json={"keepsake": {**TICKET, **keepsake}}))
    open_code(demo, page, "#keepsake h1")


def ticket(demo: Demo, page: Page) -> None:
    """A keepsake that waits, its QR code drawn by the server for another address."""
    picture = segno.make(f"http://localhost/claim/{CODE}", error="m").svg_data_uri(scale=6, border=2)
    page.route("**/qr.svg", lambda route: route.fulfill(body=unquote(picture.partition(",")[2]),
                                                        content_type="image/svg+xml"))
    show_ticket(demo, page, state="waiting")
    page.locator("#keepsake .qr").wait_for()


def ticket_won(demo: Demo, page: Page) -> None:
    won = {"way": "draw", "state": "open", "prize": {"id": "p", "name": "A trip for four to the sea"},
           "claim_code": "7K3QF", "claim_before": "2027-01-31T12:00:00.000Z"}
    show_ticket(demo, page, state="won", is_closed=True, won=[won])


def ticket_not_won(demo: Demo, page: Page) -> None:
    show_ticket(demo, page, state="not_won", is_closed=True)


CODES: dict[str, Callable[[Demo, Page], None]] = {
    "claim-code": nothing_typed, "claim-wrong": wrong_code, "claim-expired": expired, "claim": claim_of("parcel"),
    "claim-voucher": claim_of("voucher"), "claim-download": claim_of("download"), "claim-missing": nothing_filled_in,
    "claimed": claimed("voucher"), "claimed-parcel": claimed("parcel"), "claimed-download": claimed("download"),
    "claimed-badge": claimed("badge"), "ticket": ticket, "ticket-won": ticket_won, "ticket-not-won": ticket_not_won,
}  # fmt: skip
DARK_CODES = ("claim", "claim-missing", "claimed", "ticket", "ticket-won")
