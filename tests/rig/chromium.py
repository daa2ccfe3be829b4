"""The Chromium that browser tests drive: one on the PATH, else Playwright's own, else the system's package. Where
nothing of a profile is needed and the system has it, the same browser without windows.

`python -m tests.rig.chromium` brings one when none is there.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"  # the same browser without windows: their tabs and toolbars took half of its time
# No sandbox: tests also run as root in containers, and open our own pages only.
launch_flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--mute-audio"]

# A screen of some twelve pictures a second, on which what goes round for ever stands still. Without a graphics card
# each is drawn by the processors that all tests share: a game at its start took two thirds of one, so it takes a
# seventh. Its clock is its own, so it plays the same.
SLOW_SCREEN = """{
  const draw = window.requestAnimationFrame.bind(window), forget = window.cancelAnimationFrame.bind(window);
  const waiting = new Map();
  let last = 0;
  window.requestAnimationFrame = (then) => {
    const id = last += 1;
    waiting.set(id, setTimeout(() => waiting.set(id, -draw((now) => { waiting.delete(id); then(now); })), 60));
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    const where = waiting.get(id) ?? 0;
    waiting.delete(id);
    if (where < 0) forget(-where); else clearTimeout(where);
  };
  const isEndless = (one) => one.effect?.getTiming().iterations === Infinity;
  setInterval(() => document.getAnimations().filter(isEndless).forEach((one) => one.pause()), 250);
}"""


class NoChromium(Exception):
    """There is no Chromium to test with; the message tells what to do."""


def draw_rarely(context: BrowserContext) -> None:
    """Give a visitor a slow screen, where nothing is told of how fast the game draws."""
    context.add_init_script(SLOW_SCREEN)


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


def find_shell() -> str:
    """The path of the browser without windows, else of a whole Chromium. What lives in a profile (a visitor's wishes,
    what stays over a restart) is only in a whole one.
    """
    return shutil.which(SHELL) or find_chromium()


def install_chromium() -> None:
    """Download one through Playwright, else from the system's packages (needs root)."""
    by_playwright = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
    if subprocess.run(by_playwright, check=False).returncode == 0:
        return
    subprocess.run(["apt-get", "update", "--quiet"], check=True)
    subprocess.run(["apt-get", "install", "--yes", "--quiet", "chromium"], check=True)


def bring_shell() -> None:
    """Install the browser without windows where a word is enough; the whole one does as well, in more time."""
    if shutil.which(SHELL) is None and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "install", "--yes", "--quiet", SHELL], check=False)


if __name__ == "__main__":
    try:
        find_chromium()
    except NoChromium:
        install_chromium()
    bring_shell()
    sys.stdout.write(f"Chromium for the tests: {find_chromium()} and {find_shell()}\n")
