"""The Chromium that browser tests drive: one on the PATH, else Playwright's own, else the system's package.

`python -m tests.rig.chromium` brings one when none is there.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: tests also run as root in containers, and open our own pages only.
launch_flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--mute-audio"]


class NoChromium(Exception):
    """There is no Chromium to test with; the message tells what to do."""


def playwrights_own() -> str | None:
    """Where Playwright keeps its Chromium, when it was downloaded."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_chromium() -> str:
    """The path of a Chromium to start; NoChromium when there is none."""
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    found = on_path or playwrights_own()
    if found is None:
        raise NoChromium(f"no {', '.join(NAMES)} on the PATH; `make browser` brings one")
    return found


def install_chromium() -> None:
    """Download one through Playwright, else from the system's packages (needs root)."""
    by_playwright = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
    if subprocess.run(by_playwright, check=False).returncode == 0:
        return
    subprocess.run(["apt-get", "update", "--quiet"], check=True)
    subprocess.run(["apt-get", "install", "--yes", "--quiet", "chromium"], check=True)


if __name__ == "__main__":
    try:
        find_chromium()
    except NoChromium:
        install_chromium()
    sys.stdout.write(f"Chromium for the tests: {find_chromium()}\n")
