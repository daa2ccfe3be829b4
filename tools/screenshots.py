"""Take docs/screenshots of a running demo: `python -m tools.screenshots [http://localhost:8000]`, on a fresh one.

A bot plays a round on a phone so that the pictures in play and of the result are real ones.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.rig.chromium import find_chromium, launch_flags
from tests.rig.hand import Hand

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
SIZES = {"phone": ViewportSize(width=390, height=844), "desktop": ViewportSize(width=1440, height=900),
         "landscape": ViewportSize(width=844, height=390)}
PICTURED_TICK = 1_080  # in the fourth wave, its targets all there


def picture(page: Page, name: str, *, whole: bool = False) -> None:
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole, animations="disabled")


def play(browser: Browser, url: str, name: str, size: ViewportSize) -> str:
    """Pictures of the start, a wave in play and the result; the address of the round's replay."""
    page = browser.new_page(viewport=size, locale="en-GB")
    page.goto(f"{url}/c/boss")
    page.locator("body[data-drawn]").wait_for()
    picture(page, f"{name}-start")
    hand = Hand(page)
    page.locator("#play").click()
    hand.play(until_tick=PICTURED_TICK)
    picture(page, f"{name}-play")
    outcome = hand.play()
    expect(page.locator("#result .total")).to_contain_text(f"{outcome['score']:,}")  # it counts up
    page.locator("#live").wait_for()
    picture(page, f"{name}-result", whole=name == "phone")
    page.close()
    return str(outcome["replay_url"])


def main() -> None:
    url = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_flags)
        for name, size in SIZES.items():
            replay = play(browser, url, name, size)
        page = browser.new_page(viewport=SIZES["phone"], locale="fr")
        for name, address in {"replay": replay, "claim": f"{url}/claim", "fairness": f"{url}/fairness"}.items():
            page.goto(address)
            page.wait_for_load_state("networkidle")
            picture(page, f"{name}-fr", whole=True)
        browser.close()


if __name__ == "__main__":
    main()
