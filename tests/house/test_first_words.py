"""The campaign page brings along every text that its first script says; the rest is said by what is fetched later."""

import re
from pathlib import Path

from server.play.pages import ELSEWHERE, FIRST_WORDS, WANTED_WORDS
from server.static_files import GAME
from server.texts import FALLBACK, load_texts

IMPORT = re.compile(r"^(?:import|export) [^;]*? from '(\.[^']+)';", re.M)
SAID = re.compile(r"\bsay\((?:[^()']*\? )?'([a-z_]+\.[a-z_.0-9-]+)'(?: : '([a-z_]+\.[a-z_.0-9-]+)')?")


def at_once(entry: Path) -> set[Path]:
    """A module and all that it imports at once."""
    found, waiting = set[Path](), [entry]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += [(module.parent / name).resolve() for name in IMPORT.findall(module.read_text())]
    return found


def texts_said(modules: set[Path]) -> set[str]:
    """The keys that modules name where they say something."""
    return {key for module in modules for keys in SAID.findall(module.read_text()) for key in keys if key}


def test_what_is_said_at_once_comes_with_the_page() -> None:
    said = texts_said(at_once(GAME / "main.js"))
    assert len(said) > 20
    assert {key for key in said if not key.startswith(FIRST_WORDS)} == set()


def test_nothing_that_the_game_says_is_kept_from_it() -> None:
    said = texts_said(at_once(GAME / "main.js") | at_once(GAME / "wings.js"))
    assert {key for key in said if key.startswith(ELSEWHERE)} == set()
    assert said <= set(load_texts().of(FALLBACK))


def test_what_is_handed_on_brings_its_own_words() -> None:
    said = texts_said(at_once(GAME / "sharing.js") | at_once(GAME / "duel.js"))
    own = {key for key in said if key.startswith(WANTED_WORDS["sharing"])}
    assert len(own) > 8
    assert own <= set(load_texts().of(FALLBACK))
    assert {key for key in said - own if key.startswith(ELSEWHERE)} == set()
    at_start = texts_said(at_once(GAME / "main.js") | at_once(GAME / "wings.js"))
    assert {key for key in at_start if key.startswith(WANTED_WORDS["sharing"])} == set()
