"""A theme is read strictly: what is odd is named by its key, what is read comes out the same."""

import copy
import json
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from server.campaigns.theme import FOLDER, BadTheme, Boss, Scene, Skins, load_themes, read_theme
from server.drawings import STYLES, look_of
from server.texts import FALLBACK, load_texts
from tests.rig.themes import TOYS

KEYS = load_texts().of(FALLBACK)
MISSING = object()


def changed(path: str, value: object) -> dict[str, Any]:
    """The toys' theme with one key (its path written with slashes) set or taken out."""
    theme = copy.deepcopy(TOYS)
    *parents, last = path.split("/")
    place = theme
    for name in parents:
        place = place.setdefault(name, {})
    place[last] = value
    if value is MISSING:
        del place[last]
    return theme


@pytest.mark.parametrize("name", [path.stem for path in FOLDER.glob("*.json")])
def test_a_ready_theme_comes_out_as_it_went_in(name: str) -> None:
    assert load_themes(KEYS)[name].as_json() == json.loads((FOLDER / f"{name}.json").read_text())


@pytest.mark.parametrize(("path", "value", "sentence"), [
    ("palette/accent", MISSING, "theme.palette.accent is missing"),
    ("boss", MISSING, "theme.boss is missing"),
    ("palette/plant", "#00ff00", "theme.palette.plant is not a key of a theme; theme.palette has accent, can,"),
    ("sound", {}, "theme.sound is not a key of a theme"),
    ("palette/can", "teal", "theme.palette.can must be a colour like #ff8a1f, not 'teal'"),
    ("palette/can", "#14b8a6;}body{", "theme.palette.can must be a colour"),
    ("palette/can", "#14b8a6\n", "theme.palette.can must be a colour"),
    ("palette/can", 7, "theme.palette.can must be a colour"),
    ("palette", [], "theme.palette must be an object, not []"),
    ("boss/hairstyle", "long", "theme.boss.hairstyle must be one of short, bun, curls, bald, not 'long'"),
    ("boss/name", "", "theme.boss.name must be a name of 1 to 60 characters"),
    ("boss/name", "  ", "theme.boss.name must be a name"),
    ("boss/name", "Max\u202eZapp", "theme.boss.name must be a name"),
    ("boss/picture", "../../etc/passwd", "theme.boss.picture must be null or the id of an uploaded picture"),
    ("logo", "A" * 64, "theme.logo must be null or the id"),
    ("scene/time", None, "theme.scene.time must be one of day, evening, night, not None"),
    ("skins/can", True, "theme.skins.can must be one of can, cup, robot"),
    ("shape", "oval", "theme.shape must be one of round, soft, sharp"),
    ("texts", [], "theme.texts must be an object"),
    ("texts/english", {}, "theme.texts.english is not a language"),
    ("texts/en", "Hello", "theme.texts.en must be an object"),
    ("texts/en/page.private", "x", "theme.texts.en.page.private is not a text that a theme may change"),
    ("texts/en/boss.hit.1", "x" * 25, "theme.texts.en.boss.hit.1 must be a text of 1 to 24 characters"),
    ("texts/en/start.lead", "x" * 61, "theme.texts.en.start.lead must be a text of 1 to 60 characters"),
    ("texts/en/start.lead", None, "theme.texts.en.start.lead must be a text"),
    ("texts/en/boss.yawn.9", "x", "theme.texts.en.boss.yawn.9 is not a key of locales/"),
])  # fmt: skip
def test_an_odd_theme_is_refused_by_its_key(path: str, value: object, sentence: str) -> None:
    with pytest.raises(BadTheme) as refusal:
        read_theme(changed(path, value), KEYS)
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize("odd", [None, [], "toys", 7])
def test_what_is_no_object_is_no_theme(odd: object) -> None:
    with pytest.raises(BadTheme, match="theme must be an object"):
        read_theme(odd)


def test_a_stored_theme_may_keep_a_word_that_a_later_version_dropped() -> None:
    assert read_theme(changed("texts/en/boss.yawn.9", "x")).words("en")["boss.yawn.9"] == "x"


@pytest.mark.parametrize("broken", ['{"palette": ', "[]", '{"palette": {}}', '[' * 100_000])
def test_a_ready_theme_that_cannot_be_used_names_its_file(tmp_path: Path, broken: str) -> None:
    (tmp_path / "mine.json").write_text(broken)
    with pytest.raises(BadTheme, match=r"mine\.json"):
        load_themes(KEYS, tmp_path)


def test_a_theme_s_every_choice_reaches_its_drawings() -> None:
    for theme in load_themes(KEYS).values():
        told = theme.as_json()
        look = look_of(told)
        chosen = {**told["palette"], **told["boss"], **told["scene"]}
        assert {name: look[name] for name in look if name in chosen and name != "picture"} == {
            name: chosen[name] for name in chosen if name not in ("name", "picture")}
        assert [look["canSkin"], look["balloonSkin"], look["duckSkin"]] == list(told["skins"].values())


def test_drawings_and_themes_know_the_same_words() -> None:
    kinds = {**get_type_hints(Boss), **get_type_hints(Scene)}
    kinds |= {f"{kind}Skin": words for kind, words in get_type_hints(Skins).items()}
    assert {name: list(get_args(kinds[name])) for name in STYLES} == STYLES
