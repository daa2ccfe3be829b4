"""Lists of words made ready for finding: compiled once, then asked about every comment."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from server.comments.normalise import Span, plain
from server.comments.words.drawn_out import begins, is_drawn_out, pattern
from server.comments.words.readings import A_NUMBER, LETTERS, STEM, Reading, Readings, Token, squeezed

HIDES_IN_A_RUN = 4   # a shorter word must be the whole of a run of single letters
LONGEST_IN_A_RUN = 24
MOST_MASKED = 12     # words with stars that are looked at; a text with more of them is one to look at
KNOWN_LETTERS = 2    # of a word with stars; of one that goes on behind them, twice as many


class Allowed:
    """What is no insult: single words, and phrases inside which nothing is one."""

    def __init__(self, lines: Iterable[str]) -> None:
        entries = [plain(line) for line in lines]
        self.words = frozenset(entry for entry in entries if entry.isalpha())
        phrases = [r"[\W_]+".join(LETTERS.findall(entry)) for entry in entries if not entry.isalpha()]
        self._phrases = re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)") if phrases else None

    def covers(self, text: str, token: Token) -> bool:
        if token.letters in self.words:
            return True
        found = self._phrases.finditer(text) if self._phrases else ()
        return any(phrase.start() <= token.start and token.end <= phrase.end() for phrase in found)


class Entry(NamedTuple):
    """A banned phrase: its words, and which of them is its key."""

    words: tuple[str, ...]
    key_at: int


class Lexicon:
    """Banned lines ("merde", "encul*", "*connard*", "ta gueule") by the keys under which they are found."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._entries: defaultdict[str, list[Entry]] = defaultdict(list)
        self._stems: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)  # by first letters: key and stem
        self._inside: dict[str, re.Pattern[str]] = {}
        self._alone: defaultdict[str, list[str]] = defaultdict(list)  # what may hide in a run of single letters
        self._shapes: defaultdict[tuple[int, str], list[str]] = defaultdict(list)  # by length and first letter
        for line in dict.fromkeys(lines):
            parts = tuple(LETTERS.findall(plain(line)))
            if parts:
                self._add(parts, line)
        self._keys, self._stem_keys = frozenset(self._entries), frozenset(self._stems)
        self._beginnings = frozenset(key[:HIDES_IN_A_RUN] for key in self._alone)

    def find(self, readings: Readings, *allowed: Allowed) -> Span | None:
        """Where in a copy's text the first banned line stands, in places of the copy."""
        for token in self._candidates(readings):
            if not any(kind.covers(readings.text, token) for kind in allowed):
                return token.start, token.end
        return None

    def _add(self, parts: tuple[str, ...], line: str) -> None:
        joined = "".join(parts)
        key = squeezed(joined)
        self._alone[key].append(joined)
        self._shapes[len(joined), joined[0]].append(joined)
        if line.startswith("*"):
            self._inside[key] = pattern(joined)
        elif line.endswith("*"):
            self._stems[key[:STEM]].append((key, joined))
        else:
            key_at = max(range(len(parts)), key=lambda place: len(parts[place]))
            self._entries[squeezed(parts[key_at])].append(Entry(parts, key_at))
            if len(parts) > 1:
                self._entries[key].append(Entry((joined,), 0))

    def _candidates(self, readings: Readings) -> Iterator[Token]:
        yield from self._among(readings.as_it_stands)
        for reading in readings.leet:
            found = self._among(reading)
            yield from (token for token in found if not A_NUMBER.fullmatch(readings.text, token.start, token.end))
        for reading in readings.mended:
            yield from self._among(reading)
        for letters, places in readings.runs:
            yield from self._within(letters, places)
        yield from self._behind_stars(readings.masked)

    def _among(self, reading: Reading) -> Iterator[Token]:
        """The banned words and phrases of a reading. Most comments have few words that could be any."""
        yield from self._whole(reading)
        yield from self._begun(reading)
        for part, whole in self._inside.items():
            if part in reading.squeezed:
                yield from (reading.token(place, place + 1) for place, key in enumerate(reading.keys)
                            if part in key and whole.search(reading.letters[place]))

    def _whole(self, reading: Reading) -> Iterator[Token]:
        letters, met = reading.letters, self._keys & reading.key_set
        for place, key in enumerate(reading.keys) if met else ():
            for entry in self._entries[key] if key in met else ():
                first, last = place - entry.key_at, place - entry.key_at + len(entry.words)
                if first >= 0 and last <= len(letters) and all(map(is_drawn_out, letters[first:last], entry.words)):
                    yield reading.token(first, last)

    def _begun(self, reading: Reading) -> Iterator[Token]:
        met = self._stem_keys & reading.stem_set
        for place, begun in enumerate(reading.stems) if met else ():
            for key, stem in self._stems[begun] if begun in met else ():
                if reading.keys[place].startswith(key) and begins(reading.letters[place], stem):
                    yield reading.token(place, place + 1)

    def _within(self, letters: str, places: Sequence[int]) -> Iterator[Token]:
        """Every banned word in a run of single letters, which knows no ends of words."""
        key = squeezed(letters)
        starts = [place for place, letter in enumerate(letters) if letters[place - 1:place] != letter]
        starts.append(len(letters))
        for first in range(len(key)):
            if key[first:first + HIDES_IN_A_RUN] not in self._beginnings:
                continue
            for last in range(first + HIDES_IN_A_RUN, min(len(key), first + LONGEST_IN_A_RUN) + 1):
                if key[first:last] in self._alone:
                    run = letters[starts[first]:starts[last]]
                    if any(is_drawn_out(run, word) for word in self._alone[key[first:last]]):
                        yield Token(run, places[starts[first]], places[starts[last] - 1] + 1)

    def _behind_stars(self, tokens: Sequence[Token]) -> Iterator[Token]:
        for number, token in enumerate(tokens):
            known = [(place, letter) for place, letter in enumerate(token.letters) if letter != "*"]
            if number == MOST_MASKED or (len(known) >= KNOWN_LETTERS and self._has_shape(token.letters, known)):
                yield token

    def _has_shape(self, letters: str, known: Sequence[tuple[int, str]]) -> bool:
        if any(all(word[place] == letter for place, letter in known)
               for word in self._shapes.get((len(letters), letters[0]), ())):
            return True
        return any(_shows(stem, known) for stems in self._stems.values() for _, stem in stems
                   if stem[0] == letters[0] and len(stem) < len(letters))


def _shows(stem: str, known: Sequence[tuple[int, str]]) -> bool:
    within = [stem[place] == letter for place, letter in known if place < len(stem)]
    return all(within) and len(within) >= 2 * KNOWN_LETTERS
