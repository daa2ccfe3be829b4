"""Eleven ways in which people write what they know will be looked for."""

import re
from collections.abc import Callable

HIDDEN = re.compile(r"\{([^}]*)\}")
WORD = re.compile(r"\w+")
VOWEL = re.compile(r"[aeiouäöüáéíóúàèìòùâêîôûëï]", re.IGNORECASE)
LEET = str.maketrans("aeiostAEIOST", "431057431057")
HOMOGLYPHS = str.maketrans("aceiopxyACEIOPXY", "асеіорхуАСЕІОРХУ")
ACCENTS = str.maketrans("aeiouncAEIOUNC", "àëîöüñçÀËÎÖÜÑÇ")
FULL_WIDTH = {place: place + 0xFEE0 for place in range(0x21, 0x7F)}


def _drawn_out(word: str) -> str:
    found = VOWEL.search(word, 1) or VOWEL.search(word)
    place = found.start() if found else 0
    return word[:place] + 4 * word[place] + word[place + 1:]


def _starred(word: str) -> str:
    return word[:1] + (VOWEL.sub("*", word[1:]) if VOWEL.search(word, 1) else "*" + word[2:])


def _each_word(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: WORD.sub(lambda word: change(word[0]), text)


WAYS: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "leet": lambda text: text.translate(LEET),
    "spaced": " ".join,
    "dotted": _each_word(".".join),
    "zero-width": "\u200b".join,
    "homoglyph": lambda text: text.translate(HOMOGLYPHS),
    "repeated": _each_word(_drawn_out),
    "full-width": lambda text: text.translate(FULL_WIDTH),
    "hyphen": _each_word("-".join),
    "accents": lambda text: text.translate(ACCENTS),
    "star-masked": _each_word(_starred),
}
STARS = "star-masked"


def evaded(marked: str, way: str) -> str:
    """The line with what stands in braces disguised in one of the ways."""
    return HIDDEN.sub(lambda hidden: WAYS[way](hidden[1]), marked)
