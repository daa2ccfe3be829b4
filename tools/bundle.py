"""Make static/game/dist/game.js: the game's modules in one small file, so that a first visit is light.

The modules stay what is read, tested and served whenever they differ from what the bundle was made of.
"""

import subprocess

from server.static_files import BUNDLE, GAME, bundle_header, source_hash

ROOT = GAME.parent.parent
FLOOR = "safari16.4,chrome109,firefox115"


def make_bundle() -> bytes:
    """The bundle as esbuild (pinned in package.json) makes it of today's modules."""
    words = ["node_modules/.bin/esbuild", str((GAME / "main.js").relative_to(ROOT)), "--bundle", "--minify",
             "--format=esm", f"--target={FLOOR}", "--external:/static/*", "--legal-comments=none"]
    made = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    return bundle_header(source_hash()) + made.stdout


if __name__ == "__main__":
    BUNDLE.parent.mkdir(exist_ok=True)
    BUNDLE.write_bytes(make_bundle())
    print(f"{BUNDLE.relative_to(ROOT)}: {BUNDLE.stat().st_size:,} bytes")
