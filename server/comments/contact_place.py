"""Where a child can be found: a school with a name, and a postal address, as people of six languages write them.

A name shows by its capital, which only the original keeps: these patterns read it with accents and disguises on.
"""

import re
from collections.abc import Set

from server.comments.normalise import Span

SCHOOL_WORDS = frozenset((
    "ecole college lycee school academy kindergarten schule grundschule realschule hauptschule gesamtschule gymnasium "
    "colegio cole instituto escuela scuola liceo asilo basisschool middelbare kleuterschool").split())
_SCHOOL = (r"(?:[ée]cole|coll[èe]ge|lyc[ée]e|school|academy|kindergarten|(?:grund|real|haupt|gesamt)?schule|gymnasium|"
           r"colegio|cole|instituto|escuela|scuola|liceo|asilo|(?:basis|kleuter)school)")
_PROPER = r"(?-i:[A-ZÀ-ÖØ-Þ][\w’'.-]+)"
_LINK = r"(?:(?:de|du|des|la|le|of|st\.?|saint|san|santa|sankt|der|von|van|elementare|media|primary|primaire)[ -])*"
_I_AM = (r"(?:je m[’']appelle|moi c[’']est|mon nom est|my name is|i[’']?m called|i am|i[’']?m|ich hei(?:ß|ss)e|ich bin|"
         r"mein name ist|me llamo|mi nombre es|soy|mi chiamo|sono|ik heet|mijn naam is|ik ben)")
_I_GO = (r"(?:je (?:suis|vais) (?:[àa]|au|en)|mon|ma|notre|i go to|i[’']?m (?:at|in)|my|our|ich (?:gehe|bin) (?:auf|in|an)|"
         r"meine?|unsere?|voy al?|estoy en|mi|vado al?|sono al?|la mia|il mio|ik zit op|ik ga naar|mijn|onze)")
SCHOOL = re.compile(
    rf"\b{_I_AM} {_PROPER}\b.{{0,60}}\b{_SCHOOL}\b|\b{_SCHOOL}\b.{{0,60}}\b{_I_AM} {_PROPER}|"
    rf"\b{_I_GO} .{{0,30}}\b{_SCHOOL} {_LINK}[\"«]?{_PROPER}|"
    rf"\b{_I_GO} .{{0,30}}{_PROPER} {_SCHOOL}\b|{_PROPER}-{_SCHOOL}\b|\b(?:[ée]cole|coll[èe]ge|lyc[ée]e|colegio|liceo|"
    rf"instituto|scuola) {_LINK}{_PROPER}", re.IGNORECASE)

STREET_WORDS = frozenset((
    "rue avenue av bd boulevard allee impasse chemin place route quai street st road rd lane drive close court way "
    "terrace crescent strasse str calle avenida avda plaza paseo via viale corso piazza vicolo").split())
STREET_ENDINGS = ("strasse", "str", "weg", "allee", "gasse", "platz", "straat", "laan", "plein", "gracht", "dijk", "kade")
_NUMBER = r"\d{1,4} ?(?:bis|ter|[a-d])?\b"
_SMALL = r"(?:the|a|my|on|in|down|to|of|off|your|this|that|and|points?|hits?|times|shots?|darts?)"
ADDRESS = re.compile(
    rf"\b{_NUMBER},? ?(?:rue|avenue|av\.?|bd|boulevard|all[ée]e|impasse|chemin|quai|route) (?:de |du |des |la |le |d[’'])*\w|"
    rf"\b{_NUMBER},? ?place (?:de la|du|des|de|saint)\b|"
    rf"\b{_NUMBER} (?:(?!{_SMALL}\b)[a-z’'.]+ ){{1,2}}(?:street|road|lane|avenue)\b|"
    rf"\b{_NUMBER} (?:{_PROPER} ){{1,2}}(?-i:St|Rd|Drive|Close|Court|Way|Terrace|Crescent|Ave)\b|"
    rf"\b(?!(?:hinweg|onderweg|vanweg|deswegen|halverwege|unterweg)\b)[a-zäöüß-]{{2,}}(?:stra(?:ß|ss)e|str\.|str|weg|allee|gasse|"
    rf"(?:markt|haupt|schul|rathaus)platz|straat|laan|plein|gracht|dijk|kade) ?\d{{1,4}}\b|\bstra(?:ß|ss)e ?\d{{1,4}}\b|"
    rf"(?:\b(?:calle|avenida|avda\.?|plaza|paseo)|\bc/) ?(?:de |del |la |los |las )*\w+(?: {_PROPER}){{0,2}},? ?(?:n[º°o.]* ?)?\d{{1,4}}\b|"
    rf"\b(?:via|viale|corso|piazza|vicolo) (?:(?:del|della|dei|di|san|santa) )?{_PROPER}(?: {_PROPER})?,? ?\d{{1,4}}\b",
    re.IGNORECASE)


def find_school(original: str, words: Set[str]) -> Span | None:
    """Where the original names a school and who goes there, or which; `words` are those of its copy."""
    return _span(SCHOOL, original) if not SCHOOL_WORDS.isdisjoint(words) else None


def find_street(original: str, words: Set[str]) -> Span | None:
    """Where the original gives a street with a number."""
    if not any(sign.isdigit() for sign in original):
        return None
    may_hold = not STREET_WORDS.isdisjoint(words) or "c/" in original.lower() or any(
        word.endswith(STREET_ENDINGS) for word in words)
    return _span(ADDRESS, original) if may_hold else None


def _span(pattern: re.Pattern[str], original: str) -> Span | None:
    found = pattern.search(original)
    return found.span() if found else None
