"""A campaign's theme: colours, boss, scene, targets' skins and words of its own. Read strictly, or not at all."""

import json
import re
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_type_hints

from prizes.fault import Fault

FOLDER = Path(__file__).resolve().parent.parent.parent / "themes"
HOUSE = FOLDER / "toys.json"  # what a campaign wears until its staff choose
LOCALE = re.compile(r"[a-z]{2}")
OWN_WORDS = {"start.title", "start.lead", "result.title.win", "result.title.good", "result.title.small"}
BUBBLE = re.compile(r"boss\.[a-z]+\.[1-9]")
FRENCH_SPACES = str.maketrans("\u202f\u00a0", "  ")
LONGEST_BUBBLE = 24  # characters; what the boss's speech bubble holds
LONGEST = 60  # characters of a name or of another text


class BadTheme(Fault):
    """A theme cannot be used; the sentence names the key and what it must be."""


class Must(NamedTuple):
    """What a plain value must be: the check, the words for it, and their code."""

    hold: Callable[[Any], bool]
    words: str
    code: str


def is_line(value: Any, most: int) -> bool:
    # Python calls every space but the plain one unprintable; French sets those before ! ? ; : and inside « ».
    return (isinstance(value, str) and value.translate(FRENCH_SPACES).isprintable()
            and 0 < len(value.strip()) <= len(value) <= most)


def _matches(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


is_picture_id = _matches(r"[0-9a-f]{64}")
Colour = Annotated[str, Must(_matches(r"#[0-9a-f]{6}"), "a colour like #ff8a1f", "colour")]
Name = Annotated[str, Must(lambda value: is_line(value, LONGEST), f"a name of 1 to {LONGEST} characters", "text")]
PictureId = Annotated[str | None, Must(lambda value: value is None or is_picture_id(value),
                                       "null or the id of an uploaded picture", "picture")]


@dataclass(frozen=True)
class Palette:
    accent: Colour
    can: Colour
    balloon: Colour
    duck: Colour
    star: Colour
    gift: Colour
    blaster: Colour


@dataclass(frozen=True)
class Boss:
    name: Name
    skin: Colour
    hair: Colour
    suit: Colour
    tie: Colour
    hairstyle: Literal["short", "bun", "curls", "bald"]
    beard: Literal["none", "full", "moustache"]
    glasses: Literal["none", "round", "square"]
    neckwear: Literal["tie", "bow", "scarf"]
    picture: PictureId


@dataclass(frozen=True)
class Scene:
    place: Literal["hills", "town", "city"]
    time: Literal["day", "evening", "night"]


@dataclass(frozen=True)
class Skins:
    can: Literal["can", "cup", "robot"]
    balloon: Literal["balloon", "muffin", "lantern"]
    duck: Literal["duck", "hen", "rocket"]


@dataclass(frozen=True)
class Theme:
    """`texts` replaces some of the words of `locales/`: {locale: {key: text}}."""

    palette: Palette
    boss: Boss
    scene: Scene
    skins: Skins
    shape: Literal["round", "soft", "sharp"]
    logo: PictureId
    texts: dict[str, dict[str, str]]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def words(self, locale: str) -> dict[str, str]:
        """Its own words in a language."""
        return self.texts.get(locale, {})


def read_theme(asked: Any, known_keys: Collection[str] | None = None) -> Theme:
    """The theme that a JSON value describes; `known_keys` are those of `locales/`, where its words must exist.

    Raises BadTheme for an unknown, missing or odd key.
    """
    theme: Theme = _read(Theme, asked, "theme")
    for locale, words in theme.texts.items():
        for key in words:
            if known_keys is not None and key not in known_keys:
                raise BadTheme(f"theme.texts.{locale}.{key} is not a key of locales/", f"theme.texts.{locale}.{key}",
                               "unknown_key")
    return theme


def load_themes(known_keys: Collection[str], folder: Path = FOLDER) -> dict[str, Theme]:
    """The ready themes by name.

    Raises BadTheme, naming the file and the key, when one of them cannot be used.
    """
    return {path.stem: read_theme_file(path, known_keys) for path in sorted(folder.glob("*.json"))}


def read_theme_file(path: Path, known_keys: Collection[str] | None = None) -> Theme:
    """The theme in a file; raises BadTheme, naming the file and the key."""
    try:
        return read_theme(json.loads(path.read_text("utf-8")), known_keys)
    except (OSError, ValueError, RecursionError) as error:
        raise BadTheme(f"{path.name} cannot be read: {error}") from None
    except BadTheme as error:
        raise BadTheme(f"{path.name}: {error}") from None


def _read(kind: Any, value: Any, path: str) -> Any:
    if is_dataclass(kind):
        return _read_object(kind, value, path)
    if kind == dict[str, dict[str, str]]:
        return _read_texts(value, path)
    must = next((mark for mark in get_args(kind) if isinstance(mark, Must)), None) or _one_of(get_args(kind))
    if not must.hold(value):
        raise BadTheme(f"{path} must be {must.words}, not {value!r:.80}", path, must.code, most=LONGEST)
    return value


def _one_of(words: tuple[str, ...]) -> Must:
    return Must(lambda value: isinstance(value, str) and value in words, f"one of {', '.join(words)}", "one_of")


def _read_object(kind: Any, value: Any, path: str) -> Any:
    names = [field.name for field in fields(kind)]
    known = _object(value, path)
    for name in known:
        if name not in names:
            raise BadTheme(f"{path}.{name} is not a key of a theme; {path} has {', '.join(names)}", f"{path}.{name}",
                           "unknown_key")
    for name in names:
        if name not in known:
            raise BadTheme(f"{path}.{name} is missing", f"{path}.{name}", "missing")
    hints = get_type_hints(kind, include_extras=True)
    return kind(**{name: _read(hints[name], known[name], f"{path}.{name}") for name in names})


def _read_texts(value: Any, path: str) -> dict[str, dict[str, str]]:
    texts = _object(value, path)
    for locale, words in texts.items():
        if not LOCALE.fullmatch(locale):
            raise BadTheme(f"{path}.{locale} is not a language; write en, fr, …", f"{path}.{locale}", "language")
        for key, text in _object(words, f"{path}.{locale}").items():
            _require_word(f"{path}.{locale}.{key}", key, text)
    return texts


def is_own_word(key: str) -> bool:
    """Whether a theme may replace this text of `locales/`."""
    return key in OWN_WORDS or BUBBLE.fullmatch(key) is not None


def _require_word(path: str, key: str, text: Any) -> None:
    if not is_own_word(key):
        raise BadTheme(f"{path} is not a text that a theme may change", path, "unknown_key")
    most = LONGEST if key in OWN_WORDS else LONGEST_BUBBLE
    if not is_line(text, most):
        raise BadTheme(f"{path} must be a text of 1 to {most} characters, not {text!r:.80}", path, "text", most=most)


def _object(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadTheme(f"{path} must be an object, not {value!r:.80}", path, "table")
    return value
