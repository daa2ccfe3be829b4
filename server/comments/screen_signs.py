"""What the characters of a text tell by themselves: some steer, some pile up, some nobody here can read."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from server.comments.normalise import Copy, Span

TYPED_CONTROLS = "\n\t\r"
STEERING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # they reorder what is read
BROKEN = {"Cc", "Cs"}  # controls, and halves of surrogate pairs: no text holds one
MOST_MARKS = 5         # on one letter; Hebrew with points and cantillation comes to four

LATIN = frozenset(("en", "fr", "de", "es", "it", "nl"))
FIRST_OTHER_SCRIPT = 0x370  # Greek; everything before is Latin and its signs
FOREIGN = re.compile(
    r"[\u0370-\u1dff\u2c00-\ud7a3\uf900-\ufdff\ufe70-\ufeff"
    r"\U00010000-\U0001d3ff\U00020000-\U0003ffff]")
FEWEST_FOREIGN = 8          # letters: fewer may be a name or a face, (ﾉ◕ヮ◕)ﾉ


def find_control(text: str) -> Span | None:
    """Where the first character stands that no keyboard types and that turns or hides text."""
    if text.isprintable():
        return None
    return next(((place, place + 1) for place, character in enumerate(text) if _is_control(character)), None)


def find_marks(text: str, copy: Copy) -> Span | None:
    """Where a letter stands upon which more marks are heaped than any language writes."""
    if isinstance(copy.origins, range):  # each character is seen in the copy: no mark among them
        return None
    return next(((start, end) for start, end in _runs_of_marks(text) if end - start > MOST_MARKS), None)


def find_foreign_script(text: str, languages: Sequence[str]) -> Span | None:
    """From the first to the last letter of another script, when most letters are; for campaigns in Latin ones only."""
    if not languages or not LATIN.issuperset(languages) or len(FOREIGN.findall(text)) < FEWEST_FOREIGN:
        return None
    letters = [(place, _is_foreign(letter)) for place, letter in enumerate(text) if letter.isalpha()]
    foreign = [place for place, is_foreign in letters if is_foreign]
    if len(foreign) < FEWEST_FOREIGN or 2 * len(foreign) <= len(letters):
        return None
    return foreign[0], foreign[-1] + 1


def _is_control(character: str) -> bool:
    category = unicodedata.category(character)
    return (unicodedata.bidirectional(character) in STEERING or
            (category in BROKEN and character not in TYPED_CONTROLS))


def _runs_of_marks(text: str) -> Iterator[Span]:
    end = 0
    for is_mark, run in groupby(text, key=lambda character: unicodedata.category(character)[0] == "M"):
        start, end = end, end + len(list(run))
        if is_mark:
            yield start, end


def _is_foreign(letter: str) -> bool:
    """Full-width and mathematical letters are Latin in fancy dress."""
    return ord(letter) >= FIRST_OTHER_SCRIPT and ord(unicodedata.normalize("NFKC", letter)[0]) >= FIRST_OTHER_SCRIPT
