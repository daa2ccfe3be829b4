"""Contact details and links in a plain copy of a text (normalise.py), as French and English people write them.

Too many finds cost a moderator a second each; one too few shows a child's number. So the patterns are wide.
"""

import re

FEWEST_DIGITS = 8  # of a telephone number as people write it; the best scores have 5

NUMBER_WORDS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}
NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b")
BETWEEN_NUMBERS = re.compile(r"\b(?:et|and|then|puis)\b")
LETTER_FOR_DIGIT = re.compile(r"(?<=\d)[oil](?=[\W_]*\d)|\b[oil](?=\d)")
PHONE = re.compile(rf"\d(?:[\W_]{{0,4}}\d){{{FEWEST_DIGITS - 1}}}")

PAD = r"[\s()\[\]{}<>*_-]{0,3}"
DOT = rf"{PAD}(?:\.|\b(?:dot|point)\b){PAD}"
AT = rf"{PAD}(?:@|\b(?:at|arobase|arobas)\b){PAD}"
MAIL_HOST = r"(?:gmail|hotmail|outlook|yahoo|icloud|proton|protonmail|orange|wanadoo|laposte|sfr|free|live|msn|aol)"
E_MAIL = re.compile(rf"\w{AT}[\w-]+{DOT}[a-z]{{2}}|{AT}{MAIL_HOST}\b|\barobas")
HANDLE = re.compile(r"(?<!\w)@ ?[a-z0-9_]{2}")
NETWORK = re.compile(r"\b(?:insta|instagram|snap|snapchat|snapcode|tiktok|tik tok|discord|whatsapp|whats app|"
                     r"telegram|messenger|roblox|fortnite)\b")

SCHEME = re.compile(r"\bh(?:tt|xx)ps?\b|\bwww\b")
ENDINGS = ("com fr net org info biz io gg tv me app co eu be ch ca uk de es it lu ly to link site online store shop "
           "club live top xyz ru cn").replace(" ", "|")
ADDRESS = re.compile(rf"[a-z0-9-]\.(?:{ENDINGS})\b|\b(?:dot|point) ?(?:com|fr|net|org|io|gg)\b")
IP_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


def has_contact(plain: str) -> bool:
    """True when the text holds a telephone number, an e-mail address, an @handle or the name of a network."""
    return has_phone(plain) or any(pattern.search(plain) for pattern in (E_MAIL, HANDLE, NETWORK))


def has_phone(plain: str) -> bool:
    """True for eight digits in a row, whatever stands between them, spelt ones and o, i, l for 0, 1, 1 too."""
    digits = NUMBER_WORD.sub(lambda word: str(NUMBER_WORDS[word[0]]), plain)
    digits = LETTER_FOR_DIGIT.sub("0", BETWEEN_NUMBERS.sub(" ", digits))
    return PHONE.search(digits) is not None


def has_link(plain: str) -> bool:
    return any(pattern.search(plain) for pattern in (SCHEME, ADDRESS, IP_ADDRESS))
