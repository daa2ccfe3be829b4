"""The contracts about who may import whom bite. Each is tried on a small tree that breaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HONEST = {
    "server/__init__.py": "",
    "server/app.py": "import server.play",
    "server/play.py": "import server.clock, prizes.stock",
    "server/comments.py": "",
    "server/clock.py": "import server.errors",
    "server/errors.py": "",
    "server/simulation/__init__.py": "",
    "server/simulation/rng.py": "from dataclasses import dataclass",
    "prizes/__init__.py": "",
    "prizes/stock.py": "import sqlalchemy",
}
BREACHES = [
    ("prizes/stock.py", "import server.clock", "prizes never sees the web BROKEN"),
    ("prizes/stock.py", "import flask", "prizes never sees the web BROKEN"),
    ("server/simulation/rng.py", "import random", "the simulation is pure BROKEN"),
    ("server/simulation/rng.py", "import prizes.stock", "the simulation is pure BROKEN"),
    ("server/simulation/rng.py", "import server.clock", "the server is a staircase BROKEN"),
    ("server/clock.py", "import server.play", "the server is a staircase BROKEN"),
    ("server/play.py", "import server.comments", "the server is a staircase BROKEN"),
    ("server/helpers.py", "", "the server is a staircase BROKEN"),
]


def lint_imports(tree: Path, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the project's contracts over a tree of these files."""
    for name, text in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    shutil.copy(ROOT / "pyproject.toml", tree)
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    surroundings = {**os.environ, "PYTHONPATH": str(tree)}
    return subprocess.run(command, cwd=tree, env=surroundings, capture_output=True, text=True, check=False)


def test_an_honest_tree_keeps_every_contract(tmp_path: Path) -> None:
    done = lint_imports(tmp_path, HONEST)
    assert done.returncode == 0, done.stdout
    assert "3 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(("file", "line", "verdict"), BREACHES)
def test_a_breach_breaks_its_contract(tmp_path: Path, file: str, line: str, verdict: str) -> None:
    done = lint_imports(tmp_path, HONEST | {file: line})
    assert done.returncode == 1
    assert verdict in done.stdout
