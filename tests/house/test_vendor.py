"""Third-party browser files are what their README says, and what package-lock.json pins."""

import pytest

from tools.vendor import VENDOR, locked_version, sha256

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (VENDOR / "README.md").read_text().splitlines()
    if line.startswith("|") and not line.startswith(("| file", "|---"))
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_vendored_file_is_the_pinned_one_unedited(row: list[str]) -> None:
    file, package, version, _licence, digest, _purpose = row
    assert version == locked_version(package)
    assert sha256(VENDOR / file) == digest


def test_nothing_lies_under_vendor_untold() -> None:
    lying_there = {str(file.relative_to(VENDOR)) for file in VENDOR.rglob("*") if file.is_file()}
    assert lying_there == {row[0] for row in ROWS} | {"README.md"}


def test_every_package_brings_its_licence() -> None:
    licensed = {row[1] for row in ROWS if "LICENSE" in row[0]}
    assert licensed == {row[1] for row in ROWS}
