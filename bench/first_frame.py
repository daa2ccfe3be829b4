"""Measure how soon the game shows, and what a first visit loads: `python -m bench.first_frame`.

From the arrival of the HTML (its last byte) until the screen has shown a canvas frame with moving targets and begins
the next, which `static/game/main.js` marks; a fresh visitor each time, 390 x 844 at two pixels a pixel, median of 5.
"""

from playwright.sync_api import Browser

from bench.browser import open_chromium, open_phone, print_table, serve_demo, slow_down, spread
from tests.rig.visit import Visit

TIMES = 5
SINCE_HTML = """() => performance.getEntriesByName('first-frame')[0].startTime
  - performance.getEntriesByType('navigation')[0].responseEnd"""
HAS_SHOWN = "() => performance.getEntriesByName('first-frame').length > 0"


def first_frame(browser: Browser, address: str, is_phone: bool) -> float:
    """Milliseconds of one visit."""
    with open_phone(browser) as context:
        page = context.new_page()
        if is_phone:
            slow_down(page)
        page.goto(address, wait_until="commit")
        page.wait_for_function(HAS_SHOWN, polling=200)  # asking at every frame would slow them down
        return float(page.evaluate(SINCE_HTML))


def measure(address: str, is_phone: bool, *flags: str) -> str:
    """The spread of several visits; the first, which warms the server up, does not count."""
    with open_chromium(*flags) as browser:
        return spread([first_frame(browser, address, is_phone) for _ in range(TIMES + 1)][1:], "ms")


def measure_bytes(address: str) -> tuple[float, float]:
    """KB before a round can be played, with headers, and of all files without."""
    with open_chromium() as browser, open_phone(browser) as context:
        visit = Visit(context.new_page())
        visit.page.goto(address)
        visit.touch()
        return visit.first_bytes() / 1000, visit.whole_bytes() / 1000


def main() -> None:
    """Measure and print."""
    with serve_demo() as address:
        boot, whole = measure_bytes(address)
        print_table([
            ("first frame, 4G phone", "800 ms, aim 600", measure(address, True)),
            ("first frame, 4G phone, no WebGL", "800 ms, aim 600", measure(address, True, "--disable-3d-apis")),
            ("first frame, not slowed", "250 ms", measure(address, False)),
            ("first frame, not slowed, no WebGL", "250 ms", measure(address, False, "--disable-3d-apis")),
            ("boot path, brotli, with headers", "60 KB", f"{boot:.1f} KB"),
            ("whole client, with sockets and sound", "90 KB", f"{whole:.1f} KB"),
        ])


if __name__ == "__main__":
    main()
