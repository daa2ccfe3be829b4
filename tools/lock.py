"""Write requirements/*.txt from requirements/*.in, with hashes and without any index's address."""

import subprocess
import sys
from pathlib import Path

# One lock serves every platform and every Python from 3.11 on.
COMPILE = ["pip", "compile", "--quiet", "--universal", "--python-version=3.11"]
NO_TRACES = ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
HEADER = ["--custom-compile-command", "make lock"]


def lock(group: str, extra: list[str]) -> None:
    """Pin one group; extra arguments go to uv as they are (`--upgrade`)."""
    uv = Path(sys.executable).parent / "uv"
    files = [f"requirements/{group}.in", "--output-file", f"requirements/{group}.txt"]
    subprocess.run([uv, *COMPILE, *NO_TRACES, *HEADER, *extra, *files], check=True)


if __name__ == "__main__":
    for each in ("run", "test"):  # in this order: test.in is held to what run.txt pins
        lock(each, sys.argv[1:])
