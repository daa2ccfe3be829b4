"""The pages behind a code, and how to bring a browser to each."""

from typing import Protocol
from urllib.parse import unquote

import segno
from playwright.sync_api import Page

from tests.browser.visits_of_codes import TICKET, found_by_code


class Demo(Protocol):
    """What opens a path of the served demo."""

    def open(self, page: Page, path: str = ...) -> None: ...


def claim(demo: Demo, page: Page) -> None:
    found_by_code(page, "parcel")
    demo.open(page, "/claim/7K3QF-9TZ2M-WX4NB-H8D1C")


def claimed(demo: Demo, page: Page) -> None:
    found_by_code(page, "voucher", state="claimed", voucher_code="POP-7K3Q-F9TZ")
    demo.open(page, "/claim/7K3QF-9TZ2M-WX4NB-H8D1C")
    page.locator("#claimed").wait_for()


def ticket(demo: Demo, page: Page) -> None:
    """A keepsake that waits, its QR code drawn by the server for another address."""
    page.route("**/claims/look", lambda route: route.fulfill(json={"keepsake": {**TICKET, "state": "waiting"}}))
    picture = segno.make("http://localhost/claim/7K3QF-9TZ2M-WX4NB-H8D1C", error="m").svg_data_uri(scale=6, border=2)
    page.route("**/qr.svg", lambda route: route.fulfill(body=unquote(picture.partition(",")[2]),
                                                        content_type="image/svg+xml"))
    demo.open(page, "/claim/7K3QF-9TZ2M-WX4NB-H8D1C")
    page.locator("#keepsake .qr").wait_for()


def ticket_won(demo: Demo, page: Page) -> None:
    won = {"way": "draw", "state": "open", "prize": {"id": "p", "name": "A trip for four to the sea"},
           "claim_code": "7K3QF", "claim_before": "2027-01-31T12:00:00.000Z"}
    keepsake = {**TICKET, "state": "won", "is_closed": True, "won": [won]}
    page.route("**/claims/look", lambda route: route.fulfill(json={"keepsake": keepsake}))
    demo.open(page, "/claim/TICKET")
    page.locator("#keepsake").wait_for()
