"""Refuse what ties the project to one machine: a package registry's host, a path of somebody's disk.

The patterns are written so that they do not match themselves.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.committed import project_files

TRACES = {
    "names a package registry's host": re.compile(
        r"https?://[\w.-]*\b(py[p]i|pythonhoste[d]|npmj[s]|yarnpk[g]|unpk[g]|jsdeliv[r]|debia[n])\b[\w.-]*"
        r"|\"resolve[d]\"\s*:|--(extra-)?inde[x]-url\s+http"
    ),
    "names a folder of one machine": re.compile(
        r"(?<![\w.~:/$})-])/(work|farm|root|opt|home/\w+|Users/\w+)/"
    ),
}
ELSEWHERE = ":!static/vendor"  # never edited


def traces(root: Path) -> Iterator[str]:
    """One sentence for each line that should not be committed."""
    for file in project_files(root, ".", ELSEWHERE):
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
            for what, pattern in TRACES.items():
                if pattern.search(line):
                    yield f"{file.relative_to(root)}:{number}: {what}"


if __name__ == "__main__":
    faults = list(traces(Path(__file__).resolve().parent.parent))
    sys.exit("\n".join(faults) or None)
