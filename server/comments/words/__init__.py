"""Words that a person looks at first: lists beside this file, compiled once into one pattern."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from server.comments.normalise import letters

FOLDER = Path(__file__).parent


def read_words() -> Iterator[str]:
    """Every line of every list that is neither blank nor a remark."""
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def compile_words(words: Iterator[str]) -> re.Pattern[str]:
    """One pattern for all words, each letter repeated at will: "merde" also finds "merrrde"."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_pattern(word) for word in words)})(?!\w)")


def _pattern(word: str) -> str:
    """"ass*" becomes "a+s{2,}\\w*": a doubled letter stays doubled, or "as" would be found too."""
    runs = ((letter, len(list(run))) for letter, run in groupby(letters(word.removesuffix("*"))))
    body = "".join(r"[\W_]+" if letter == " " else f"{re.escape(letter)}{{{count},}}" for letter, count in runs)
    return body + (r"\w*" if word.endswith("*") else "")


BANNED = compile_words(read_words())
