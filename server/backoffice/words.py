"""The texts of the back office: a folder a language, a file a desk."""

import json
from functools import cache
from pathlib import Path

from server.texts import FOLDER, BadTexts, Texts, require_twins

OFFICE = FOLDER / "backoffice"


@cache
def office_texts(folder: Path = OFFICE) -> Texts:
    """Read every language's files.

    Raises BadTexts when a file cannot be read, lacks a key that the English one has, has other {places} in a text,
    or when two files say one key.
    """
    by_locale = {language.name: _read(language) for language in sorted(folder.iterdir()) if language.is_dir()}
    for locale, texts in by_locale.items():
        require_twins(f"backoffice/{locale}", texts, by_locale["en"])
    return Texts(by_locale)


def _read(language: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted(language.glob("*.json")):
        texts = json.loads(file.read_text("utf-8"))
        twice = found.keys() & texts.keys()
        if twice:
            raise BadTexts(f"{file.name} says {sorted(twice)}, which another file says too")
        found |= texts
    return found
