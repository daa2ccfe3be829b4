"""Copies of a text for the rules to read, every disguise taken off. The original is what is kept and shown.

Both functions are pure and idempotent. `plain` keeps digits and signs: contact details and links are
made of them. `letters` reads digits and signs as the letters they stand for: insults hide in them.
"""

import re
import unicodedata

DROPPED = {"Mn", "Me", "Cf"}  # accents, variation selectors, enclosing marks, zero-width and soft characters
BLANK = {"Cc", "Zl", "Zp", "Zs"}

# What looks like a Latin letter and that no normal form folds into one, in pairs.
_CYRILLIC = ("авсԁегһіјӏкмнопрԛѕтуԝхьи", "abcderhijlkmhonpqstywxbu")
_GREEK = ("αβγεηικμνορτυχω", "abyenikuvoptuxw")
_SMALL_CAPITALS = ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")
_BARRED = ("ıøłđðħŧþɑɡ", "iolddhtpag")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_FLAG_LETTERS = ("".join(chr(0x1F1E6 + place) for place in range(26)), _LATIN)
_BOXED_LETTERS = ("".join(chr(0x1F170 + place) for place in range(26)), _LATIN)
_SIGNS = ("․‧•·∙⋅。、‐‑‒–—―−’‘`´", ".......,-------''''")
_LIKE = (_CYRILLIC, _GREEK, _SMALL_CAPITALS, _BARRED, _FLAG_LETTERS, _BOXED_LETTERS, _SIGNS)
LOOKALIKES = {ord(seen): meant for kind in _LIKE for seen, meant in zip(*kind, strict=True)}
LOOKALIKES |= {ord("æ"): "ae", ord("œ"): "oe", 0x2800: " ", 0x1160: " "}  # blank Braille, blank Hangul

LEET = str.maketrans("013457896@$!|+€£", "oieastbgbasiltel")
LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
SPACED_OUT = re.compile(r"(?<!\w)\w(?:[\W_]{1,3}\w(?!\w)){2,}")
GAPS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Lower case, one alphabet, no accents, nothing invisible, single spaces; ASCII digits."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    visible = "".join(_seen(character) for character in folded)
    return " ".join(visible.translate(LOOKALIKES).split())


def letters(text: str) -> str:
    """Like `plain`, digits and signs read as letters, "m e r d e" joined, runs of a letter cut to two."""
    read = " ".join(plain(text).replace("_", " ").split()).translate(LEET)
    joined = SPACED_OUT.sub(lambda spaced: GAPS.sub("", spaced[0]), read)
    return LONG_RUN.sub(r"\1\1", joined)


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category in DROPPED:
        return ""
    if category in BLANK:
        return " "
    return str(unicodedata.decimal(character)) if category == "Nd" else character
