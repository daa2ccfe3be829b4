"""Reading a campaign's file strictly: every key is asked for, none is left over, and a complaint names the key."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from prizes.fault import Fault
from server.campaigns.theme import is_line

T = TypeVar("T")
Read = Callable[[Any, str], T]  # a value and the name of its key -> what it means


class BadDraft(Fault):
    """A campaign's file cannot be used; the sentence names the key and what it must be."""


class Table:
    """One table of the file; `take` its keys one by one, then call `end`."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise BadDraft(f"{path} must be a table, not {value!r:.80}", path, "table")
        self._left, self._path = dict(value), path
        self._known: list[str] = []

    def name(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def take(self, key: str, read: Read[T], *default: T) -> T:
        """What a key means; without it the default, and without that BadDraft."""
        self._known.append(key)
        if key in self._left:
            return read(self._left.pop(key), self.name(key))
        if not default:
            raise BadDraft(f"{self.name(key)} is missing", self.name(key), "missing")
        return default[0]

    def end(self) -> None:
        for key in self._left:
            raise BadDraft(f"{self.name(key)} is not a key of {self._path or 'a campaign'}; "
                           f"there are {', '.join(self._known)}", self.name(key), "unknown_key")


def text(most: int) -> Read[str]:
    return must(lambda value: is_line(value, most), f"a text of 1 to {most} characters in one line",
                "text", most=most)


def matching(pattern: str, words: str, code: str) -> Read[str]:
    return must(lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None, words, code)


def one_of(words: Collection[str]) -> Read[str]:
    return must(lambda value: isinstance(value, str) and value in words, f"one of {', '.join(words)}", "one_of")


def number(least: int, most: int) -> Read[int]:
    return must(lambda value: type(value) is int and least <= value <= most, f"a whole number from {least} to {most}",
                "number", least=least, most=most)


def maybe_number(least: int, most: int) -> Read[int | None]:
    return number(least, most)


def yes_or_no(value: Any, name: str) -> bool:
    return bool(must(lambda value: isinstance(value, bool), "true or false", "one_of")(value, name))


def list_of(read: Read[T]) -> Read[list[T]]:
    def read_list(value: Any, name: str) -> list[T]:
        if not isinstance(value, list):
            raise BadDraft(f"{name} must be a list, not {value!r:.80}", name, "list")
        return [read(item, f"{name} {number}") for number, item in enumerate(value, start=1)]
    return read_list


def by_language(read: Read[T], locales: Sequence[str]) -> Read[dict[str, T]]:
    def read_languages(value: Any, name: str) -> dict[str, T]:
        table = Table(value, name)
        found = {locale: table.take(locale, read) for locale in value if locale in locales}
        for locale in value:
            if locale not in locales:
                raise BadDraft(f"{name}.{locale} is not a language of Popshot; there are {', '.join(locales)}",
                               f"{name}.{locale}", "language")
        return found
    return read_languages


def must(hold: Callable[[Any], bool], words: str, code: str, **places: object) -> Read[Any]:
    """A value for which something holds; the words tell what it must be, and so does the code with its places."""
    def read(value: Any, name: str) -> Any:
        if not hold(value):
            raise BadDraft(f"{name} must be {words}, not {value!r:.80}", name, code, **places)
        return value
    return read
