"""embed.js in other people's pages: it frames, sizes, speaks the page's language and hears its own frames alone."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, ViewportSize, expect

from tests.browser.conftest import PHONE, Troubles
from tests.rig.hosts import Web

LINE = '<script src="{game}/embed.js" data-campaign="boss" async></script>'
HEAR = """<script>
  addEventListener('popshot', () => { for (const type of ['ready', 'started', 'finished', 'won'])
    popshot.on(type, ({frame, ...told}) => (window.told ??= []).push(told)); });
</script>"""
LEAST = 480  # CSS pixels, what embed.js takes at least
WISHES = """<script>window.wishes = []; addEventListener('message', ({data}) => {
  if (data?.type === 'height') wishes.push(data.height); });</script>"""
GROW = """(card) => { const tall = document.createElement('div'); tall.style.height = '1500px'; card.append(tall);
  card.hidden = false; document.body.dataset.state = 'over'; }"""
FRAMES_PASS = """() => new Promise((done) => { let left = 40;
  const step = () => { left -= 1; if (left) requestAnimationFrame(step); else done(); }; step(); })"""
SEND = "message => { top.postMessage(message, '*'); parent.postMessage(message, '*'); }"


def open_page(web: Web, context: BrowserContext, body: str, *, host: str = "blog", lang: str = "en",
              size: ViewportSize = PHONE, **headers: str) -> Page:
    web.sites.add(host, "/page", f'<!doctype html><html lang="{lang}"><title>Host</title><body>{body}'
                  .replace("{game}", web.game_url), **headers)
    page = context.new_page()
    page.set_viewport_size(size)
    page.goto(web.address(host, "/page"))
    return page


def game(page: Page, at: int = 0) -> FrameLocator:
    return page.frame_locator("iframe").nth(at)


def told(page: Page) -> list[dict[str, Any]]:
    heard: list[dict[str, Any]] = page.evaluate("() => window.told ?? []")
    return heard


def wait_ready(page: Page, times: int = 1) -> None:
    page.wait_for_function(f"() => (window.told ?? []).filter(({{type}}) => type === 'ready').length >= {times}")


@pytest.mark.parametrize("host", ["blog", "shop", "town"])
def test_the_three_hosts_show_the_game_in_their_language_and_nothing_is_blocked(
        web: Web, alice: BrowserContext, troubles: Troubles, host: str) -> None:
    page = alice.new_page()
    troubles.watch(page)
    page.goto(web.address(host))
    page.locator("iframe").scroll_into_view_if_needed()
    words = {"blog": "Play", "shop": "Spielen", "town": "Jouer"}
    titles = {"blog": "Hit the boss!", "shop": "Triff den Chef!", "town": "Visez le patron\u202f!"}
    expect(game(page).locator("#play")).to_have_text(words[host])
    expect(page.locator("iframe")).to_have_attribute("title", f"{titles[host]} · Zapp & Co")
    assert page.locator("iframe").get_attribute("loading") == "lazy"
    assert [trouble for trouble in troubles.seen if "web-share" not in trouble] == []  # not every Chromium knows it
    assert alice.cookies() == []


def test_the_line_works_twice_and_loading_it_again_adds_one_frame_and_no_second_ear(
        web: Web, alice: BrowserContext) -> None:
    page = open_page(web, alice, HEAR + LINE + LINE)
    expect(page.locator("iframe")).to_have_count(2)
    page.locator("iframe").nth(1).scroll_into_view_if_needed()  # it is not loaded before
    wait_ready(page, 2)
    assert [one["type"] for one in told(page)] == ["ready", "ready"]
    assert page.evaluate("() => ['hearers', 'mount', 'reserve', 'TITLES'].filter((name) => name in window)") == []


@pytest.mark.parametrize(("screen", "wishes"), [(360, []), (500, [500])])  # CSS pixels; the frame took 480
def test_a_card_taller_than_the_screen_asks_once_and_no_more_than_there_is(
        web: Web, alice: BrowserContext, screen: int, wishes: list[int]) -> None:
    page = open_page(web, alice, f"{WISHES}{HEAR}{LINE}", size={"width": 740, "height": screen})
    wait_ready(page)
    card = game(page).locator("#result")
    card.evaluate(GROW)
    page.evaluate(FRAMES_PASS)
    card.evaluate("(card) => { card.append('And more'); }")  # the same card
    page.evaluate(FRAMES_PASS)
    assert page.evaluate("() => wishes") == wishes
    assert page.locator("iframe").evaluate("(frame) => frame.offsetHeight") == LEAST  # its end is on the screen


def test_an_element_of_the_same_name_is_no_game(web: Web, alice: BrowserContext) -> None:
    page = open_page(web, alice, f'<div id="popshot"></div>{LINE}')
    expect(game(page).locator("#play")).to_be_attached()


def test_no_link_leads_the_game_out_of_its_frame(web: Web, alice: BrowserContext) -> None:
    page = open_page(web, alice, f"{HEAR}{LINE}")
    wait_ready(page)
    expect(game(page).locator("#live")).to_be_visible()
    links = game(page).locator("a[href]").evaluate_all(
        "(all) => all.map((link) => [link.getAttribute('href'), link.target])")
    assert links
    assert [href for href, target in links if target != "_blank" and not href.startswith(("#", "?"))] == []


def test_a_page_with_its_own_strict_policy_and_no_referrer_needs_two_words_in_it(
        web: Web, alice: BrowserContext) -> None:
    policy = f"default-src 'none'; script-src {web.game_url}; frame-src {web.game_url}; report-uri /csp"
    page = open_page(web, alice, LINE, Content_Security_Policy=policy, Referrer_Policy="no-referrer")
    expect(game(page).locator("#play")).to_be_visible()
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert box["height"] > 480


def test_a_shadow_root_is_filled_by_mount_also_sandboxed(web: Web, alice: BrowserContext) -> None:
    page = open_page(web, alice, HEAR + "<div id=here></div><script src='{game}/embed.js'></script>" + """<script>
      const root = document.getElementById('here').attachShadow({mode: 'open'});
      popshot.mount(root.appendChild(document.createElement('p')), {campaign: 'boss', lang: 'nl',
        sandbox: 'allow-scripts'});
    </script>""")
    wait_ready(page)  # its origin is "null"
    expect(game(page).locator("html")).to_have_attribute("lang", "nl")
    assert page.locator("iframe").get_attribute("sandbox") == "allow-scripts"


def test_nothing_of_the_host_moves_after_the_frame_s_first_paint(web: Web, alice: BrowserContext) -> None:
    page = open_page(web, alice, """<style>body{margin:0}</style><script>
      new PerformanceObserver((list) => { window.shifts = (window.shifts ?? []).concat(list.getEntries().map(
        ({value}) => value)); }).observe({type: 'layout-shift', buffered: true});
    </script><p>Before</p>""" + HEAR + LINE + "<p id=after>After</p>")
    wait_ready(page)
    before = page.evaluate("() => [window.shifts ?? [], document.getElementById('after').getBoundingClientRect().top]")
    expect(game(page).locator("#live")).to_be_attached()
    page.frames[1].evaluate("() => { document.body.dataset.state = 'over'; }")  # whatever the game shows now
    page.frames[1].evaluate("() => parent.postMessage({popshot: 1, type: 'height', height: 5000}, '*')")
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    after = page.evaluate("() => [window.shifts ?? [], document.getElementById('after').getBoundingClientRect().top]")
    assert after == before
    page.evaluate("() => { document.querySelector('p').style.height = '300px'; }")  # the control: a page that does move
    page.wait_for_function(f"() => (window.shifts ?? []).length > {len(before[0])}")


def test_a_frame_grows_where_nobody_sees_it(web: Web, alice: BrowserContext) -> None:
    page = open_page(web, alice, HEAR + "<div style='height:500px'>Tall</div>" + LINE)
    page.locator("iframe").scroll_into_view_if_needed()
    wait_ready(page)
    page.evaluate("() => scrollTo(0, 0)")
    page.frames[1].evaluate("() => parent.postMessage({popshot: 1, type: 'height', height: 5000}, '*')")
    page.wait_for_function("() => document.querySelector('iframe').clientHeight === innerHeight")  # a screen, no more


FORGED = {"popshot": 1, "type": "won", "prizes": ["A forged blaster"]}


def test_only_the_frame_s_own_window_is_heard(web: Web, alice: BrowserContext) -> None:
    web.sites.add("foe", "/", "<!doctype html><title>Foe</title>")
    page = open_page(web, alice, f"""{HEAR}{LINE}<iframe id=foe src='{web.address("foe")}'></iframe>
        <iframe id=ours src='{web.game_url}/e/boss'></iframe>""")  # the right origin, and no frame of the script's
    wait_ready(page)
    expect(page.frame_locator("#ours").locator("#play")).to_be_attached()
    expect(page.locator("iframe")).to_have_count(3)
    frames = {frame.frame_element().get_attribute("id"): frame for frame in page.frames[1:]}
    frames["foe"].evaluate(SEND, FORGED)
    frames["ours"].evaluate(SEND, FORGED)
    with page.expect_popup() as opened:
        page.evaluate(f"() => {{ open('{web.address('foe')}'); }}")
    opened.value.evaluate("message => opener.postMessage(message, '*')", FORGED)
    page.evaluate("message => postMessage(message, '*')", FORGED)
    genuine = FORGED | {"prizes": ["A real one"]}
    frames[None].evaluate("message => parent.postMessage(message, '*')", genuine)  # the control: this is heard
    page.wait_for_function("() => (window.told ?? []).some(({type}) => type === 'won')")
    assert [one["prizes"] for one in told(page) if one["type"] == "won"] == [["A real one"]]


def test_a_frame_that_has_gone_elsewhere_is_not_heard(web: Web, alice: BrowserContext) -> None:
    web.sites.add("foe", "/", "<!doctype html><title>Foe</title><p>Foe")
    page = open_page(web, alice, HEAR + LINE)
    wait_ready(page)
    page.evaluate(f"() => {{ document.querySelector('iframe').src = '{web.address('foe')}'; }}")
    expect(game(page).locator("p")).to_have_text("Foe")
    page.frames[1].evaluate("message => parent.postMessage(message, '*')", FORGED)  # the right window, a wrong origin
    page.frames[1].evaluate("() => parent.postMessage({popshot: 1, type: 'ready', title: 'Foe'}, '*')")
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    assert [one["type"] for one in told(page)] == ["ready"]
    assert page.locator("iframe").get_attribute("title") != "Foe"


def test_the_frame_hears_its_parent_alone(web: Web, alice: BrowserContext) -> None:
    """What the frame takes for the room around it shows in the height that it asks for when a card has grown."""
    page = open_page(web, alice, f"{WISHES}{HEAR}{LINE}<iframe id=foe src='{web.address('foe', '/')}'></iframe>")
    web.sites.add("foe", "/", "<!doctype html><title>Foe</title>")
    page.reload()
    wait_ready(page)
    frames = {frame.frame_element().get_attribute("id"): frame for frame in page.frames[1:]}
    room = {"popshot": 1, "type": "room", "width": 1, "height": 1}
    small = room | {"most": 1}
    frames["foe"].evaluate("room => { for (const at of [0, 1]) parent[at].postMessage(room, '*'); }", small)
    frames[None].evaluate("() => new Promise((done) => setTimeout(done))")
    game(page).locator("#result").evaluate(GROW)
    page.wait_for_function("() => wishes.at(-1) === innerHeight")  # heard, the foe would have left no room to ask for
    most = page.evaluate("""room => {
      const frame = document.querySelector('iframe'), most = frame.clientHeight + 7;
      frame.contentWindow.postMessage({...room, most}, '*'); return most; }""", room)
    page.wait_for_function("most => wishes.at(-1) === most", arg=most)  # the control: the parent is heard
