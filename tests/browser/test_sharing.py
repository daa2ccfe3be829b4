"""A round handed on, and a dare that comes of it: the menu, the ghost beside the round, and how the duel ends."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.conftest import Troubles
from tests.browser.test_replay import watch
from tests.rig.hand import PLAY
from tests.rig.play import Play
from tests.rig.served import Served

NO_SHEET = "navigator.share = undefined"
SANDBOX = """<!doctype html><title>Host</title><iframe sandbox="allow-scripts" width="390" height="844"
  name='popshot:{kept}' src="/e/boss?beat={id}"></iframe>"""


def open_menu(page: Page | FrameLocator) -> Locator:
    """The menu that the result's button opens."""
    page.locator("#result .share").click()
    menu = page.get_by_role("dialog", name="Pass it on")
    expect(menu).to_be_visible()
    return menu


def play_against(page: Page, demo: Served, played: Play) -> None:
    page.goto(f"{demo.url}/c/boss?beat={played.id}")
    expect(page.locator("#start .dare")).to_have_text(f"Beat {played.player.alias}’s {played.outcome['score']:,}")
    expect(page.locator("#live")).to_be_visible()
    page.locator(PLAY).click()
    expect(page.locator(".rival .who")).to_have_text(played.player.alias)


def end_duel(page: Page, demo: Served, played: Play, more: int, query: str = "beat={id}&") -> None:
    """Come back to a round that ended with so many points more than the rival's, as its player."""
    kept = let_end(page, demo, played, more)
    page.add_init_script(f"localStorage.setItem('popshot', '{kept}'); {NO_SHEET}")
    page.goto(f"{demo.url}/c/boss?{query.format(id=played.id)}")
    expect(page.locator("#result .share")).to_be_visible()


def let_end(page: Page, demo: Served, played: Play, more: int) -> str:
    """Let the server say that a round ended with so many points more; what its player's browser keeps of it."""
    outcome = {**played.outcome, "score": played.outcome["score"] + more, "awards": [], "kept_back": 0}
    page.route(f"**/api/v1/rounds/{played.id}", lambda route: route.fulfill(
        json={"state": "closed", "outcome": outcome}, headers={"Access-Control-Allow-Origin": "*"}))
    return json.dumps({"round": played.id, "token": demo.call("POST", "/api/v1/players", {}).body["token"]})


@pytest.mark.parametrize(("more", "sentence"), [
    (320, "You win the duel by 320!"), (0, "A draw! Nobody is ahead."), (-250, "{alias} wins by 250")])
def test_a_duel_is_settled_on_the_result_and_can_be_given_back(
        demo: Served, page: Page, played: Play, more: int, sentence: str) -> None:
    end_duel(page, demo, played, more)
    duel = page.locator("#result .duel")
    expect(duel.locator("p")).to_have_text(sentence.format(alias=played.player.alias))
    expect(duel.locator("li")).to_have_text([f"You{played.outcome['score'] + more:,}",
                                             f"{played.player.alias}{played.outcome['score']:,}"])
    expect(page.locator("#result .share")).to_have_text("Challenge back")


def test_only_the_rounds_own_button_dares_back_and_two_presses_open_one_menu(
        demo: Served, page: Page, played: Play) -> None:
    end_duel(page, demo, played, 320)
    named = page.evaluate("""async () => {
      const { showDuel } = await import('/static/game/duel/end.js');
      const card = document.createElement('div');
      card.className = 'result';
      const button = (word) => `<button class="share">${word}</button>`;
      card.innerHTML = `<p></p><aside>${button('Invite')}</aside><div class="actions">${button('Share')}</div>`;
      showDuel(card.querySelector('p'), 2, { alias: 'A', score: 1 }, { say: (key) => key, number: String });
      return [...card.querySelectorAll('button')].map((button) => button.textContent);
    }""")
    assert named == ["Invite", "duel.back"]
    open_menu(page)
    page.locator("#result .share").dispatch_event("click")
    page.wait_for_load_state("networkidle")
    expect(page.locator("dialog.sharing")).to_have_count(1)


def test_the_ghost_goes_along_and_says_who_leads(demo: Served, page: Page, played: Play, troubles: Troubles) -> None:
    page.clock.install()
    play_against(page, demo, played)
    lead = page.locator(".rival .lead")
    expect(lead).to_have_text("±0")
    page.clock.run_for(12_000)  # nobody aims: the ghost gets ahead
    expect(lead).to_contain_text("−")
    assert float(page.locator(".rival .theirs").evaluate("one => one.style.left").rstrip("%")) > 0
    expect(page.locator("#spoken")).to_contain_text(f"behind {played.player.alias}")
    too_early = "425"  # the page's clock may outrun the server's
    assert [one for one in troubles.seen if too_early not in one] == []


