"""Copy the third-party files that browsers get from node_modules to static/vendor, never edited.

package.json pins the versions; static/vendor/README.md tells name, version, licence and SHA-256 of each file.
"""

import hashlib
import json
import shutil
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"


class Vendored(NamedTuple):
    """One package: the files taken from it, its licence file first."""

    package: str
    files: tuple[str, ...]
    purpose: str
    licence: str = ""  # a file beside this program, for a package that brings none


PACKAGES = (
    Vendored(
        "socket.io-client",
        ("LICENSE", "dist/socket.io.esm.min.js"),
        "live standings, prizes and comments, loaded after the first frame",
    ),
    Vendored(
        "altcha",
        ("LICENSE.txt", "dist/workers/pbkdf2.js"),
        "a worker that solves a proof of work, without ALTCHA's widget",
    ),
    Vendored("@tabler/core", ("dist/css/tabler.min.css",), "the look of the back office", "tabler-licence.txt"),
    Vendored("htmx.org", ("LICENSE", "dist/htmx.min.js"), "the moving parts of the back office's pages"),
    Vendored("zzfx", ("LICENSE", "ZzFX.js"), "sounds made of numbers, loaded at the first touch"),
    Vendored(
        "@fontsource/nunito",
        ("LICENSE", *(f"files/nunito-{part}-{weight}-normal.woff2"
                      for weight in (700, 900) for part in ("latin", "latin-ext"))),
        "the words on share cards, written by the server",
    ),
)
HEADER = """# Third-party browser files

Pinned in package.json, copied by `make vendor`, never edited. Everything here is served as it is.

| file | package | version | licence | SHA-256 | for |
|---|---|---|---|---|---|
"""


def sha256(path: Path) -> str:
    """The lower-case hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def locked_version(package: str) -> str:
    """The version that package-lock.json holds."""
    lock = json.loads((ROOT / "package-lock.json").read_text())
    return str(lock["packages"][f"node_modules/{package}"]["version"])


def copy(vendored: Vendored) -> list[str]:
    """Copy a package's files; the README's rows about them."""
    source = ROOT / "node_modules" / vendored.package
    licence = json.loads((source / "package.json").read_text())["license"]
    rows = []
    files = [source / name for name in vendored.files]
    targets = [VENDOR / vendored.package / file.name for file in files]
    if vendored.licence:
        files.insert(0, Path(__file__).parent / vendored.licence)
        targets.insert(0, VENDOR / vendored.package / "LICENSE")
    for file, target in zip(files, targets, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        told = (vendored.package, locked_version(vendored.package), licence, sha256(target), vendored.purpose)
        rows.append(f"| {target.relative_to(VENDOR)} | {' | '.join(told)} |")
    return rows


if __name__ == "__main__":
    rows = [row for vendored in PACKAGES for row in copy(vendored)]
    (VENDOR / "README.md").write_text(HEADER + "\n".join(rows) + "\n")
