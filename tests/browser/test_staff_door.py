"""A new colleague comes in as people do: by a link, a password and what only they have; and the pages are for all."""

import time
from collections.abc import Iterator

import pytest
from passlib.totp import TOTP  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Page, expect

from tests.rig.axe import NOTHING, held_against
from tests.rig.served import Served

PASSWORD = "a foam dart a day"
KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
       "isUserVerified": True, "automaticPresenceSimulation": True}
FAULTS = """() => { window.told = []; document.addEventListener('securitypolicyviolation',
    (event) => window.told.push(`${event.violatedDirective} ${event.blockedURI}`)); }"""


@pytest.fixture
def key(page: Page) -> Iterator[None]:
    """A virtual authenticator in the browser: a finger that is always there."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield
    cdp.detach()


def invitation(demo: Served, role: str) -> str:
    made = demo.popshot("staff", "invite", "--brand", "Zapp & Co", "--role", role)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def join(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("E-mail address").fill(f"{name}@example.com")
    page.get_by_label("Name").fill(name)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()


def sign_out(page: Page) -> None:
    page.locator("details.office-who > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("E-mail address").fill(f"{name}@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def require_for_all(page: Page) -> None:
    """Nothing that axe-core holds against the page, by day and by night."""
    assert held_against(page) == NOTHING, page.url


@pytest.mark.usefixtures("key")
def test_an_owner_comes_in_by_a_link_and_a_passkey(demo: Served, page: Page) -> None:
    page.add_init_script(f"({FAULTS})()")
    page.goto(invitation(demo, "owner"))
    expect(page.get_by_role("heading", name="Join Zapp & Co")).to_be_visible()
    assert "#" not in page.url
    require_for_all(page)
    join(page, invitation(demo, "owner"), "bob")
    expect(page.get_by_role("button", name="Add a passkey")).to_be_visible()
    require_for_all(page)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="Show my recovery codes").click()
    expect(page.locator("#codes li")).to_have_count(10)
    require_for_all(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(f"{demo.url}/backoffice/")
    for address in ("/backoffice/account", "/backoffice/staff"):
        page.goto(demo.url + address)
        require_for_all(page)
    sign_out(page)
    require_for_all(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{demo.url}/backoffice/")
    sign_out(page)
    sign_in(page, "bob")
    expect(page.get_by_role("button", name="Use my passkey")).to_be_visible()
    require_for_all(page)
    page.get_by_role("button", name="Use my passkey").click()
    expect(page).to_have_url(f"{demo.url}/backoffice/")
    assert page.evaluate("window.told") == []


def test_a_stock_keeper_comes_in_by_a_link_and_an_app(demo: Served, page: Page) -> None:
    join(page, invitation(demo, "stock_keeper"), "charlie")
    page.get_by_role("link", name="Use an app").click()
    require_for_all(page)
    app = TOTP(page.locator("#app-secret").inner_text().replace("-", ""), format="base32")
    page.get_by_label("Six digits").fill(app.generate().token)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Show my recovery codes").click()
    code = page.locator("#codes li").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(f"{demo.url}/backoffice/")
    sign_out(page)
    sign_in(page, "charlie")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(f"{demo.url}/backoffice/")
    sign_out(page)
    sign_in(page, "charlie")
    page.get_by_label("Code").fill(app.generate(time=time.time() + 30).token)  # the next half minute's: that one is new
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(f"{demo.url}/backoffice/")
