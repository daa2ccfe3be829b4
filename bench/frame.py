"""Measure what a frame costs, and what a minute of play leaves in memory: `python -m bench.frame`.

A frame: 200 targets and 500 bits drawn by the game's own pen (`bench/frame.js`), 2 s at a time, median of 5: the main
thread's time a frame, and the script's part of it. A minute: real rounds played by a scripted hand.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from bench.browser import open_chromium, open_phone, print_table, serve_demo, spread
from tests.rig.hand import Hand

TIMES = 5
SECONDS = 2.0
SCRIPT = Path(__file__).with_suffix(".js")
RUN = "(sharpness) => import('/bench/frame.js').then(({ run }) => run(sharpness))"
AGAIN = "#result .actions .button"
WITHOUT_GPU = "--disable-3d-apis"
KB = 1024


def metrics(session: CDPSession) -> dict[str, float]:
    """Chromium's own counters of the page."""
    return {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}


def cost_of_frames(page: Page, session: CDPSession) -> tuple[float, float, float]:
    """Milliseconds of the main thread and of script a frame, and frames a second, over some seconds."""
    before, drawn = metrics(session), page.evaluate("window.bench()")
    page.wait_for_timeout(SECONDS * 1000)
    after, now = metrics(session), page.evaluate("window.bench()")
    frames = now["frames"] - drawn["frames"]
    passed = after["Timestamp"] - before["Timestamp"]
    return (1000 * (after["TaskDuration"] - before["TaskDuration"]) / frames, (now["busy"] - drawn["busy"]) / frames,
            frames / passed)


def measure_frames(browser: Browser, address: str, sharpness: int) -> tuple[str, str]:
    """The main thread's and the script's spread."""
    with browser.new_context(viewport={"width": 390, "height": 700}, device_scale_factor=sharpness) as context:
        page = context.new_page()
        page.route("**/bench/frame.js", lambda route: route.fulfill(path=SCRIPT))
        page.goto(address)
        page.evaluate(RUN, sharpness)
        page.wait_for_function("() => window.bench?.().frames > 30")
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        costs = [cost_of_frames(page, session) for _ in range(TIMES)]
    main, script, rate = zip(*costs, strict=True)
    return spread(main, "ms"), f"{spread(script, 'ms')}, {spread(rate, 'frames/s')}"


def heap(session: CDPSession) -> float:
    """Bytes in use after the rubbish is gone."""
    session.send("HeapProfiler.collectGarbage")
    return metrics(session)["JSHeapUsedSize"]


def own_bytes(node: dict[str, Any]) -> float:
    """Bytes that a profile's node and those below it made in the game's own modules."""
    is_ours = "/static/game/" in node["callFrame"]["url"]
    return (node["selfSize"] if is_ours else 0) + sum(own_bytes(child) for child in node["children"])


def start_round(page: Page, button: str) -> Hand:
    """Begin a round with a hand of its own."""
    hand = Hand(page)
    page.locator(button).first.click()
    return hand


def measure_minute(browser: Browser, address: str) -> tuple[float, float]:
    """Growth of the heap over 60 s of play, and bytes made a frame; a whole round before warms everything up."""
    with open_phone(browser) as context:
        page = context.new_page()
        page.goto(address)
        start_round(page, "#play").play()
        page.locator(AGAIN).first.wait_for()
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        page.evaluate("() => { window.frames_seen = 0; const count = () => { window.frames_seen += 1; "
                      "requestAnimationFrame(count); }; count(); }")
        before = heap(session)
        started = {"samplingInterval": 4 * KB, "includeObjectsCollectedByMajorGC": True,
                   "includeObjectsCollectedByMinorGC": True}
        session.send("HeapProfiler.startSampling", started)
        start_round(page, AGAIN).play()
        page.locator(AGAIN).first.wait_for()
        start_round(page, AGAIN).play(until_tick=900)
        made = own_bytes(session.send("HeapProfiler.stopSampling")["profile"]["head"])
        frames = page.evaluate("window.frames_seen")
        return heap(session) - before, made / frames


def main() -> None:
    """Measure and print."""
    rows: list[tuple[str, str, str]] = []
    with serve_demo() as address:
        blank = address.replace("/c/boss", "/fairness")
        for name, flags in (("", ()), (", no WebGL", (WITHOUT_GPU,))):
            with open_chromium(*flags) as browser:
                for sharpness in (1, 2):
                    total, script = measure_frames(browser, blank, sharpness)
                    rows.append((f"main thread a frame, {sharpness} px{name}", "6 ms", total))
                    rows.append(("of it script", "", script))
        with open_chromium() as browser:
            grown, made = measure_minute(browser, address)
    rows += [("heap growth over 60 s of play", "1,024 KB", f"{grown / KB:,.0f} KB"),
             ("made a frame by the game's own code", "", f"{made:,.0f} bytes")]
    print_table(rows)


if __name__ == "__main__":
    main()
