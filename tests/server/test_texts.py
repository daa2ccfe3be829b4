"""A file of texts that lacks a key, has one too many or other {places} stops the start, by name."""

import json
from pathlib import Path

import pytest

from server.texts import BadTexts, load_texts

ENGLISH = {"a": "Hello", "b": "{score} points for {who}"}


@pytest.mark.parametrize(("french", "sentence"), [
    ({"a": "Bonjour"}, r"locales/fr\.json: en\.json has \['b'\] besides, and does not have \[\]"),
    ({**ENGLISH, "c": "", "d": ""}, r"locales/fr\.json: en\.json has \[\] besides, and does not have \['c', 'd'\]"),
    ({**ENGLISH, "b": "{score} points"}, r"fr\.json: 'b' has the places \['score'\], en\.json has \['score', 'who'\]"),
    ({**ENGLISH, "a": "Bonjour {qui}"}, r"fr\.json: 'a' has the places \['qui'\], en\.json has \[\]"),
    ({**ENGLISH, "a": "Bonjour {"}, r"fr\.json: 'a' is not a text with \{places\}"),
    ({**ENGLISH, "a": 7}, r"fr\.json must be one object of texts"),
    ([], r"fr\.json must be one object of texts"),
])  # fmt: skip
def test_a_file_that_is_no_twin_of_the_english_one_is_refused(tmp_path: Path, french: object, sentence: str) -> None:
    (tmp_path / "en.json").write_text(json.dumps(ENGLISH))
    (tmp_path / "fr.json").write_text(json.dumps(french))
    with pytest.raises(BadTexts, match=sentence):
        load_texts(tmp_path)


def test_english_itself_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadTexts, match=r"locales/en\.json is missing"):
        load_texts(tmp_path)


def test_the_same_places_in_another_order_are_fine(tmp_path: Path) -> None:
    (tmp_path / "en.json").write_text(json.dumps(ENGLISH))
    (tmp_path / "fr.json").write_text(json.dumps({"a": "Bonjour", "b": "{who} : {score} points"}))
    assert load_texts(tmp_path).say("fr", "b", who="Alice", score=7) == "Alice : 7 points"
