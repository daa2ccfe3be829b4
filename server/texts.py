"""The texts of `locales/`: one flat file a language, read once, the same keys in each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import current_app, request

FOLDER = Path(__file__).resolve().parent.parent / "locales"
FALLBACK = "en"


class BadTexts(Exception):
    """A file of texts cannot be used; the sentence names the file and the key."""


@dataclass(frozen=True)
class Texts:
    """The texts of every language: {locale: {key: text}}."""

    by_locale: dict[str, dict[str, str]]

    @property
    def locales(self) -> list[str]:
        return sorted(self.by_locale, key=lambda locale: (locale != FALLBACK, locale))

    def of(self, locale: str) -> dict[str, str]:
        return self.by_locale.get(locale, self.by_locale[FALLBACK])

    def say(self, locale: str, key: str, **values: object) -> str:
        """One text with its {places} filled; raises KeyError for a key that no file has."""
        text = self.of(locale)[key]
        return text.format(**values) if values else text


def load_texts(folder: Path = FOLDER) -> Texts:
    """Read every language's file.

    Raises BadTexts when a file cannot be read or lacks a key that another one has.
    """
    by_locale = {path.stem: _read(path) for path in sorted(folder.glob("*.json"))}
    if FALLBACK not in by_locale:
        raise BadTexts(f"locales/{FALLBACK}.json is missing")
    keys = set(by_locale[FALLBACK])
    for locale, texts in by_locale.items():
        odd = sorted(keys.symmetric_difference(texts))
        if odd:
            raise BadTexts(f"locales/{locale}.json and {FALLBACK}.json differ in the key {odd[0]!r}")
    return Texts(by_locale)


def _read(path: Path) -> dict[str, str]:
    try:
        texts = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadTexts(f"locales/{path.name} cannot be read: {error}") from None
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise BadTexts(f"locales/{path.name} must be one object of texts")
    return texts


def current_texts() -> Texts:
    """The texts of the running app."""
    texts: Texts = current_app.extensions["popshot_texts"]
    return texts


def asked_locale(offered: Sequence[str] | None = None) -> str:
    """The language of this request: `?lang=`, else the browser's wish, else the first that is offered."""
    choice = [locale for locale in offered or () if locale in current_texts().by_locale] or current_texts().locales
    asked = request.args.get("lang", "")
    if asked in choice:
        return asked
    return request.accept_languages.best_match(choice) or choice[0]
