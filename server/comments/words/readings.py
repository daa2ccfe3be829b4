"""The ways in which words may be written, each read as tokens: letters, and where they stand in the copy.

Every reading is linear in the text. A token is only a candidate; the lexicon says whether it is a banned word.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

STEM = 3  # letters by which stems are looked up; a shorter one would begin half the language

LETTERS = re.compile(r"[^\W\d_]+")
LETTERS_OR_FIGURES = re.compile(r"[^\W_]+")
BETWEEN_LETTERS = {place: " " for place in range(128) if not chr(place).isalpha()}
BETWEEN_CHUNKS = {place: " " for place in range(128) if not chr(place).isalnum()}
DOUBLES = tuple((2 * letter, letter) for letter in "abcdefghijklmnopqrstuvwxyz")
CHUNK = re.compile(r"\S+")
EDGES = ".,;:!?…\"'()[]{}<>«»“”„~-_/\\|+"

LEET = str.maketrans("013456789@$!|+€£(", "oieasbtbgasiltelc")
LEET_TOO = LEET | str.maketrans("1!|6", "llig")  # the second letter that a sign may stand for
SIGN = r"[0-9@$!|+€£(]"
ONE, BETWEEN = r"[\w@$!|+€£(]", r"[^\w@$!|+€£(]"
SPACED_OUT = re.compile(rf"{BETWEEN}{ONE}(?:{BETWEEN}{{1,3}}{ONE}(?!{ONE})){{2,}}")
IN_A_WORD = re.compile(rf"{SIGN}(?:(?<=[^\W\d_].)|(?=[^\W\d_]))")
AT_AN_EDGE = re.compile(r"[!|+€£(]+(?![\w@$])")  # "merde!" is no "merdei"
A_NUMBER = re.compile(  # 455 is no "ass", nor are 45s
    r"\b\d+(?:i?[eè]me|er|th|nd|st|rd|pts?|[ckm]m|ms|mins?|sec|se[ck]|fps|xp|go|mb|h\d*|v\d+|x\d+|[^\W\d_])?\b|\b\d[^\W\d_]{2}\b")
CUT = re.compile(r"[^\w\s'](?<=[\w'].)[^\w\s']*[\w']")  # a sign first: a search hurries to the next one
TWO_WAYS = re.compile(r"[1!|6]")


class Token(NamedTuple):
    """Letters that may be a word, and the places in the copy from which they were read."""

    letters: str
    start: int
    end: int


def squeezed(letters: str) -> str:
    """One of each run of a letter: the key under which a word is found however it is drawn out."""
    for double, letter in DOUBLES:
        while double in letters:
            letters = letters.replace(double, letter)
    return letters


class Reading:
    """One way to read a text: its words in a row, their keys, and where in the copy each stands."""

    def __init__(self, read: str, tokens: list[Token] | None = None) -> None:
        self.text, self._tokens = read, tokens
        self.letters = letters_of(read) if tokens is None else [token.letters for token in tokens]
        self.squeezed = squeezed(" ".join(self.letters))
        self.keys = self.squeezed.split(" ")
        self.key_set = frozenset(self.keys)
        self.stems = [key[:STEM] for key in self.keys]
        self.stem_set = frozenset(self.stems)

    def token(self, first: int, last: int) -> Token:
        """The words from one to before another as a single token."""
        if self._tokens is None:  # few texts come to this
            self._tokens = words(self.text)
        chosen = self._tokens[first:last]
        return Token(" ".join(token.letters for token in chosen), chosen[0].start, chosen[-1].end)


class Readings:
    """A copy's text in every reading, each made when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def as_it_stands(self) -> Reading:
        return Reading(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.as_it_stands.letters)

    @cached_property
    def leet(self) -> list[Reading]:
        return [Reading(read) for read in leet(self.text)]

    @cached_property
    def mended(self) -> list[Reading]:
        tokens = mended(self.text, self.runs)
        return [Reading(self.text, tokens)] if tokens else []

    @cached_property
    def runs(self) -> list[tuple[str, list[int]]]:
        return list(spaced_out(self.text))

    @cached_property
    def masked(self) -> list[Token]:
        return list(masked(self.text))


def letters_of(text: str) -> list[str]:
    """Runs of letters of a copy. Most are ASCII; there a table and a split cost a fifth of the pattern."""
    return text.translate(BETWEEN_LETTERS).split() if text.isascii() else LETTERS.findall(text)


def chunks(text: str) -> list[str]:
    """Runs of letters and figures of a copy."""
    return text.translate(BETWEEN_CHUNKS).split() if text.isascii() else LETTERS_OR_FIGURES.findall(text)


def words(text: str) -> list[Token]:
    """Runs of letters, as they stand."""
    return [Token(found[0], found.start(), found.end()) for found in LETTERS.finditer(text)]


def leet(text: str) -> Iterator[str]:
    """"c0nn@rd": the whole text with signs read as letters, if any sign touches a letter; one reading or two."""
    if not IN_A_WORD.search(text):
        return
    inner = AT_AN_EDGE.sub(lambda signs: " " * len(signs[0]), text)
    if not IN_A_WORD.search(inner) or not IN_A_WORD.search(A_NUMBER.sub(" ", inner)):
        return
    for signs in (LEET, LEET_TOO) if TWO_WAYS.search(inner) else (LEET,):
        yield inner.translate(signs)


def mended(text: str, runs: list[tuple[str, list[int]]]) -> list[Token]:
    """"con-nard", "m.3.r.d.e", "c o n n a r d" as one token each among the other words; nothing when none is cut."""
    cut = [*_cut(text), *(Token(letters, places[0], places[-1] + 1) for letters, places in runs)]
    if not cut:
        return []
    covered = bytearray(len(text))
    for token in cut:
        covered[token.start:token.end] = b"\1" * (token.end - token.start)
    return sorted([*cut, *(token for token in words(text) if not covered[token.start])], key=lambda token: token.start)


def spaced_out(text: str) -> Iterator[tuple[str, list[int]]]:
    """Runs of single letters, with the place of each."""
    for run in SPACED_OUT.finditer(f" {text.replace('_', '-')}"):
        read = run[0].translate(LEET)
        places = [place for place, seen in enumerate(read) if seen.isalpha()]
        if places:
            yield "".join([read[place] for place in places]), [run.start() - 1 + place for place in places]


def masked(text: str) -> Iterator[Token]:
    """"c*nnard": chunks in which stars stand between or behind letters."""
    for chunk in CHUNK.finditer(text) if "*" in text else ():
        core = chunk[0].strip(EDGES).lstrip("*")
        read = core.translate(LEET)
        if "*" in core and read.replace("*", "").isalpha():
            start = chunk.start() + chunk[0].index(core)
            yield Token(read, start, start + len(core))


def _cut(text: str) -> Iterator[Token]:
    """Chunks with signs in them, put together again; an apostrophe alone cuts in every French line."""
    signed, end = text.replace("_", "-"), 0
    for sign in CUT.finditer(signed):
        if sign.start() < end:
            continue
        start, end = _chunk_around(signed, sign.start())
        core = signed[start:end].strip(EDGES)
        pieces = LETTERS.findall(core.translate(LEET))
        if len(pieces) > 1 and LETTERS.search(core):
            start += signed[start:end].index(core)
            yield Token("".join(pieces), start, start + len(core))


def _chunk_around(text: str, place: int) -> tuple[int, int]:
    """From behind the last space before a place to the next one: a copy has no other blanks."""
    end = text.find(" ", place)
    return text.rfind(" ", 0, place) + 1, len(text) if end < 0 else end
