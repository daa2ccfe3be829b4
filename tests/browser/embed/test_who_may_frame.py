"""Listed sites show the game; a foe's page shows a refusal with a link, and so does a foe around a listed one."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.rig.hand import PLAY
from tests.rig.hosts import FOE, Web


def frame_in(web: Web, context: BrowserContext, host: str, inside: str, path: str = "/framing",
             **headers: str) -> Page:
    frame = f"<iframe src='{inside}' width=500 height=600></iframe>"
    web.sites.add(host, path, f"<!doctype html><title>Host</title>{frame}", **headers)
    page = context.new_page()
    page.goto(web.address(host, path))
    return page


def test_a_foe_gets_a_refusal_with_a_link_to_the_game(web: Web, alice: BrowserContext) -> None:
    page = frame_in(web, alice, FOE, f"{web.game_url}/e/boss")
    refusal = page.frame_locator("iframe")
    expect(refusal.locator("h1")).to_have_text("Hit the boss!")
    expect(refusal.locator("script")).to_have_count(0)
    with page.expect_popup() as opened:
        refusal.get_by_role("link", name="Play there").click()
    expect(opened.value.locator("#play")).to_be_visible()
    assert opened.value.url == f"{web.game_url}/c/boss"


def test_a_foe_that_hides_itself_gets_nothing(web: Web, alice: BrowserContext) -> None:
    page = frame_in(web, alice, FOE, f"{web.game_url}/e/boss", Referrer_Policy="no-referrer")
    assert blank(page)


def test_a_foe_around_a_listed_site_gets_nothing(web: Web, alice: BrowserContext) -> None:
    frame_in(web, alice, "blog", f"{web.game_url}/e/boss").close()
    page = frame_in(web, alice, FOE, web.address("blog", "/framing"), "/around")
    inner = page.frame_locator("iframe").frame_locator("iframe")
    expect(page.frame_locator("iframe").locator("iframe")).to_be_attached()
    expect(inner.locator("#play")).to_have_count(0)


def test_the_same_frame_in_a_listed_page_is_the_game(web: Web, alice: BrowserContext) -> None:
    """The control of the two above."""
    page = frame_in(web, alice, "blog", f"{web.game_url}/e/boss", Referrer_Policy="no-referrer")
    expect(page.frame_locator("iframe").locator("#play")).to_be_visible()


def test_no_page_with_something_to_press_for_real_is_framed_by_anybody(web: Web, alice: BrowserContext) -> None:
    for path in ("/claim", "/me", "/c/boss", "/backoffice/"):
        page = frame_in(web, alice, "blog", web.game_url + path)
        assert blank(page), path
        page.close()


def test_a_press_stolen_by_an_invisible_layer_plays_and_does_nothing_else(web: Web, alice: BrowserContext) -> None:
    """A listed page lays ours, unseen, over a button of its own. The first is the control: such a press is stolen."""
    page = lay_over(web, alice, "/e/boss")
    expect(page.frame_locator("iframe").locator(PLAY)).to_be_visible()
    place = page.frame_locator("iframe").locator("#play").bounding_box()
    assert place is not None
    with page.expect_request("**/api/v1/campaigns/boss/rounds"):
        page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    for path in ("/claim", "/claim/AAAAA-AAAAA-AAAAA-AAAAA", "/me", "/c/boss", "/backoffice/sign-in"):
        page = lay_over(web, alice, path)
        assert blank(page), path
        asked = requests_of(page)
        for across, down in ((60, 200), (195, 300), (195, 500), (330, 700)):
            page.mouse.click(across, down)
        page.wait_for_load_state("networkidle")
        assert asked == [], path


def requests_of(page: Page) -> list[str]:
    """What a page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def lay_over(web: Web, context: BrowserContext, path: str) -> Page:
    style = "position: fixed; inset: 0; width: 100%; height: 100%; border: 0; opacity: 0.01"
    layer = f'<button>Win a telephone</button><iframe src="{web.game_url}{path}" style="{style}"></iframe>'
    web.sites.add("blog", "/bait", f"<!doctype html><title>Bait</title><body>{layer}")
    page = context.new_page()
    page.goto(web.address("blog", "/bait"))
    return page


def blank(page: Page) -> bool:
    """Whether the browser kept the framed page out."""
    page.wait_for_load_state()
    return not page.frames[1].url.startswith("http")
