"""Take docs/screenshots: `python -m tools.screenshots [FOLDER] [--every-size] [--lang fr] [--only result]`.

It serves a demo of its own, brings it into every state that a person may meet (tools/states.py) and takes each at every
size. Rounds are real ones: a bot plays them.
"""

import argparse
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Error, Page, ViewportSize, sync_playwright

from tests.rig.chromium import find_chromium, launch_flags
from tests.rig.served import Served, free_port
from tools.states import STATES, Demo, opened_demo

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
SHOWN = {"phone": ViewportSize(width=390, height=844), "desktop": ViewportSize(width=1440, height=900)}
EVERY = {**SHOWN, "landscape": ViewportSize(width=844, height=390), "tablet": ViewportSize(width=768, height=1024),
         "small": ViewportSize(width=320, height=480)}
WIDEST = 1_080  # pixels; wider pictures are made smaller, as every reader's page makes them
COLOURS = 256
TWO_FRAMES = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"""


@dataclass
class Camera:
    """Takes what a page shows at each size, and writes `<state>-<size>.png`."""

    folder: Path
    sizes: dict[str, ViewportSize]

    def take(self, page: Page, state: str, *, whole: bool = False) -> None:
        for name, size in self.sizes.items():
            page.set_viewport_size(size)
            if page.locator("[data-motion]").count():  # a script draws here, and has to hear of the size
                page.evaluate(TWO_FRAMES)
            taken = Image.open(BytesIO(page.screenshot(full_page=whole, animations="disabled")))
            lighten(taken.convert("RGB")).save(self.folder / f"{state}-{name}.png", optimize=True)


def lighten(picture: Image.Image) -> Image.Image:
    """The same picture in a third of the bytes: dithered, so that skies stay smooth."""
    picture.thumbnail((WIDEST, picture.height), Image.Resampling.LANCZOS)
    palette = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE)
    return picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)


def take_all(demo: Demo, camera: Camera, only: str) -> list[str]:
    """Every state whose name holds `only`; what could not be reached, in words."""
    missing = []
    for name, state in STATES.items():
        if only in name:
            try:
                with demo.page(**state.browser) as page:
                    for pictured in state.reach(demo, page) or [name]:
                        camera.take(page, pictured, whole=state.whole)
            except (Error, AssertionError) as failure:
                missing.append(f"{name}: {failure}")
    return missing


def main() -> None:
    asked = argparse.ArgumentParser(description="Take pictures of every state.")
    asked.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    asked.add_argument("--every-size", action="store_true", help="phones held both ways, a tablet and a desktop")
    asked.add_argument("--lang", default="en")
    asked.add_argument("--only", default="", help="a part of the states' names")
    choice = asked.parse_args()
    choice.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        served = Served(Path(stack.enter_context(TemporaryDirectory())), free_port())
        stack.callback(served.kill)
        served.start("server.run", "--demo")
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_flags)
        demo = stack.enter_context(opened_demo(served, browser, choice.lang))
        missing = take_all(demo, Camera(choice.folder, EVERY if choice.every_size else SHOWN), choice.only)
        browser.close()
    sys.exit("\n".join(missing) or None)  # an empty text would be a failure too


if __name__ == "__main__":
    main()
