"""Banned words of six languages, read and compiled at import; and a campaign's own, compiled when first met."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from server.comments.normalise import Span, plain
from server.comments.words.lexicon import Allowed, Lexicon
from server.comments.words.readings import Readings

FOLDER = Path(__file__).parent
OURS = ("en", "fr", "de", "es", "it", "nl")
THEIRS = ("cuss", "naughty-words", "profanity")
WITH_PLURAL = ("en", "es", "fr", "nl")  # languages in which a final s makes one
SHORTEST_WITH_PLURAL = 4


def read_list(path: Path) -> Iterator[str]:
    """Every line that is neither blank nor a remark."""
    lines = map(str.strip, path.read_text("utf-8").splitlines())
    return (line for line in lines if line and not line.startswith("#"))


def read_words() -> Iterator[str]:
    """Every banned line: all of ours, and of other people's what is a word and not allowed."""
    allowed = {plain(line) for line in read_list(FOLDER / "allowed.txt")}
    for language in OURS:
        yield from read_list(FOLDER / f"{language}.txt")
        for folder in THEIRS:
            path = FOLDER / folder / f"{language}.txt"
            words = read_list(path) if path.exists() else iter(())
            yield from _with_plurals((word for word in words if is_word(word) and plain(word) not in allowed), language)


def is_word(line: str) -> bool:
    """Letters, and what stands between them; other people's lists also name disguises ("sh!t"), which we read."""
    return all(part.isalpha() for part in line.replace("-", " ").replace("’", " ").replace("'", " ").split())


def _with_plurals(words: Iterator[str], language: str) -> Iterator[str]:
    for word in words:
        yield word
        if language in WITH_PLURAL and len(word) >= SHORTEST_WITH_PLURAL and word.isalpha() and word[-1] not in "sxz":
            yield f"{word}s"


def find_banned_word(text: Readings, banned: tuple[str, ...] = (), allowed: tuple[str, ...] = ()) -> Span | None:
    """Where a copy's text holds a word of the lists or of a campaign's own; neither finds what either allows."""
    permitted = (ALLOWED, _allowed(allowed)) if allowed else (ALLOWED,)
    return BANNED.find(text, *permitted) or (_lexicon(banned).find(text) if banned else None)


@lru_cache(maxsize=64)
def _lexicon(banned: tuple[str, ...]) -> Lexicon:
    return Lexicon(banned)


@lru_cache(maxsize=64)
def _allowed(allowed: tuple[str, ...]) -> Allowed:
    return Allowed(allowed)


ALLOWED = Allowed(read_list(FOLDER / "allowed.txt"))
BANNED = Lexicon(read_words())
