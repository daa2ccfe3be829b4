"""Long patterns tried only around the words they could hold: tried at every letter they would cost the most."""

import re
from collections.abc import Iterable, Iterator

from server.comments.normalise import Span

WINDOW = 80  # characters on either side of a word that are looked at


def any_of(words: Iterable[str]) -> str:
    """A pattern of these words, whole."""
    return rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b"


def search_near(pattern: re.Pattern[str], words: re.Pattern[str], text: str, small: str | None = None) -> Span | None:
    """The first place of the pattern within 80 characters of one of the words; no part is looked at twice.

    `small` is the text in small letters, for words that are to be met in any case.
    """
    for start, end in _windows(words, small or text):
        found = pattern.search(text, start, end)
        if found:
            return found.span()
    return None


def _windows(words: re.Pattern[str], text: str) -> Iterator[Span]:
    begun, end = 0, -1
    for found in words.finditer(text):
        if end < found.start() - WINDOW:
            if end >= 0:
                yield begun, end
            begun = max(0, found.start() - WINDOW)
        end = min(len(text), found.end() + WINDOW)
    if end >= 0:
        yield begun, end
