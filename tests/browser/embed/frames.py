"""The game alone in a page of a host, and what a test asks of it."""

from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.rig.hand import PLAY
from tests.rig.hosts import Web

MOST_MS = 90_000  # a whole page, its scripts one by one, on a machine with much else to do
SANDBOX = 'sandbox="allow-scripts"'
TOKEN = """() => {
  try { return JSON.parse(localStorage.popshot).token; }
  catch { return JSON.parse(name.slice("popshot:".length) || "{}").token; }
}"""


def frame_page(web: Web, context: BrowserContext, host: str, traits: str = "") -> Page:
    """A page of a host with nothing but the game in it, open in a new tab."""
    web.sites.add(host, "/mine", f"""<!doctype html><meta name="viewport" content="width=device-width">
        <title>{host}</title><link rel="icon" href="data:,"><body style="margin:0">
        <iframe {traits} src="{web.game_url}/e/boss" title="game"
        style="border:0;display:block;width:100%;height:780px"></iframe>""")
    page = context.new_page()
    page.set_default_timeout(MOST_MS)
    page.goto(web.address(host, "/mine"))
    return page


def game_of(page: Page) -> Frame:
    """The frame of the game in a host's page."""
    return next(frame for frame in page.frames if "/e/boss" in frame.url)


def become_player(page: Page) -> str:
    """Begin a round, or go on with one; the token of whoever plays it."""
    frame = page.frame_locator("iframe")
    expect(frame.locator("#live")).to_be_visible()
    if frame.locator("#play").is_visible():
        frame.locator(PLAY).click()
    expect(frame.locator("#hud-time")).to_be_visible()
    game_of(page).wait_for_function(TOKEN)  # the round shows before anybody is registered
    token: str = game_of(page).evaluate(TOKEN)
    return token
