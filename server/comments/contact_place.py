"""Where a child can be found: a school with a name, and a postal address, as people of six languages write them.

A name shows by its capital: these patterns read the copy with its capitals put back. Each looks only around the
words that it could hold, for a long pattern tried at every letter is what costs most.
"""

import re
from collections.abc import Set

from server.comments.nearby import any_of, search_near
from server.comments.normalise import Copy, Span

_SCHOOLS = (
    "ecole college lycee school academy kindergarten schule grundschule realschule hauptschule gesamtschule "
    "gymnasium colegio cole instituto escuela scuola liceo asilo basisschool kleuterschool")
SCHOOL_WORDS = frozenset(_SCHOOLS.split())
_SCHOOL = rf"(?:{'|'.join(SCHOOL_WORDS)})"
_PROPER = r"(?-i:[A-Z][\w'.-]+)"
_OF = r"(?:(?:de|du|des|la|le|of|st\.?|saint|san|santa|sankt|der|von|van|elementare|media|primary|primaire)[ -])*"
_I_AM = (r"(?:je m'appelle|moi c'est|mon nom est|my name is|i'?m called|i am|i'?m|ich heisse|ich bin|mein name ist|"
         r"me llamo|mi nombre es|soy|mi chiamo|sono|ik heet|mijn naam is|ik ben)")
_I_GO = (r"(?:je (?:suis|vais) (?:a|au|en)|mon|ma|notre|i go to|i'?m (?:at|in)|my|our|ich (?:gehe|bin) (?:auf|in|an)|"
         r"meine?|unsere?|voy al?|estoy en|mi|vado al?|sono al?|la mia|il mio|ik zit op|ik ga naar|mijn|onze)")
SCHOOL = re.compile(
    rf"\b{_I_AM} {_PROPER}\b.{{0,60}}\b{_SCHOOL}\b|\b{_SCHOOL}\b.{{0,60}}\b{_I_AM} {_PROPER}|"
    rf"\b{_I_GO} .{{0,30}}\b{_SCHOOL} {_OF}[\"«]?{_PROPER}|\b{_I_GO} .{{0,30}}{_PROPER} {_SCHOOL}\b|"
    rf"{_PROPER}-{_SCHOOL}\b|\b(?:ecole|college|lycee|colegio|liceo|instituto|scuola) {_OF}{_PROPER}", re.IGNORECASE)

_STREETS = (
    "rue avenue av bd boulevard allee impasse chemin place route quai street st road rd lane drive close court "
    "way terrace crescent strasse str calle c avenida avda plaza paseo via viale corso piazza vicolo")
STREET_WORDS = frozenset(_STREETS.split())
_ENDINGS = "strasse str weg allee gasse platz straat laan plein gracht dijk kade"
STREET_ENDINGS = tuple(_ENDINGS.split())
STREET_TAIL = min(map(len, STREET_ENDINGS))
STREET_TAILS = frozenset(ending[-STREET_TAIL:] for ending in STREET_ENDINGS)
NO_STREETS = frozenset(["hinweg", "onderweg", "vanweg", "deswegen", "halverwege", "unterwegs", "weg", "platz"])
_NUMBER = r"\b\d{1,4} ?(?:bis|ter|[a-d])?\b"
_SMALL = r"(?:the|a|my|on|in|down|to|of|off|your|this|that|and|points?|hits?|times|shots?|darts?)"
ADDRESS = re.compile(
    rf"{_NUMBER},? ?(?:rue|avenue|av\.?|bd|boulevard|allee|impasse|chemin|quai|route) (?:de |du |des |la |le |d')*\w+|"
    rf"{_NUMBER},? ?place (?:de la|du|des|de|saint)\b|"
    rf"{_NUMBER} (?:(?!{_SMALL}\b)[a-z'.]+ ){{1,2}}(?:street|road|lane|avenue)\b|"
    rf"{_NUMBER} (?:{_PROPER} ){{1,2}}(?-i:St|Rd|Drive|Close|Court|Way|Terrace|Crescent|Ave)\b|"
    rf"\b(?!(?:{'|'.join(NO_STREETS)})\b)[a-z-]{{0,40}}(?:strasse|str\.|str|weg|allee|gasse|"
    rf"(?:markt|haupt|schul|rathaus)platz|straat|laan|plein|gracht|dijk|kade) ?\d{{1,4}}\b|"
    rf"\b(?:calle|avenida|avda\.?|plaza|paseo|c/) ?(?:de |del |la |los |las )*\w+(?: {_PROPER}){{0,2}},? ?"
    rf"(?:n[o.]* ?)?\d{{1,4}}\b|"
    rf"\b(?:via|viale|corso|piazza|vicolo) (?:(?:del|della|dei|di|san|santa) )?{_PROPER}(?: {_PROPER})?,? ?\d{{1,4}}\b",
    re.IGNORECASE)
STREET_MET = re.compile(rf"{any_of(STREET_WORDS)}|(?:{'|'.join(STREET_ENDINGS)})\b")
SCHOOL_MET = re.compile(_SCHOOL)
FIGURE = re.compile(r"\d")


def find_place(original: str, copy: Copy, words: Set[str]) -> Span | None:
    """Where a copy names a school and who goes there, or which, or gives a street with a number.

    `words` are those of the copy; the span is in its places.
    """
    school = not SCHOOL_WORDS.isdisjoint(words)
    street = FIGURE.search(copy.text) is not None and _name_a_street(words)
    if not school and not street:
        return None
    cased = _with_capitals(original, copy)
    found = search_near(SCHOOL, SCHOOL_MET, cased, copy.text) if school else None
    return search_near(ADDRESS, STREET_MET, cased, copy.text) if found is None and street else found


def _name_a_street(words: Set[str]) -> bool:
    if not STREET_WORDS.isdisjoint(words):
        return True
    ending = [word for word in words if word[-STREET_TAIL:] in STREET_TAILS]  # few are looked at closer
    return any(word.endswith(STREET_ENDINGS) and word not in NO_STREETS for word in ending)


def _with_capitals(original: str, copy: Copy) -> str:
    """The copy as long as it is, each letter as large as it was typed."""
    return "".join([letter.upper() if letter.isascii() and original[origin].isupper() else letter
                    for letter, origin in zip(copy.text, copy.origins, strict=False)])
