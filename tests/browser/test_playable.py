"""The practice in one file, where hosts put it: on a disk, in a sandboxed frame, in a player of advertisements."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Route, expect

from tests.browser.conftest import PHONE, Troubles
from tests.rig.served import Served

LEAK = "<script>fetch('https://ad.test/leak'); new Image().src = 'https://ad.test/leak.png';</script>"
HOST = "https://ad.test/"
STEP_MS, STEPS = 400, 130  # a whole round, as a slow machine would show it


@pytest.fixture(scope="module")
def file(demo: Served, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("playable") / "boss.html"
    made = demo.popshot("playable", "boss", "--lang", "en", "--source", "tiktok", "--out", str(out))
    assert made.returncode == 0, made.stderr
    return out


@pytest.fixture
def alone(browser: Browser, troubles: Troubles) -> Iterator[Page]:
    """A page whose every request to anywhere is refused, and written down in `asked`."""
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="en-GB")
    page = context.new_page()
    page.asked = []  # type: ignore[attr-defined]

    def refuse(route: Route) -> None:
        page.asked.append(route.request.url)  # type: ignore[attr-defined]
        route.abort()

    context.route("http*://**/*", refuse)
    troubles.watch(page)
    page.clock.install()
    yield page
    context.close()


def play(page: Page, stage: Page | FrameLocator) -> None:
    """A whole round; darts go at the boss."""
    expect(stage.locator("body")).to_have_attribute("data-drawn", "")
    stage.locator("#play").click()
    expect(stage.locator("body")).to_have_attribute("data-state", "playing")
    for _ in range(STEPS):
        page.clock.fast_forward(STEP_MS)
        page.mouse.click(195, 150)
    expect(stage.locator("#result")).to_be_visible()
    expect(stage.locator("#result")).to_contain_text("wins nothing")


def test_it_plays_from_a_disk_asks_nobody_and_leads_to_the_game(
        demo: Served, alone: Page, troubles: Troubles, file: Path) -> None:
    alone.goto(file.as_uri())
    play(alone, alone)
    assert alone.asked == []  # type: ignore[attr-defined]
    way = alone.locator("#result .way")
    expect(way).to_have_attribute("href", f"http://localhost:{demo.port}/c/boss?lang=en&utm_source=tiktok&utm_medium=playable")
    expect(way).to_have_attribute("target", "_blank")
    assert troubles.seen == []
    assert alone.evaluate("[Object.keys(localStorage), window.name, document.cookie]") == [[], "", ""]


def test_the_rig_would_see_a_file_that_asks_somebody_and_the_policy_would_stop_it(alone: Page, file: Path) -> None:
    leaking = file.read_text().replace("</body>", f"{LEAK}</body>")
    open_file = file.with_name("open.html")
    open_file.write_text(leaking.replace("Content-Security-Policy", "X-Nothing"))
    alone.goto(open_file.as_uri())
    expect(alone.locator("body")).to_have_attribute("data-drawn", "")
    assert set(alone.asked) == {f"{HOST}leak", f"{HOST}leak.png"}  # type: ignore[attr-defined]
    alone.asked.clear()  # type: ignore[attr-defined]
    shut_file = file.with_name("shut.html")
    shut_file.write_text(leaking)
    alone.goto(shut_file.as_uri())
    expect(alone.locator("body")).to_have_attribute("data-drawn", "")
    assert alone.evaluate("fetch('https://ad.test/more').catch(() => 'refused')") == "refused"
    assert alone.asked == []  # type: ignore[attr-defined]


def test_it_plays_in_a_frame_sandboxed_to_scripts(alone: Page, troubles: Troubles, file: Path) -> None:
    alone.route(HOST, lambda route: route.fulfill(
        content_type="text/html", body="<body style='margin:0'><iframe sandbox='allow-scripts' src='/ad.html' "
        "style='width:390px;height:800px;border:0'></iframe>"))
    alone.route(f"{HOST}ad.html", lambda route: route.fulfill(content_type="text/html", body=file.read_text()))
    alone.goto(HOST)
    play(alone, alone.frame_locator("iframe"))
    expect(alone.frame_locator("iframe").locator("#result .address")).to_contain_text("/c/boss")  # no link opens there
    assert [one for one in alone.asked if not one.endswith("favicon.ico")] == []  # type: ignore[attr-defined]
    assert troubles.seen == []


@pytest.mark.parametrize("way", ["mraid = {open: (address) => told.push(address)}",
                                 "FbPlayableAd = {onCTAClick: () => told.push('meta')}"])
def test_a_player_of_advertisements_is_asked_to_open_the_game(alone: Page, file: Path, way: str) -> None:
    alone.add_init_script(f"window.told = []; window.{way};")
    alone.goto(file.as_uri())
    expect(alone.locator("body")).to_have_attribute("data-drawn", "")
    alone.locator("#way").click()
    [told] = alone.evaluate("told")
    assert told == "meta" or "/c/boss?lang=en&utm_source=tiktok" in told
    assert len(alone.context.pages) == 1
    assert alone.asked == []  # type: ignore[attr-defined]
