"""Copy the lists of banned words from node_modules to server/comments/words, one word a line, sorted.

package.json pins the packages; server/comments/words/README.md tells name, version, licence and SHA-256 of each file.
What of them is no insult stands in allowed.txt beside them, not here: the copies can be made again at any time.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tools.vendor import ROOT, locked_version, sha256

WORDS = ROOT / "server" / "comments" / "words"
RATED = re.compile(r"""^  (?:'([^']+)'|"([^"]+)"|(\w+)): ([0-2]),?$""", re.MULTILINE)  # a line of cuss: word, rating
BY_LANGUAGE = re.compile(r'\[\s*"([a-z]{2})",\s*(\[[^]]*\])')  # a list of @2toad/profanity
SURE = "2"  # cuss's rating of a word that is rude in most of its uses


class Source(NamedTuple):
    """One package: its licence file, its lists by language, and how a list is read."""

    package: str
    licence: str
    lists: dict[str, str]
    read: Callable[[str, str], Iterator[str]]
    changes: str


def rated(text: str, _language: str) -> Iterator[str]:
    return (next(filter(None, word[:3])) for word in RATED.findall(text) if word[3] == SURE)


def plain_list(text: str, _language: str) -> Iterator[str]:
    return iter(json.loads(text))


def one_of_many(text: str, language: str) -> Iterator[str]:
    return iter(json.loads(re.sub(r",\s*\]", "]", dict(BY_LANGUAGE.findall(text))[language])))


SOURCES = (
    Source("cuss", "license", {"en": "index.js", "es": "es.js", "fr": "fr.js", "it": "it.js"}, rated,
           "only the words rated 2"),
    Source("naughty-words", "LICENSE",
           {language: f"{language}.json" for language in ("de", "en", "es", "fr", "it", "nl")}, plain_list, "none"),
    Source("@2toad/profanity", "LICENSE", {"en": "dist/data/profane-words.js"}, one_of_many,
           "only English: the other lists are it, translated by a machine (`doux`, `dedo`, `Metzger`), or repeats"),
)
HEADER = """# Lists of words

Words that a person looks at before anybody else does. `*.txt` here are our own: one list a language, and
`allowed.txt`, which says what is no insult. The folders hold other people's, named in package.json and copied
by `make vendor`: one word a line, in lower case, sorted, each once. Why, and what they miss:
[0019](../../../docs/decisions/0019-screening.md).

| file | package | version | licence | SHA-256 | left out |
|---|---|---|---|---|---|
"""


def copy(source: Source) -> list[str]:
    """Copy a package's lists and licence; the README's rows about them."""
    origin = ROOT / "node_modules" / source.package
    told = json.loads((origin / "package.json").read_text("utf-8"))
    folder = WORDS / source.package.rpartition("/")[2]
    folder.mkdir(exist_ok=True)
    shutil.copyfile(origin / source.licence, folder / "LICENSE")
    for language, name in source.lists.items():
        words = {word.lower().strip() for word in source.read((origin / name).read_text("utf-8"), language)}
        (folder / f"{language}.txt").write_text("".join(f"{word}\n" for word in sorted(words)), "utf-8")
    facts = f"{source.package} | {locked_version(source.package)} | {told['license']}"
    return [f"| {file.relative_to(WORDS)} | {facts} | {sha256(file)} | {source.changes} |"
            for file in sorted(folder.iterdir())]


if __name__ == "__main__":
    rows = [row for source in SOURCES for row in copy(source)]
    (WORDS / "README.md").write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
