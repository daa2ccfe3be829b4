"""Lines that people might write, by language and kind; README.md says how they are kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CLEAN, ABUSIVE, CONTACT, SPELT = "clean", "abusive", "contact", "spelt"
KINDS = (CLEAN, ABUSIVE, CONTACT, SPELT)
TUNED, KEPT = "tuned", "kept"


class Line(NamedTuple):
    """A comment; `marked` still has the braces around what should be found."""

    language: str
    kind: str
    part: str
    marked: str

    @property
    def text(self) -> str:
        return self.marked.replace("{", "").replace("}", "")


def lines_of(kind: str, *parts: str) -> list[Line]:
    """The lines of a kind in all languages; of some parts only, when any is named."""
    return [line for line in _lines() if line.kind == kind and (not parts or line.part in parts)]


def _lines() -> Iterator[Line]:
    for path in sorted(Path(__file__).parent.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            kind, part, marked = line.split("\t")
            yield Line(path.stem, kind, part, marked)
