"""Words with letters drawn out: "merrrde" is "merde"; "as" is no "ass", and "bitte" no "bite"."""

import re
from itertools import groupby

LONG_ENOUGH = 6  # letters, drawn-out ones counted once, from which a doubled one is a disguise, not another word


def is_drawn_out(letters: str, word: str) -> bool:
    """True when the letters are the word, each run as long as its own, or three or more; two in a long word."""
    if letters == word:
        return True
    may_be = len(letters) > len(word) and letters[0] == word[0] and letters[-1] == word[-1]
    return may_be and _same_runs(_runs(letters), _runs(word))


def begins(letters: str, stem: str) -> bool:
    """True when the letters begin with the stem, drawn out or not."""
    if letters.startswith(stem):
        return True
    runs, meant = _runs(letters), _runs(stem)
    return len(runs) >= len(meant) and _same_runs(runs[:len(meant)], meant)


def pattern(word: str) -> re.Pattern[str]:
    """The word anywhere in letters: each run as long as its own or longer."""
    return re.compile("".join(f"{letter}{{{count},}}" for letter, count in _runs(word)))


def _same_runs(runs: list[tuple[str, int]], meant: list[tuple[str, int]]) -> bool:
    fewest = 2 if len(meant) >= LONG_ENOUGH else 3
    return len(runs) == len(meant) and all(
        letter == own and (count == most or count >= max(most, fewest))
        for (letter, count), (own, most) in zip(runs, meant, strict=True))


def _runs(letters: str) -> list[tuple[str, int]]:
    return [(letter, len(list(run))) for letter, run in groupby(letters)]
