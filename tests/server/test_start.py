"""A start that cannot work says why in one sentence, and ends."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from server.config import DEFAULT_FILE
from tests.rig.served import free_port

ROOT = DEFAULT_FILE.parent
PARTS = ("server", "prizes", "locales", "themes", "static", "deploy")
MISSPELT = {
    "themes/toys.json": ("\"hairstyle\"", "\"hairstile\"", "theme.boss.hairstile"),
    "locales/fr.json": ("\"page.skip\"", "\"page.skipp\"", "page.skipp"),
}


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """The program in a folder of its own, so that its files may be spoilt."""
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "dist"))
    shutil.copy(DEFAULT_FILE, tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", MISSPELT)
def test_a_misspelt_key_stops_the_start_and_is_named(installation: Path, name: str) -> None:
    right, wrong, told = MISSPELT[name]
    spoilt = installation / name
    spoilt.write_text(spoilt.read_text().replace(right, wrong))
    settings = {"PORT": str(free_port()), "DATA": str(installation / "data"), "KEYS": str(installation / "keys")}
    ended = subprocess.run([sys.executable, "-m", "server.run", "--demo"], cwd=installation, check=False, timeout=60,
                           env={**os.environ, **settings}, capture_output=True, text=True)
    assert ended.returncode != 0
    assert f"popshot: {Path(name).name}" in ended.stderr.replace("locales/", "")
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