def test_without_a_dare_nothing_of_it_is_loaded(demo: Served, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{demo.url}/c/boss?beat={'0' * 20}")
    expect(page.locator("#live")).to_be_visible()
    assert page.locator(".dare, .rival").count() == 0
    assert [one for one in asked if "duel" in one or "sharing" in one] == []
    assert [one for one in asked if "wings" in one]  # the control: what comes late is seen


def test_a_round_whose_darts_do_not_come_to_its_score_sends_no_ghost(demo: Served, page: Page, played: Play) -> None:
    page.route("**/replay", lambda route: route.fulfill(json={**route.fetch().json(), "score": 99_999}))
    with page.expect_response("**/replay"):
        page.goto(f"{demo.url}/c/boss?beat={played.id}")
    expect(page.locator("#live")).to_be_visible()
    assert page.locator(".rival").count() == 0


def test_the_menu_hands_on_a_dare_or_the_replay(demo: Served, page: Page, played: Play, troubles: Troubles) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    end_duel(page, demo, played, 320)
    menu = open_menu(page)
    dare, replay = f"{demo.url}/c/boss?beat={played.id}", f"{demo.url}/r/{played.id}"
    for kind, address, qr in (("A challenge", dare, "?beat=1"), ("The replay", replay, "")):
        menu.get_by_role("radio", name=kind).check(force=True)
        expect(menu.get_by_label("The address")).to_have_value(address)
        expect(menu.locator("img.qr")).to_have_attribute("src", f"/r/{played.id}/qr.svg{qr}")
        whatsapp = menu.get_by_role("link", name="WhatsApp").get_attribute("href") or ""
        assert parse_qs(urlsplit(whatsapp).query)["text"][0].endswith(f" {address}")
        menu.get_by_role("button", name="Copy").click()
        expect(menu.get_by_role("status")).to_have_text("Copied!")
        assert page.evaluate("navigator.clipboard.readText()") == address
        menu.locator(".sharing-address .button").evaluate("one => { one.textContent = 'Copy'; }")
        menu.get_by_role("status").evaluate("one => { one.textContent = ''; }")
    assert troubles.seen == []


def test_links_elsewhere_take_nothing_of_the_page_along(demo: Served, page: Page, played: Play) -> None:
    end_duel(page, demo, played, 320)
    links = open_menu(page).get_by_role("link").all()
    assert len(links) == 7
    for link in links:
        assert link.get_attribute("rel") == "noopener noreferrer"
        address = link.get_attribute("href") or ""
        assert link.get_attribute("target") == ("_blank" if address.startswith("https:") else None)


def test_the_menu_closes_by_key_button_and_beside_it_and_gives_the_focus_back(
        demo: Served, page: Page, played: Play) -> None:
    end_duel(page, demo, played, 320)
    ways: list[Callable[[], None]] = [
        lambda: page.keyboard.press("Escape"), lambda: page.get_by_role("button", name="Close").click(),
        lambda: page.mouse.click(4, 4)]
    for close in ways:
        open_menu(page)
        close()
        expect(page.locator("dialog.sharing")).to_have_count(0)
        expect(page.locator("#result .share")).to_be_focused()


def test_an_address_that_cannot_be_copied_is_marked(demo: Served, page: Page, played: Play) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.add_init_script("document.execCommand = () => false")
    page.add_init_script(NO_SHEET)
    watch(demo, page, played)
    page.locator("#replay .share").click()
    menu = page.get_by_role("dialog", name="Pass it on")
    menu.get_by_role("button", name="Copy").click()
    expect(menu.get_by_role("status")).to_have_text("Copy the marked address.")
    expect(menu.get_by_label("The address")).to_be_focused()
    assert page.evaluate("getSelection().toString()") == f"{demo.url}/r/{played.id}"


def test_a_device_s_own_sheet_comes_first_and_gets_the_dare(demo: Served, page: Page, played: Play) -> None:
    end_duel(page, demo, played, 320, query="")
    page.evaluate("navigator.share = (link) => { window.shared = link; return Promise.resolve(); }")
    page.locator("#result .share").click()
    assert page.evaluate("window.shared.url") == f"{demo.url}/c/boss?beat={played.id}"
    assert page.locator("dialog.sharing").count() == 0


def test_a_frame_that_may_open_nothing_shows_the_address_to_read(demo: Served, page: Page, played: Play) -> None:
    page.add_init_script(NO_SHEET)
    host = SANDBOX.format(kept=let_end(page, demo, played, 320), id=played.id)
    page.route("**/host.html", lambda route: route.fulfill(body=host, content_type="text/html"))
    page.goto(f"{demo.url}/host.html")
    game = page.frame_locator("iframe")
    expect(game.locator("#result .duel")).to_contain_text("You win the duel by 320!")
    assert page.frames[1].evaluate("origin") == "null"
    menu = open_menu(game)
    expect(menu.get_by_label("The address")).to_have_value(f"{demo.url}/c/boss?beat={played.id}")
    expect(menu.get_by_role("button")).to_have_text(["", "Copy"])
    assert menu.get_by_role("link").count() == 0
    assert menu.locator("img.qr").evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
