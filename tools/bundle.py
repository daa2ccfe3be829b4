"""Make static/game/dist/: the modules of each page in a few small files, so that a first visit is light.

The modules stay what is read, tested and served whenever they differ from what the bundle was made of.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from server.static_files import DIST, GAME, MADE, PAGES, source_hash

ROOT = GAME.parent.parent
FLOOR = "safari16.4,chrome109,firefox115"
ALONE = "playable"  # goes into a page that fetches nothing: one classic script with all that it may ever need
# Fetched late by several pages: made once, and no reason to split what they need.
SHARED = ("talk", "sharing", "duel", "friends", "warning", "way_out", "app")


def make_bundle(folder: Path) -> None:
    """Fill a folder with what esbuild (pinned in package.json) makes of today's modules, and with the list of it."""
    pages = {page: _bundle(page, folder) for page in PAGES}
    _bundle_alone(folder)
    made = {"sources": source_hash(), "pages": pages}
    (folder / MADE).write_text(json.dumps(made, indent=2) + "\n")


def _bundle(page: str, folder: Path) -> list[str]:
    """Bundle one page's entry; the files that it needs at once, the entry first. Others are loaded when wanted."""
    with tempfile.TemporaryDirectory() as place:
        notes = Path(place) / "notes.json"
        _esbuild(page, "--splitting", "--format=esm", "--external:/static/*",
                 *(f"--external:./{late}.js" for late in SHARED), f"--outdir={folder}", f"--metafile={notes}")
        outputs: dict[str, Any] = json.loads(notes.read_text())["outputs"]
    files = {Path(name).name: told for name, told in outputs.items()}
    needed = [f"{page}.js"]
    for name in needed:  # grows while it is walked
        imports = (Path(one["path"]).name for one in files[name]["imports"] if one["kind"] == "import-statement")
        needed += [found for found in imports if found in files and found not in needed]
    return needed


def _bundle_alone(folder: Path) -> None:
    """The synthesiser is inside, so its licence is too."""
    licence = (GAME.parent / "vendor" / "zzfx" / "LICENSE").read_text()
    _esbuild(ALONE, "--format=iife", f"--banner:js=/*! With ZzFX:\n{licence.strip()}\n*/",
             f"--outfile={folder / ALONE}.js")


def _esbuild(entry: str, *more: str) -> None:
    words = ["node_modules/.bin/esbuild", f"static/game/{entry}.js", "--bundle", "--minify", f"--target={FLOOR}",
             "--legal-comments=none", "--log-level=warning", *more]
    subprocess.run(words, cwd=ROOT, check=True)


if __name__ == "__main__":
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    make_bundle(DIST)
    for path in sorted(DIST.iterdir()):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
