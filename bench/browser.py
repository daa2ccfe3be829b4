"""What the measurements in a browser share: a demo served, Chromium, the profile "4G phone", and a printed table."""

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize, sync_playwright

from tests.rig.chromium import find_chromium, launch_flags
from tests.rig.served import Served, free_port

PHONE = ViewportSize(width=390, height=844)
MBIT = 1_000_000 / 8  # bytes


@contextmanager
def serve_demo() -> Iterator[str]:
    """The address of the demo campaign, served as `make run` does."""
    with tempfile.TemporaryDirectory() as folder:
        served = Served(Path(folder), free_port())
        served.start("server.run", "--demo")
        try:
            yield f"{served.url}/c/boss"
        finally:
            served.kill()


@contextmanager
def open_chromium(*flags: str) -> Iterator[Browser]:
    """Chromium with more flags than the tests'."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=[*launch_flags, *flags])
        yield chromium
        chromium.close()


def open_phone(browser: Browser) -> BrowserContext:
    """A fresh visitor on a phone's screen."""
    return browser.new_context(viewport=PHONE, device_scale_factor=2, has_touch=True, locale="en-GB")


def slow_down(page: Page) -> None:
    """The profile "4G phone": 9 Mbit/s down, 170 ms there and back, a quarter of this machine's speed."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "latency": 170, "downloadThroughput": 9 * MBIT, "uploadThroughput": 3 * MBIT}
    session.send("Network.emulateNetworkConditions", line)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def spread(values: Sequence[float], unit: str) -> str:
    """The median with the least and the most."""
    return f"{statistics.median(values):,.1f} {unit} ({min(values):,.1f} to {max(values):,.1f})"


def print_table(rows: Sequence[tuple[str, str, str]]) -> None:
    """What, asked, measured."""
    lines = [("what", "asked", "measured"), ("---", "---", "---"), *rows]
    sys.stdout.write("".join(f"| {' | '.join(line)} |\n" for line in lines))
