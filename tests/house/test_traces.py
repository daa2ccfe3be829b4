"""Nothing committed names a package registry's host or one machine's folders."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tools.check_traces import traces

ROOT = Path(__file__).parents[2]
REGISTRY = "pyp" + "i.org"  # in two pieces: this file is checked too


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (f"see https://{REGISTRY}/simple", "names a package registry's host"),
        ('"resolv' + 'ed": "somewhere"', "names a package registry's host"),
        ("cd /hom" + "e/alice/popshot", "names a folder of one machine"),
        ('path = "/wor' + 'k/main"', "names a folder of one machine"),
    ],
)
def test_a_trace_is_told_with_its_line(tmp_path: Path, line: str, what: str) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "notes.txt").write_text(f"fine\n{line}\n")
    assert list(traces(tmp_path)) == [f"notes.txt:2: {what}"]


@pytest.mark.parametrize("line", ["https://example.org/home/alice/", "docs/work/plan.md", "./root/x", "${HOME}/root/"])
def test_other_addresses_and_relative_paths_are_no_traces(tmp_path: Path, line: str) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "notes.txt").write_text(f"{line}\n")
    assert list(traces(tmp_path)) == []


def locked(name: str) -> str:
    """One lock file's text."""
    return (ROOT / "requirements" / f"{name}.txt").read_text()


@pytest.mark.parametrize("name", ["run", "test"])
def test_every_pinned_requirement_has_a_hash(name: str) -> None:
    pins = re.split(r"^(?=[a-z0-9])", locked(name), flags=re.MULTILINE)[1:]
    assert len(pins) > 20
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_tests_run_on_the_versions_that_the_server_runs_on() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==\S+", locked(name), flags=re.MULTILINE))

    assert pins("run") - pins("test") == set()


def test_every_npm_package_has_a_sum_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    packages.pop("")
    assert len(packages) > 20
    bare = {name for name, told in packages.items() if "integrity" not in told}
    addressed = {name for name, told in packages.items() if "resolv" + "ed" in told}
    assert bare | addressed == set()
