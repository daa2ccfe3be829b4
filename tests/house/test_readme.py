"""What the papers say of `popshot` is what it does: no command or option is made up, and README leaves none out."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest

from server.cli import popshot

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAPERS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "bench").glob("*.md"))]
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`]+)`")
CELL = re.compile(r"^\| *(`popshot [^|]*?) *\|", re.MULTILINE)  # the first one of a line of README's table
IN_FENCE = re.compile(r"^(?:\S*/)?(popshot .*)$", re.MULTILINE)

Words = Sequence[str]
Name = tuple[str, ...]  # of a command: ("campaign", "test", "start")


def walk(command: click.Command, name: Name = ()) -> Iterator[tuple[Name, click.Command]]:
    yield name, command
    for word, inner in command.commands.items() if isinstance(command, click.Group) else ():
        yield from walk(inner, (*name, word))


TREE = dict(walk(popshot))
COMMANDS = {name for name, command in TREE.items() if not isinstance(command, click.Group)}


def name_of(words: Words, home: Name = ()) -> Name:
    """The longest name, from a group on, that words begin with."""
    name = home
    for word in words:
        if (*name, word) not in TREE:
            break
        name = (*name, word)
    return name


def faults_of(words: Words, name: Name) -> list[str]:
    """What of a command's words there is not."""
    said, rest = " ".join(["popshot", *words]), words[len(name):]
    if isinstance(TREE[name], click.Group) and rest:
        return [f"{said}: there is no {rest[0]}"]
    known = {option for param in TREE[name].params for option in param.opts}
    return [f"{said}: there is no {word}" for word in rest if word.startswith("-") and word not in known]


def read_cell(cell: str) -> Iterator[tuple[Name, list[str]]]:
    """The commands of a cell with what is wrong with them: what does not begin with popshot goes on in the group of the
    one before it, or in a group around that.
    """
    group: Name = ()
    for span in SPAN.findall(cell):
        words = span.split()
        if words[0] == "popshot":
            words, group = words[1:], ()
        homes = [group[:length] for length in range(len(group), -1, -1)]
        home = next((home for home in homes if (*home, words[0]) in TREE), group)
        words = [*home, *words]
        name = name_of(words)
        group = name if isinstance(TREE[name], click.Group) else name[:-1]
        yield name, faults_of(words, name)


def said_in(paper: str) -> list[list[str]]:
    """The words behind each popshot in a paper's code, in its lines and in its blocks."""
    lines = [line for block in FENCE.findall(paper) for line in IN_FENCE.findall(block)]
    spans = [span for span in SPAN.findall(FENCE.sub("", paper)) if span.startswith("popshot ")]
    return [said.split("#")[0].split()[1:] for said in (*lines, *spans)]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_every_command_and_option_that_a_paper_names_is_there(paper: Path) -> None:
    assert [fault for words in said_in(paper.read_text("utf-8")) for fault in faults_of(words, name_of(words))] == []


def test_the_table_of_readme_has_every_command_and_no_other() -> None:
    told = [one for cell in CELL.findall(README.read_text("utf-8")) for one in read_cell(cell)]
    assert [fault for _, faults in told for fault in faults] == []
    assert COMMANDS - {name for name, _ in told} == set()


@pytest.mark.parametrize(("cell", "fault"), [
    ("`popshot fly`", "popshot fly: there is no fly"),
    ("`popshot prize list` · `fly`", "popshot prize fly: there is no fly"),
    ("`popshot campaign test start SLUG` · `show` · `save SLUG` · `fly`", "popshot campaign fly: there is no fly"),
    ("`popshot run --demo` · `migrate --fast`", "popshot migrate --fast: there is no --fast"),
])
def test_what_is_made_up_is_seen(cell: str, fault: str) -> None:
    assert [one for _, faults in read_cell(cell) for one in faults] == [fault]
    assert faults_of(["prize", "fly"], name_of(["prize", "fly"])) == ["popshot prize fly: there is no fly"]


def test_what_a_block_shows_is_read_too() -> None:
    assert said_in("```sh\npopshot run --fast  # quickly\n.venv/bin/popshot fly\n```\nand `popshot draw`") == [
        ["run", "--fast"], ["fly"], ["draw"]]
