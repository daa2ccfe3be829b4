"""E-mail addresses, handles, networks and links in a copy of a text, as people of six languages write them.

Each pattern is tried only where the text has a sign or a word it could begin with: most comments have none.
"""

import re

from server.comments.nearby import any_of, search_near
from server.comments.normalise import Span
from server.comments.words.lexicon import Lexicon
from server.comments.words.readings import Readings

_AT_WORDS = "arobas arobase arobases chiocciola klammeraffe affenschwanz apenstaartje apestaartje arroba at"
_DOT_WORDS = "dot point punkt punto punt"
_AT_SAID = _AT_WORDS.replace(" ", "|")
_DOT_SAID = _DOT_WORDS.replace(" ", "|")
_PAD = r"[\s()\[\]{}<>*_-]{0,3}"
_HOST = (r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|proton|protonmail|orange|wanadoo|laposte|sfr|bbox|gmx|web|"
         r"t-online|freenet|libero|virgilio|tiscali|terra|telefonica|ziggo|kpnmail|live|msn|aol)")
_TLD = r"(?:com|fr|net|org|de|at|ch|be|es|it|nl|eu|lu|uk|io|info)"
_DOT = rf"{_PAD}(?:\.|\b(?:{_DOT_SAID})\b){_PAD}"
E_MAIL = re.compile(
    rf"\w ?@ ?\w(?:[ .-]?\w){{0,40}}? ?\.[ .-]?[a-z][ .-]?[a-z]|"
    rf"[\w.+-]{_PAD}(?:@|[(\[{{<] ?(?:{_AT_SAID}) ?[)\]}}>]){_PAD}[\w-]{{1,40}}{_DOT}[a-z]{{2}}|"
    rf"\w{_PAD}\b(?:{_AT_SAID})\b{_PAD}[\w-]{{2,40}}(?:\.|{_PAD}\b(?:{_DOT_SAID})\b{_PAD}){_TLD}\b|"
    rf"\w{_PAD}(?:@|\b(?:{_AT_SAID})\b){_PAD}{_HOST}\b")
E_MAIL_WORDS = frozenset(_AT_WORDS.split())
E_MAIL_MET = re.compile(f"@|{any_of(E_MAIL_WORDS)}")
NAME_BEFORE = re.compile(r"[\w.+-]{1,64}$")

GIVEAWAYS = Lexicon((  # to name a network is an invitation; they hide like insults, and so does "arobase"
    "arobas", "arobase", "klammeraffe", "affenschwanz", "apenstaartje", "apestaartje", "arroba",
    "insta", "instagram", "snapchat", "snapcode", "tiktok", "tik tok", "discord", "whatsapp", "whats app", "telegram",
    "messenger", "facebook", "kik", "wechat"))
_OPEN = "snap fb roblox fortnite minecraft youtube twitch steam psn xbox gamertag"  # people also talk about these
_MY = "my|mon|mein|mi|il mio|mijn"
_NAME = "pseudo|nick|nickname|user|username|name|nom|id|tag|account|compte|cuenta|profil|profile"
_FIND_ME = (
    r"(?:add|dm|pm|text|message|msg) me|hmu|"
    r"(?:ajoute|ajoutez|ecris|ecrivez|contacte|mp|dm)[ -]moi|(?:viens|venez) (?:en )?(?:mp|dm|prive)|suivez[ -]moi|"
    r"(?:adde|addet|add) mich|schreibt? (?:mir|mich)|ruft? mich an|folgt? mir|"
    r"agregame|anademe|escribeme|llamame|sigueme|siganme|mandame (?:un )?(?:mensaje|privado|dm|whatsapp)|"
    r"aggiungimi|scrivimi|chiamami|contattami|seguimi|"
    r"voeg me toe|(?:app|bel|volg) me|stuur me (?:een )?(?:dm|bericht|app|berichtje)|follow me")
HANDLE = re.compile(
    rf"(?<!\w)@ ?[a-z_][ .-]?[a-z0-9_]|\b(?:{_FIND_ME})\b|"
    rf"\b(?:{_MY}) (?:{_OPEN.replace(' ', '|')})\b|"
    rf"\b(?:{_OPEN.replace(' ', '|')})(?: ?[:=]| (?:{_NAME})\b| (?=[a-z.]*[\d_])[a-z][a-z0-9_.]{{3,}})")
_FIRST_WORDS = (
    "add dm pm text message msg hmu ajoute ajoutez ecris ecrivez contacte mp viens venez suivez adde addet "
    "schreib schreibt ruf ruft folg folgt agregame anademe escribeme llamame sigueme siganme mandame aggiungimi "
    "scrivimi chiamami contattami seguimi voeg app bel volg stuur follow")
HANDLE_WORDS = frozenset((*_OPEN.split(), *_FIRST_WORDS.split()))
HANDLE_MET = re.compile(f"@|{any_of(HANDLE_WORDS)}")

_SURE_ENDING = r"com|fr|net|org|info|biz|io|gg|tv|eu|ch|ca|uk|lu|ly|nl|ru|cn|xyz"
_WORD_ENDING = r"it|de|es|be|to|me|at|app|co|us|link|site|online|store|shop|club|live|top"  # words of some language too
_GO_TO = r"on|sur|auf|su|en|op|at|visit|bei|to|go|voir|check|site|link"
_LABEL = r"[a-z0-9-]"
LINK = re.compile(
    rf"\b(?:https?|hxxps?|www)\b|{_LABEL}\.(?:{_SURE_ENDING})\b|{_LABEL}\.(?:{_WORD_ENDING})(?:/|$)|"
    rf"\b(?:{_GO_TO}) {_LABEL}{{1,40}}\.(?:{_WORD_ENDING})\b|"
    rf"\b(?:{_DOT_SAID}) ?(?:com|fr|net|org|io|gg|nl|eu)\b|\bpunkt ?de\b|\b\d{{1,3}}(?:\.\d{{1,3}}){{3}}\b")
LINK_WORDS = frozenset(("http", "https", "hxxp", "hxxps", "www", *_DOT_WORDS.split()))
DOT_WITHIN = re.compile(r"\.(?<=\w.)\w")  # the sign first: a search hurries to it
LINK_MET = re.compile(rf"\w\.\w|{any_of(LINK_WORDS)}")


def find_address(readings: Readings) -> Span | None:
    """Where an e-mail address stands, with its signs or with words for them."""
    text = readings.text
    if "@" not in text and E_MAIL_WORDS.isdisjoint(readings.words):
        return None
    found = search_near(E_MAIL, E_MAIL_MET, text)
    return _from_its_beginning(found, text) if found else None


def find_handle(readings: Readings) -> Span | None:
    """Where a handle stands, a network that leads away from here, or "write to me"."""
    may_hold = "@" in readings.text or not HANDLE_WORDS.isdisjoint(readings.words)
    return (search_near(HANDLE, HANDLE_MET, readings.text) if may_hold else None) or GIVEAWAYS.find(readings)


def find_link(readings: Readings) -> Span | None:
    """Where a link stands, with its dots or with words for them."""
    may_hold = DOT_WITHIN.search(readings.text) or not LINK_WORDS.isdisjoint(readings.words)
    found = search_near(LINK, LINK_MET, readings.text) if may_hold else None
    return _from_its_beginning(found, readings.text) if found else None


def _from_its_beginning(found: Span, text: str) -> Span:
    """The patterns see the last letter before a sign only: trying them from each would take the square of the time."""
    name = NAME_BEFORE.search(text, max(0, found[0] - 63), found[0] + 1)
    return name.start() if name else found[0], found[1]
