"""What a path of a campaign's table, or a field of a form, is called on a page."""

import re
from collections.abc import Callable

from server.backoffice.page import office_locale, say
from server.backoffice.words import office_texts

Match = re.Match[str]


def label_of(path: str) -> str:
    """Its name in the page's language; the path itself for one that has none."""
    for pattern, name in _NAMES:
        found = pattern.fullmatch(path)
        if found:
            return name(found)
    return _said(f"label.{path}") or path


def language(code: str) -> str:
    return _said(f"language.{code}") or code


def _said(key: str) -> str | None:
    return office_texts().of(office_locale()).get(f"campaigns.{key}")


def _title(found: Match) -> str:
    return say("campaigns.label.titles", language=language(found[1]))


def _own_word(found: Match) -> str:
    return say("campaigns.label.own_word", language=language(found[1]), word=_said(f"word.{found[2]}") or found[2])


def _prize(found: Match) -> str:
    key, what, rest = found[1], found[2], found[3] or ""
    of_what = _said(f"label.prize.{what}") or what
    return say("campaigns.label.prize", prize=key, what=f"{of_what} ({language(rest)})" if rest else of_what)


def _way(found: Match) -> str:
    way = _said(f"way.{found[1]}") or found[1]
    rest = " ".join(_said(f"label.way.{step}") or step for step in found[2].split("."))
    return say("campaigns.label.way", way=way, what=rest)


_NAMES: tuple[tuple[re.Pattern[str], Callable[[Match], str]], ...] = (
    (re.compile(r"titles\.([a-z]{2})"), _title),
    (re.compile(r"theme\.texts\.([a-z]{2})\.(.+)"), _own_word),
    (re.compile(r"prizes\.([^.]+)\.([a-z_]+)(?:\.(.+))?"), _prize),
    (re.compile(r"ways\.([a-z_]+)\.(.+)"), _way),
)
