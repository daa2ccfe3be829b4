"""Who somebody is for a cap: keyed hashes of a normal form of their e-mail address and of their name and address.

The same person writes themselves in many ways; what is folded here is what costs nothing to vary. Only the hashes are
kept for ever: nobody who reads them can tell, or try out, who it was without the key.
"""

import hashlib
import hmac
import re
import unicodedata

QUOTES = re.compile(r"[\"\\]")
PLUS_TAG = re.compile(r"\+.*")
GMAIL = ("gmail.com", "googlemail.com")
NO_LETTER = re.compile(r"[\W_]+")  # of whatever script
# What streets are called, short and long, in the six languages.
STREETS = {
    "street": "st", "str": "st", "strasse": "st", "straat": "st", "road": "rd", "avenue": "av", "ave": "av",
    "boulevard": "bd", "blvd": "bd", "boul": "bd", "place": "pl", "platz": "pl", "plaza": "pl", "plz": "pl",
    "calle": "c", "via": "v", "viale": "vle", "piazza": "pza", "rue": "r", "chemin": "ch", "allee": "all",
    "apartment": "apt", "appartement": "apt", "app": "apt", "saint": "st", "sankt": "st",
}  # fmt: skip


def normal_email(email: str) -> str:
    """Case, width, signs that show nothing, quotes, a +tag and, where the provider ignores them, dots are forgiven; a
    domain is what the network makes of it (IDNA: RFC 3490, as the language's codec has it).
    """
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", email) if unicodedata.category(sign) != "Cf")
    local, _, domain = shown.strip().lower().rpartition("@")
    local = PLUS_TAG.sub("", QUOTES.sub("", local))
    domain = _on_the_network(domain)
    if domain in GMAIL:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def _on_the_network(domain: str) -> str:
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain


def normal_address(name: str, address: str) -> str:
    """The words of a name, in any order, then those of an address: without case, accents, signs or long forms."""
    words = [STREETS.get(word, word) for word in _words(address)]
    return " ".join([*sorted(_words(name)), "/", *_split_strasse(words)])


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").lower())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NO_LETTER.sub(" ", bare).split()


def _split_strasse(words: list[str]) -> list[str]:
    """German and Dutch write the street's word onto its name: Hauptstrasse, Hauptstr. and Haupt Str. are one."""
    return [part for word in words for part in re.sub(r"(\w{3,})(?:strasse|straat|str)$", r"\1 st", word).split()]


def person_hash(key: bytes, email: str) -> str:
    """HMAC-SHA256 of the normal e-mail address, in hex."""
    return hmac.digest(key, b"person:" + normal_email(email).encode(), hashlib.sha256).hex()


def household_hash(key: bytes, name: str, address: str) -> str:
    """HMAC-SHA256 of the normal name and address, in hex."""
    return hmac.digest(key, b"household:" + normal_address(name, address).encode(), hashlib.sha256).hex()
