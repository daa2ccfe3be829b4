"""Lists of words made ready for finding: compiled once, then asked about every comment."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from server.comments.normalise import Span, plain
from server.comments.words.drawn_out import begins, is_drawn_out, pattern
from server.comments.words.readings import LETTERS, Token, cut, leet, masked, spaced_out, squeezed, words

STEM = 3             # letters by which stems are looked up; a shorter one would begin half the language
HIDES_IN_A_RUN = 4   # a shorter word must be the whole of a run of single letters
LONGEST_IN_A_RUN = 24
MOST_MASKED = 12     # words with stars that are looked at; a text with more of them is one to look at
KNOWN_LETTERS = 2    # of a word with stars


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
    """A banned line: its words, which of them is its key, and whether the last may go on ("encul*")."""

    words: tuple[str, ...]
    key_at: int = 0
    goes_on: bool = False


class Lexicon:
    """Banned lines ("merde", "encul*", "*connard*", "ta gueule") by the keys under which they are found."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: defaultdict[str, list[Entry]] = defaultdict(list)
        self._stems: defaultdict[str, list[Entry]] = defaultdict(list)
        self._shapes: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        self._inside: dict[str, re.Pattern[str]] = {}
        for line in dict.fromkeys(lines):
            parts = tuple(LETTERS.findall(plain(line)))
            if parts:
                self._add(parts, line)

    def find(self, text: str, *allowed: Allowed) -> Span | None:
        """Where in a copy's text the first banned line stands, in places of the copy."""
        for token in self._candidates(text):
            if not any(kind.covers(text, token) for kind in allowed):
                return token.start, token.end
        return None

    def _add(self, parts: tuple[str, ...], line: str) -> None:
        joined = "".join(parts)
        self._shapes[len(joined), joined[0]].append(joined)
        if line.startswith("*"):
            self._inside[squeezed(joined)] = pattern(joined)
        elif line.endswith("*"):
            self._stems[squeezed(joined)[:STEM]].append(Entry((joined,), goes_on=True))
        else:
            key_at = max(range(len(parts)), key=lambda place: len(parts[place]))
            self._words[squeezed(parts[key_at])].append(Entry(parts, key_at))
            if len(parts) > 1:
                self._words[squeezed(joined)].append(Entry((joined,)))

    def _candidates(self, text: str) -> Iterator[Token]:
        if self._may_hold(text):
            yield from self._among(words(text))
        for reading in leet(text):
            yield from self._among(reading)
        for token in cut(text):
            yield from self._among([token])
        for letters, places in spaced_out(text):
            yield from self._within(letters, places)
        yield from self._behind_stars(text)

    def _may_hold(self, text: str) -> bool:
        """Most comments end here: none of their words is a key."""
        key_text = squeezed(text)
        keys = LETTERS.findall(key_text)
        return (not self._words.keys().isdisjoint(keys)
                or not self._stems.keys().isdisjoint([key[:STEM] for key in keys])
                or any(part in key_text for part in self._inside))

    def _among(self, tokens: Sequence[Token]) -> Iterator[Token]:
        for place, token in enumerate(tokens):
            key = squeezed(token.letters)
            for entry in self._words.get(key, ()):
                yield from _phrase(entry, tokens, place)
            if any(begins(token.letters, entry.words[0]) for entry in self._stems.get(key[:STEM], ())):
                yield token
            if any(part in key and whole.search(token.letters) for part, whole in self._inside.items()):
                yield token

    def _within(self, letters: str, places: Sequence[int]) -> Iterator[Token]:
        """Every banned word in a run of single letters, which knows no ends of words."""
        key = squeezed(letters)
        starts = [place for place, letter in enumerate(letters) if letters[place - 1:place] != letter]
        starts.append(len(letters))
        for first in range(len(key)):
            for last in range(first + STEM, min(len(key), first + LONGEST_IN_A_RUN) + 1):
                if last - first >= HIDES_IN_A_RUN or (first == 0 and last == len(key)):
                    run = letters[starts[first]:starts[last]]
                    if any(is_drawn_out(run, word) for word in self._singles(key[first:last])):
                        yield Token(run, places[starts[first]], places[starts[last] - 1] + 1)

    def _singles(self, key: str) -> Iterator[str]:
        """The banned words of this very key, whatever their kind."""
        yield from (entry.words[0] for entry in self._words.get(key, ()) if len(entry.words) == 1)
        yield from (entry.words[0] for entry in self._stems.get(key[:STEM], ()) if squeezed(entry.words[0]) == key)
        if key in self._inside:
            yield key

    def _behind_stars(self, text: str) -> Iterator[Token]:
        for number, token in enumerate(masked(text)):
            known = [(place, letter) for place, letter in enumerate(token.letters) if letter != "*"]
            meant = self._shapes.get((len(token.letters), token.letters[0]), ()) if len(known) >= KNOWN_LETTERS else ()
            if number == MOST_MASKED or any(all(word[place] == letter for place, letter in known) for word in meant):
                yield token


def _phrase(entry: Entry, tokens: Sequence[Token], place: int) -> Iterator[Token]:
    """The entry as one token, when its words stand around this place."""
    first = place - entry.key_at
    found = tokens[max(first, 0):first + len(entry.words)]
    if len(found) == len(entry.words) and all(map(is_drawn_out, (token.letters for token in found), entry.words)):
        yield Token(" ".join(token.letters for token in found), found[0].start, found[-1].end)
