"""The words of what was typed with an act, so that it is found again without reading everything; they go with it."""

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"\w+")
LONGEST = 32  # of a word; the rest of a longer one is not looked for
MOST_WORDS = 60  # of one act
LAST = "\U0010ffff"  # sorts behind every letter: what begins with a word lies between the word and this


def words_of(texts: Iterable[str]) -> list[str]:
    """The different words of some texts, without case and accents, in the order of the text."""
    plain = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return list(dict.fromkeys(word[:LONGEST] for word in WORD.findall(bare)))[:MOST_WORDS]
