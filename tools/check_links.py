"""Refuse dead links in the project's Markdown: files that are not there, headings that do not exist.

Only links inside the project are followed; addresses on the web are nobody's build failure.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.committed import project_files

LINK = re.compile(r"""\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\s*\[[^\]]+\]:\s+(\S+)|\b(?:src|href)="([^"]+)\"""")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")
FENCE = re.compile(r"^\s*(```|~~~)")


def prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines outside fenced code, without inline code."""
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, line


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")


@cache
def anchors(file: Path) -> frozenset[str]:
    """Every anchor of a Markdown file; a repeated heading gets -1, -2, …"""
    seen: Counter[str] = Counter()
    found = set()
    for _, line in prose_lines(file.read_text()):
        if heading := HEADING.match(line):
            name = slug(heading[1])
            found.add(f"{name}-{seen[name]}" if seen[name] else name)
            seen[name] += 1
    return frozenset(found)


def fault(root: Path, file: Path, link: str) -> str | None:
    """What is wrong with one link, or None."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    base = root if path.startswith("/") else file.parent
    target = (base / path.lstrip("/")).resolve() if path else file
    if not target.exists():
        return f"there is no {path}"
    if parts.fragment and target.suffix == ".md" and unquote(parts.fragment) not in anchors(target):
        return f"{target.name} has no heading #{parts.fragment}"
    return None


def dead_links(root: Path) -> Iterator[str]:
    """One sentence for each dead link under root."""
    for file in project_files(root, "*.md"):
        for number, line in prose_lines(file.read_text()):
            for groups in LINK.findall(re.sub(r"`[^`]*`", "", line)):
                if wrong := fault(root, file, "".join(groups)):
                    yield f"{file.relative_to(root)}:{number}: {wrong}"


if __name__ == "__main__":
    faults = list(dead_links(Path(__file__).resolve().parent.parent))
    sys.exit("\n".join(faults) or None)
