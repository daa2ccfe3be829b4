"""Telephone numbers in a copy of a text, in figures and in words, as people of six languages write them."""

import re
from collections.abc import Iterator

from server.comments.normalise import Span
from server.comments.numbers import JOINTS, SPELT
from server.comments.words.readings import Reading, Readings, chunks

FEWEST_DIGITS = 8   # of a number that stands alone; the best scores have 5
FEWEST_ASKED = 6    # behind "tel", "call me": a number within one town
FEWEST_FIGURES = 3  # different ones: 10 000 000 and 999999999 are boasts
LONG = 12           # letters of five such words written as one
WIDEST_GAP = 4      # signs between two figures

TOKEN = re.compile(r"\d+|[^\W\d_]+")
FEWEST_IN_A_ROW = 4  # numbers, one of them a word: 3 2 1 go is none
IN_A_ROW = re.compile(rf"n(?:j?n){{{FEWEST_IN_A_ROW - 1}}}")
JOINED_WORDS = re.compile(rf"(?:{'|'.join(sorted(SPELT, key=len, reverse=True))}){{5}}")
FOR_DIGITS = {"o": "0", "i": "1", "l": "1"}
KINDS = dict.fromkeys(JOINTS, "j") | dict.fromkeys(SPELT, "n")
WORTH_A_LOOK = re.compile(rf"\d(?:[^\d]{{0,{WIDEST_GAP}}}\d){{{FEWEST_ASKED - 1}}}")

ASKED = re.compile(r"\b(?:tel|telephone?|telefon\w*|telefoon\w*|phone|mobile|portable|handy|movil|cell\w*|nummer|num|"
                   r"numero|number|numer\w*|call me|ring me|text me|appelle|appelez|llama\w*|chiama\w*|ruf\w*|bel me|"
                   r"whatsapp|sms)\b[^\d]{0,16}$")

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DATE = rf"{_DAY}([/.-]){_MONTH}\1(?:20)?\d\d|20\d\d-{_MONTH}-{_DAY}"
_TIME = r"(?:[01]?\d|2[0-4]):[0-5]\d"
_YEAR = r"(?:19|20)\d\d"
_SCORE = r"\d{1,3}(?:[ .,'’]\d{3})"
PEACEFUL = re.compile(rf"(?:{_DATE})(?:[ ,/-]{{1,3}}{_TIME})*|{_TIME}(?:[ /-]{{1,3}}{_TIME})*|{_YEAR} ?[/-] ?{_YEAR}|"
                      rf"{_SCORE}(?: ?[;,/>=-]+ ?{_SCORE})+|[1-9]\d{{2,4}}(?:, ?[1-9]\d{{2,4}})+|"
                      rf"\d{{1,2}}(?:[ .,']\d{{3}}){{2}}")


def find_phone(readings: Readings) -> Span | None:
    """Where eight figures stand in a row, o, i and l for 0, 1 and 1, and words for them too; six behind "call me"."""
    for read in (readings.as_it_stands, *readings.leet):
        if WORTH_A_LOOK.search(read.text) or _is_spelt(read):
            found = _find(read.text)
            if found is not None:
                return found
    return _find_joined(readings)


def _find(text: str) -> Span | None:
    for digits, start, end in _runs(text):
        fewest = FEWEST_ASKED if ASKED.search(text, max(0, start - 40), start) else FEWEST_DIGITS
        if len(digits) >= fewest and len(set(digits)) >= FEWEST_FIGURES and not PEACEFUL.fullmatch(text, start, end):
            return start, end
    return None


def _is_spelt(read: Reading) -> bool:
    """True when four words or figures for numbers follow one another, "et" and "and" between them or not."""
    if SPELT.keys().isdisjoint(read.letters):
        return False
    kinds = [KINDS.get(token) or ("-" if token.isalpha() else _kinds_in(token)) for token in chunks(read.text)]
    return IN_A_ROW.search("".join(kinds)) is not None


def _kinds_in(chunk: str) -> str:
    """n for each number, - for other words: 6 is one, 6pm is two."""
    return "".join([KINDS.get(token) or ("n" if token.isdigit() else "-") for token in TOKEN.findall(chunk)])


def _find_joined(readings: Readings) -> Span | None:
    """Number words without anything between them, or with something between all of their letters."""
    for letters, places in readings.runs:
        found = JOINED_WORDS.search(letters)
        if found:
            return places[found.start()], places[found.end() - 1] + 1
    for word in readings.words:
        found = JOINED_WORDS.search(word) if len(word) >= LONG else None
        if found:
            start = readings.text.index(word) + found.start()
            return start, start + len(found[0])
    return None


def _runs(text: str) -> Iterator[tuple[str, int, int]]:
    """Runs of figures, written or spelt, with what stands between them; "et" and "and" only after a spelt one."""
    digits, start, end, spelt = "", 0, 0, False
    for token in TOKEN.finditer(text):
        told = _digits(token, text)
        if digits and (token.start() - end > WIDEST_GAP or told is None):
            if told is None and spelt and token[0] in JOINTS:
                end = token.end()
                continue
            yield digits, start, end
            digits = ""
        if told is not None:
            start = start if digits else token.start()
            digits, end, spelt = digits + told, token.end(), not token[0].isdigit()
    yield digits, start, end


def _digits(token: re.Match[str], text: str) -> str | None:
    word = token[0]
    if word.isdigit():
        return word
    if word in SPELT:
        return SPELT[word]
    if word in FOR_DIGITS and _beside_a_figure(token, text):
        return FOR_DIGITS[word]
    return None


def _beside_a_figure(token: re.Match[str], text: str) -> bool:
    near = slice(max(0, token.start() - WIDEST_GAP), token.start()), slice(token.end(), token.end() + WIDEST_GAP)
    before, behind = text[near[0]].rstrip(" .-/"), text[near[1]].lstrip(" .-/")
    return before[-1:].isdigit() or behind[:1].isdigit()
