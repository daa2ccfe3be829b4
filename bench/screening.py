"""What it costs to screen a comment of 300 characters with all lists: `python -m bench.screening`. Process CPU time.

Then the worst that 500 characters were found to cost, each a text made to keep the rules busy.
"""

import time
from collections.abc import Iterator
from itertools import cycle, islice
from statistics import median

from server.comments.rules import MOST_CHARACTERS, Draft, screen
from server.comments.words import find_banned_word
from server.comments.words.readings import Readings
from tests.corpora import CLEAN, lines_of

LENGTH = 300
TEXTS = 200
ROUNDS = 15
ASKED = 300
OWN = ("playrobot*", "zak patat", "concurrent")
WORST = {
    "a a a a": "a ", "digits": "0123456789", "spaced digits": "0 6 ", "stars": "*", "masked words": "a*b c*d ",
    "letters with stars": "m*", "signs": "@$!", "dots": "a.", "one word": "m", "drawn out": "merrrde", "at": "a at ",
    "alphabet, spaced": "a b c d e f g h i j k l m n o p q r s t u v w x y z ", "numbers in words": "un deux ",
    "street": "12 rue ", "capitals": "Jules-", "streets without": "Abweg ", "school": "je suis au collège le ",
    "marks": "e\u0301", "wide": "ＡＢ", "Cyrillic": "мерд", "leet": "m3rd ", "phrase": "fils de ", "add me": "add ",
    "joined numbers": "unun", "emoji": "👩\u200d🚀", "parentheses": "(at) ", "quote": "'s ",
}


def comments() -> Iterator[str]:
    """Texts of 300 characters made of the clean corpus, a language at a time."""
    said = cycle(lines_of(CLEAN))
    for _ in range(TEXTS):
        text = next(said).text
        while len(text) < LENGTH:
            text = f"{text} {next(said).text}"
        yield text[:LENGTH]


def microseconds(text: str) -> float:
    """The least CPU of screening the text: what others do on the machine only adds."""
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time_ns()
        screen(Draft(text, languages=("en", "fr"), banned=OWN, allowed=("chatte",)))
        spent.append(time.process_time_ns() - began)
    return min(spent) / 1000


def main() -> None:
    find_banned_word(Readings("warm"), OWN, ("chatte",))  # its own lists are compiled once
    spent = sorted(microseconds(text) for text in comments())
    print(f"a comment of {LENGTH} characters: median {median(spent):.0f} µs, "
          f"p95 {spent[len(spent) * 95 // 100]:.0f} µs, most {spent[-1]:.0f} µs (asked {ASKED})")
    worst = {name: microseconds("".join(islice(cycle(part), MOST_CHARACTERS))) for name, part in WORST.items()}
    for name, cost in sorted(worst.items(), key=lambda each: -each[1])[:8]:
        print(f"  {MOST_CHARACTERS} characters of {name}: {cost:.0f} µs")


if __name__ == "__main__":
    main()
