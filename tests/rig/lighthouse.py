"""Google's Lighthouse (npm, pinned in package.json) on a page of ours: its scores, and which audits fell short."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.rig.chromium import find_chromium, launch_flags

ROOT = Path(__file__).resolve().parents[2]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@dataclass(frozen=True)
class Report:
    """`scores` are 0 to 100 by category, `short` the audits that cost points, with what Lighthouse says of each."""

    scores: dict[str, int]
    short: list[str]


def look_through(address: str, *flags: str, categories: tuple[str, ...] = CATEGORIES) -> Report:
    """Run it once on an address; its own mobile profile unless flags say otherwise."""
    places = f"{ROOT}/node_modules/.bin{os.pathsep}{os.environ['PATH']}"
    program = shutil.which("lighthouse", path=places)
    if program is None:
        raise RuntimeError("there is no lighthouse; run: npm ci")
    words = [program, address, "--quiet", "--output=json", f"--only-categories={','.join(categories)}",
             f"--chrome-flags=--headless=new {' '.join(launch_flags)}", *flags]
    surroundings = {**os.environ, "CHROME_PATH": find_chromium(), "PATH": f"{ROOT}/.venv/bin{os.pathsep}{places}"}
    done = subprocess.run(words, capture_output=True, check=True, env=surroundings)
    return read(json.loads(done.stdout))


def read(told: dict[str, Any]) -> Report:
    """A report from what Lighthouse has written."""
    parts, audits = told["categories"], told["audits"]
    weighed = {ref["id"] for part in parts.values() for ref in part["auditRefs"] if ref["weight"]}
    short = [f"{name}: {audits[name]['title']} ({audits[name].get('displayValue', '')})"
             for name in sorted(weighed) if (audits[name]["score"] or 0) < 1 and audits[name]["score"] is not None]
    return Report({name: round(100 * part["score"]) for name, part in parts.items()}, short)
