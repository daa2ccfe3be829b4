"""What stands behind a code, in every state: an award that is claimed or was, a keepsake that waits or has won."""

from playwright.sync_api import Page

from tests.browser.test_coming_back import AWARD
from tests.browser.visits import State, Visit

NEEDS = {"parcel": ["email", "name", "address"], "voucher": ["email"]}
TICKET = {"campaign": {"slug": "boss", "title": "Hit the boss!", "brand": "Zapp"}, "round_id": "r", "won": [],
          "closes_at": "2026-12-24T17:00:00.000Z", "is_closed": False, "ways": ["standings", "draw"]}


def found_by_code(page: Page, kind: str, **more: object) -> None:
    """What a code is said to be: an open award of a kind, unless told otherwise."""
    award = {"state": "open", "claim_before": AWARD["claim_before"], "needs": NEEDS.get(kind, []),
             "prize": {"id": "p", "name": "The Mighty Blaster", "kind": kind, "picture": None}, **more}
    page.route("**/claims/look", lambda route: route.fulfill(json={"award": award}))


def claim_parcel(visit: Visit) -> None:
    found_by_code(visit.page, "parcel")
    visit.go(f"/claim/{AWARD['claim_code']}")
    visit.sees("#claim-prize", "The Mighty Blaster")


def claimed_voucher(visit: Visit) -> None:
    found_by_code(visit.page, "voucher", state="claimed", voucher_code="POP-7K3Q-F9TZ")
    visit.go(f"/claim/{AWARD['claim_code']}")
    visit.sees("#claimed", "POP-7K3Q-F9TZ")


def claimed_download(visit: Visit) -> None:
    found_by_code(visit.page, "download", state="claimed", download="/static/prizes/stickers.svg")
    visit.go(f"/claim/{AWARD['claim_code']}")
    visit.sees("#claimed", "Get it")


def ticket_waiting(visit: Visit) -> None:
    visit.page.route("**/claims/look", lambda route: route.fulfill(json={"keepsake": {**TICKET, "state": "waiting"}}))
    visit.page.route("**/qr.svg", lambda route: route.fulfill(path="static/icons/gift.svg"))
    visit.go("/claim/TICKET")
    visit.sees("#keepsake", "Your ticket is in")


def ticket_won(visit: Visit) -> None:
    won = {"way": "draw", "state": "open", "prize": {"id": "p", "name": "A trip for four"}, "claim_code": "7K3QF",
           "claim_before": AWARD["claim_before"]}
    keepsake = {**TICKET, "state": "won", "is_closed": True, "won": [won]}
    visit.page.route("**/claims/look", lambda route: route.fulfill(json={"keepsake": keepsake}))
    visit.go("/claim/TICKET")
    visit.sees("#keepsake", "A trip for four")


def ticket_not_won(visit: Visit) -> None:
    keepsake = {**TICKET, "state": "not_won", "is_closed": True}
    visit.page.route("**/claims/look", lambda route: route.fulfill(json={"keepsake": keepsake}))
    visit.go("/claim/TICKET")
    visit.sees("#keepsake", "Not this time")


def claim(visit: Visit) -> None:
    visit.go(f"/claim/{AWARD['claim_code']}")
    visit.page.locator("#claim-send").click()
    visit.sees("#claim-note[role=alert]")


def claimed(visit: Visit) -> None:
    found_by_code(visit.page, "parcel")
    visit.page.route("**/claims", lambda route: route.fulfill(json={"claim": {"prize": AWARD["prize"]}}))
    visit.go(f"/claim/{AWARD['claim_code']}")
    visit.page.get_by_label("name").fill("Alice")
    visit.page.get_by_label("address").fill("1 rue du Tir")
    visit.page.get_by_label("mail").fill("alice@example.org")
    visit.page.locator("#claim-send").click()
    visit.sees("#claimed", "The Mighty Blaster")


CODES_SHOWN: list[State] = [claim_parcel, claimed_voucher, claimed_download, ticket_waiting,
                            ticket_won, ticket_not_won, claim, claimed]
