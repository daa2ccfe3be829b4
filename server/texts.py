"""The texts of `locales/`: one flat file a language, read once, the same keys in each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

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

    def spoken(self, offered: Sequence[str]) -> list[str]:
        """Those of the offered languages that there are texts for, in their order; all there are when none is."""
        return [locale for locale in offered if locale in self.by_locale] or self.locales

    def with_words(self, locale: str, words: Mapping[str, str]) -> "Texts":
        """These texts with some of one language's replaced."""
        return Texts({**self.by_locale, locale: {**self.of(locale), **words}}) if words else self

    def say(self, locale: str, key: str, **values: object) -> str:
        """One text with its {places} filled; raises KeyError for a key that no file has."""
        text = self.of(locale)[key]
        return text.format(**values) if values else text


def load_texts(folder: Path = FOLDER) -> Texts:
    """Read every language's file.

    Raises BadTexts when a file cannot be read, lacks a key that another one has, or has other {places} in a text.
    """
    by_locale = {path.stem: _read(path) for path in sorted(folder.glob("*.json"))}
    if FALLBACK not in by_locale:
        raise BadTexts(f"locales/{FALLBACK}.json is missing")
    for locale, texts in by_locale.items():
        require_twins(locale, texts, by_locale[FALLBACK])
    return Texts(by_locale)


@cache
def program_texts() -> Texts:
    """The program's own texts, read once: for what is put into words where no request is."""
    return load_texts()


def require_twins(locale: str, texts: dict[str, str], model: dict[str, str]) -> None:
    """Raises BadTexts unless a language has the keys of its model, with the same {places} in each text."""
    lacking, unknown = sorted(model.keys() - texts.keys()), sorted(texts.keys() - model.keys())
    if lacking or unknown:
        raise BadTexts(f"locales/{locale}.json: {FALLBACK}.json has {lacking} besides, and does not have {unknown}")
    for key, text in texts.items():
        places, wanted = _places(locale, key, text), _places(FALLBACK, key, model[key])
        if places != wanted:
            raise BadTexts(f"locales/{locale}.json: {key!r} has the places {sorted(places)}, "
                           f"{FALLBACK}.json has {sorted(wanted)}")


def _places(locale: str, key: str, text: str) -> set[str]:
    """The names of the {places} in a text."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise BadTexts(f"locales/{locale}.json: {key!r} is not a text with {{places}}: {error}") from None


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
    """The language of this request: `?lang=`, else the one that Facebook collects for its readers (`fr_FR`), else the
    browser's wish, else the first that is offered.
    """
    choice = current_texts().spoken(offered or ())
    asked = request.args.get("lang", "") or request.headers.get("X-Facebook-Locale", "").partition("_")[0]
    if asked in choice:
        return asked
    return request.accept_languages.best_match(choice) or choice[0]
