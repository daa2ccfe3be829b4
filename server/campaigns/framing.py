"""Who may show a campaign in a frame: a list of sites, as `frame-ancestors` has them.

The grammar, and what a site matches, are those of Content Security Policy 3 (2.3.1 and 6.7.2).
"""

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

import idna

from server.campaigns.strict_table import BadDraft, list_of, must

SELF = "'self'"
MOST_SITES = 100  # they all stand in one header of every framed page
ANY = "*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SITE = re.compile(rf"(https?)://(\*\.)?({_LABEL}(?:\.{_LABEL}){{0,10}})(?::([1-9][0-9]{{0,4}}|\*))?")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_ALONE = ("localhost",)  # names without a dot that have names of their own below


def read_sites(value: Any, name: str) -> list[str]:
    """The sites of a list, each one safe to stand in a header; raises BadDraft."""
    sites = list_of(must(_is_site, "'self' or an address like https://brand.com", "frame"))(value, name)
    if len(sites) > MOST_SITES:
        raise BadDraft(f"{name} may be {MOST_SITES} at most, not {len(sites)}", name, "too_many",
                       most=MOST_SITES)
    return sites


def as_site(line: str) -> str:
    """A site as people write it (`Bücher.example/`) the way that browsers do; what is none stays as it is."""
    scheme, is_full, rest = line.strip().removesuffix("/").rpartition("://")
    if rest.startswith("'"):
        return rest
    star, host = ("*.", rest[2:]) if rest.startswith("*.") else ("", rest)
    host, colon, port = host.partition(":")
    return f"{scheme.lower() if is_full else 'https'}://{star}{_ascii(host)}{colon}{port}"


def may_frame(framed_by: Collection[str], origin: str, own: str) -> bool:
    """Whether a browser would let a page of this origin frame a campaign; `own` is the origin of the game.

    The browser itself decides by the header; this only tells whom to answer with a word instead of a blank frame.
    """
    try:
        asked = urlsplit(origin.lower())
        port = str(asked.port or _DEFAULT_PORTS[asked.scheme])
    except (ValueError, KeyError):
        return False
    if SELF in framed_by and origin.lower() == own.lower():
        return True
    return any(_matches(site, asked.scheme, asked.hostname or "", port) for site in framed_by)


def _matches(site: str, scheme: str, host: str, port: str) -> bool:
    found = _SITE.fullmatch(site)
    if found is None:
        return False
    wanted, star, name, at = found.groups()
    is_host = host.endswith(f".{name}") if star else host == name
    is_safer = (wanted, scheme) == ("http", "https")  # a page that is safer than asked for is the same page
    return is_host and (wanted == scheme or is_safer) and at in _ports(at or "", wanted, scheme, port)


def _ports(at: str, wanted: str, scheme: str, port: str) -> tuple[str | None, ...]:
    """The ways to write a site's port that this port satisfies."""
    is_usual = port == _DEFAULT_PORTS[scheme] and at in ("", _DEFAULT_PORTS[wanted])
    return (ANY, port, *((None, at) if is_usual else ()))


def _is_site(value: Any) -> bool:
    if value == SELF:
        return True
    found = _SITE.fullmatch(value) if isinstance(value, str) and len(value) <= 300 else None
    if found is None:
        return False
    _, star, name, port = found.groups()
    is_wide = star and "." not in name and name not in _ALONE  # *.com is everybody
    return not is_wide and (port in (None, ANY) or int(port) < 65_536)


def _ascii(host: str) -> str:
    """A host's name in the letters that headers know."""
    try:
        return idna.encode(host, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return host
