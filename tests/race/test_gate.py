"""The gate of `transaction()`: without it one greenlet that yields freezes the process until the busy timeout."""

import json
import subprocess
import sys
from pathlib import Path


def probe(folder: Path, gate: str) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.rig.gate_probe", str(folder / "gate.sqlite"), gate]
    finished = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    counted: dict[str, int] = json.loads(finished.stdout)
    return counted


def test_without_the_gate_a_greenlet_that_yields_locks_the_others_out(tmp_path: Path) -> None:
    assert probe(tmp_path, "no-gate")["locked_out"] > 0  # the rig can show the freeze


def test_with_the_gate_all_thirty_two_greenlets_write_though_one_yields(tmp_path: Path) -> None:
    assert probe(tmp_path, "gate") == {"written": 32, "locked_out": 0}
