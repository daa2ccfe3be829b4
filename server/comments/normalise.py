"""A copy of a text for the rules to read, every disguise of a letter taken off, with a way back to the original.

The original is what is kept and shown. The copy keeps digits and signs: contact details and links are made of them,
and `words` reads them as the letters they stand for.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]  # from the first code point to behind the last one

DROPPED = {"Mn", "Me", "Cf"}  # accents, variation selectors, enclosing marks, zero-width and soft characters
ODD = "\x00"  # never read as itself: a control is blank
BLANK = {"Cc", "Zl", "Zp", "Zs"}
MOST_KNOWN = 4_096  # characters whose fold is remembered

# What looks like a Latin letter and that no normal form folds into one, in pairs.
_CYRILLIC = ("авсԁегһіјӏкмнопрԛѕтуԝхьи", "abcderhijlkmhonpqstywxbu")
_GREEK = ("αβγεηικμνορτυχω", "abyenikuvoptuxw")
_SMALL_CAPITALS = ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")
_BARRED = ("ıøłđðħŧþɑɡ", "iolddhtpag")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_FLAG_LETTERS = ("".join(chr(0x1F1E6 + place) for place in range(26)), _LATIN)
_BOXED_LETTERS = ("".join(chr(0x1F170 + place) for place in range(26)), _LATIN)
_SIGNS = ("․‧•·∙⋅。、‐‑‒–—―−’‘`´∗⁎✱✲", ".......,-------''''****")
_LIKE = (_CYRILLIC, _GREEK, _SMALL_CAPITALS, _BARRED, _FLAG_LETTERS, _BOXED_LETTERS, _SIGNS)
LOOKALIKES = {ord(seen): meant for kind in _LIKE for seen, meant in zip(*kind, strict=True)}
LOOKALIKES |= {ord("æ"): "ae", ord("œ"): "oe", 0x2800: " ", 0x1160: " "}  # blank Braille, blank Hangul


class _Folds(dict[int, str]):
    """What each character is read as, by its number, worked out when it is first met; ODD for none or several."""

    def __missing__(self, number: int) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        fold = _fold(chr(number))
        self[number] = fold if len(fold) == 1 else ODD
        return self[number]


@dataclass(frozen=True, slots=True)
class Copy:
    """A text as it is read; `origins` says of each of its characters, and of its end, where it came from."""

    text: str
    origins: Sequence[int]

    def origin(self, span: Span) -> Span:
        """The same place in the original, with the marks that stand on its last letter."""
        start, end = span
        return self.origins[start], max(self.origins[end], self.origins[end - 1] + 1)


def read(text: str) -> Copy:
    """Lower case, one alphabet, no accents, nothing invisible, single spaces; ASCII digits."""
    read_as = text.translate(_FOLDS)
    if "  " not in read_as and ODD not in read_as:  # most are read in one step
        return Copy(read_as, range(len(text) + 1))
    folds = [seen if seen != ODD else _fold(text[place]) for place, seen in enumerate(read_as)]
    read_as = "".join(folds)
    origins = [place for place, fold in enumerate(folds) for _ in fold]
    if "  " not in read_as:
        return Copy(read_as, [*origins, len(text)])
    kept = [place for place, seen in enumerate(read_as) if seen != " " or read_as[place - 1:place] != " "]
    return Copy("".join([read_as[place] for place in kept]), [*(origins[place] for place in kept), len(text)])


def plain(text: str) -> str:
    """The copy's text alone, without blanks at its ends."""
    return read(text).text.strip(" ")


@lru_cache(MOST_KNOWN)
def _fold(character: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
    return "".join(_seen(part) for part in folded).translate(LOOKALIKES)


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category in DROPPED:
        return ""
    if category in BLANK:
        return " "
    return str(unicodedata.decimal(character)) if category == "Nd" else character


_FOLDS = _Folds()
