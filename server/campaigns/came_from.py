"""Where somebody came from, read out of what their browser tells. Whatever it tells, nothing of it is kept as it came.

UTM values are brought into a strict alphabet; what looks like a person's address, number or hash counts as "other".
Sites are kept by name only where the campaign lists them, the big networks by the names that stand here.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from server.campaigns.campaign import Campaign

MOST_QUERY, MOST_FIELDS, MOST_WORD, MOST_NAME = 2_000, 40, 40, 64
OTHER = "other"
DIGITS_OF_SOMEBODY = 9  # as many together are a telephone's or a customer's number; a date has 8
HASH_OF_SOMEBODY = re.compile(r"[0-9a-f]{16}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # of an address, or a UUID
ODD = re.compile(r"[^a-z0-9._-]+")


class SourceKind(StrEnum):
    """What led somebody here. A link with UTM values comes before whatever the site is that it stood on."""

    DIRECT = "direct"
    LINK = "link"  # with UTM values
    QR = "qr"  # a link whose medium says so
    FRIEND = "friend"
    EMBED = "embed"
    SOCIAL = "social"
    SEARCH = "search"
    SITE = "site"  # any other
    OTHER = "other"  # more links than one day may bring


SOCIAL = {"facebook.com": "facebook", "fb.com": "facebook", "instagram.com": "instagram", "tiktok.com": "tiktok",
          "twitter.com": "x", "x.com": "x", "t.co": "x", "youtube.com": "youtube", "youtu.be": "youtube",
          "snapchat.com": "snapchat", "pinterest.com": "pinterest", "reddit.com": "reddit", "linkedin.com": "linkedin",
          "lnkd.in": "linkedin", "whatsapp.com": "whatsapp", "wa.me": "whatsapp", "telegram.org": "telegram",
          "t.me": "telegram", "threads.net": "threads", "threads.com": "threads", "bsky.app": "bluesky",
          "discord.com": "discord", "twitch.tv": "twitch"}  # fmt: skip
SEARCH = {"google": "google", "bing": "bing", "duckduckgo": "duckduckgo", "qwant": "qwant", "ecosia": "ecosia",
          "yahoo": "yahoo", "yandex": "yandex", "baidu": "baidu", "startpage": "startpage"}


class CameFrom(NamedTuple):
    """A source by its values: `name` is utm_source or a network's or a listed site's name, `medium` and `tag` are
    utm_medium and utm_campaign. Empty is nothing told.
    """

    kind: SourceKind
    name: str = ""
    medium: str = ""
    tag: str = ""


def read_source(told: Any, campaign: Campaign, own_host: str) -> CameFrom:
    """Read a body's `source`: {"query": the page's query, "referrer": the host before it, "framed": whether another
    page shows it}. What is not of this shape tells nothing; a round is never refused for it.
    """
    told = told if isinstance(told, dict) else {}
    query = _query(told.get("query"))
    utm = [word_of(query.get(f"utm_{part}", "")) for part in ("source", "medium", "campaign")]
    if any(utm):
        return CameFrom(SourceKind.QR if utm[1] == "qr" else SourceKind.LINK, *utm)
    if query.get("friend") or query.get("beat"):  # a dare is a friend's too
        return CameFrom(SourceKind.FRIEND)
    host = _host(told.get("referrer"))
    if told.get("framed") is True:
        return CameFrom(SourceKind.EMBED, listed_site(host, campaign.framed_by)[:MOST_NAME])
    return _by_host("" if _bare(host) == _bare(own_host) else host, campaign.framed_by)


def friend_in(told: Any) -> str | None:
    """The friend's link in a body's `source`, None without one; it may be anything."""
    return _query(told.get("query") if isinstance(told, dict) else None).get("friend")


def word_of(value: str) -> str:
    """A UTM value in the alphabet a-z, 0-9, `.`, `_` and `-`, at most 40 characters; "" of one without any, "other" of
    what may be somebody's address, number or hash.
    """
    plain = _plain(value)
    word = ODD.sub("-", plain)
    if "@" in plain or "(at)" in plain or _has_number(word) or HASH_OF_SOMEBODY.search(word):
        return OTHER
    return word[:MOST_WORD].strip("-._")


def _plain(value: str) -> str:
    """As a reader sees it: one way of writing each character (NFKC), quoted up to three times more than once."""
    for _ in range(3):
        value = unicodedata.normalize("NFKC", unquote(value))
    return value.lower()


def _has_number(word: str) -> bool:
    """Whether digits stand together that only signs part, as in 06/12/34/56/78."""
    return re.search(rf"[0-9]{{{DIGITS_OF_SOMEBODY}}}", re.sub(r"[^0-9a-z]", "", word)) is not None


def utm_query(name: str, medium: str, tag: str) -> str:
    """The query that leads to one source; without what is empty."""
    values = {"utm_source": word_of(name), "utm_medium": word_of(medium), "utm_campaign": word_of(tag)}
    return urlencode({key: value for key, value in values.items() if value})


def listed_site(host: str, framed_by: Sequence[str]) -> str:
    """A host's site as the campaign lists it, `*.brand.com` for all that it covers; "" of one that is not listed."""
    sites = (urlsplit(site).hostname or "" for site in framed_by)
    return next((site for site in sites if _covers(site, host)), "")


def _covers(site: str, host: str) -> bool:
    return host.endswith(site[1:]) if site.startswith("*.") else bool(host) and _bare(host) == _bare(site)


def _bare(host: str) -> str:
    """Without the `www.` that people write or leave out."""
    return host.removeprefix("www.")


def _by_host(host: str, framed_by: Sequence[str]) -> CameFrom:
    if not host:
        return CameFrom(SourceKind.DIRECT)
    site = listed_site(host, framed_by)
    if site:
        return CameFrom(SourceKind.SITE, site[:MOST_NAME])
    parts = host.split(".")
    ends = (".".join(parts[place:]) for place in range(len(parts)))
    social = next((SOCIAL[end] for end in ends if end in SOCIAL), "")
    if social:
        return CameFrom(SourceKind.SOCIAL, social)
    found = SEARCH.get(_label(parts), "")
    return CameFrom(SourceKind.SEARCH, found) if found else CameFrom(SourceKind.SITE)


def _label(parts: list[str]) -> str:
    """The part of a host that somebody registered: "google" of www.google.co.uk, "evil" of google.evil.example."""
    is_under_country = len(parts[-1]) == 2 and parts[-2:-1] in (["co"], ["com"])
    return "".join(parts[-3:-2] if is_under_country else parts[-2:-1])


def _query(value: Any) -> dict[str, str]:
    """The first value of each key of a query; nothing of one that is too long or has too many."""
    if not isinstance(value, str) or len(value) > MOST_QUERY:
        return {}
    try:
        found = parse_qs(value.removeprefix("?"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return {key: values[0] for key, values in found.items()}


def _host(value: Any) -> str:
    """A host's name in lower case without its port; "" of what is none."""
    if not isinstance(value, str):
        return ""
    host = value.partition(":")[0].lower()
    return host if re.fullmatch(r"[a-z0-9.-]{1,253}", host) else ""
