"""The link check finds links to nowhere, and only those."""

import subprocess
from pathlib import Path

import pytest

from tools.check_links import dead_links, slug


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A folder under git with two papers that link to each other."""
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "docs").mkdir()
    readme, why = tmp_path / "README.md", tmp_path / "docs" / "why.md"
    readme.write_text("# Popshot\n\n## Two commands\n\nSee [why](docs/why.md#the-price).\n")
    why.write_text("# Why\n\n## The price\n\nBack [up](../README.md#two-commands).\n")
    return tmp_path


def test_live_links_pass(paper: Path) -> None:
    assert list(dead_links(paper)) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("[gone](docs/gone.md)", "there is no docs/gone.md"),
        ("![picture](docs/art.png)", "there is no docs/art.png"),
        ('<img src="docs/art.png" alt="">', "there is no docs/art.png"),
        ("[reference]: docs/gone.md", "there is no docs/gone.md"),
        ("[lost](docs/why.md#a-bargain)", "why.md has no heading #a-bargain"),
        ("[lost](#a-bargain)", "README.md has no heading #a-bargain"),
    ],
)
def test_a_dead_link_is_told_with_its_line(paper: Path, line: str, wrong: str) -> None:
    with (paper / "README.md").open("a") as readme:
        readme.write(f"\n{line}\n")
    assert list(dead_links(paper)) == [f"README.md:7: {wrong}"]


@pytest.mark.parametrize("line", ["[web](https://example.org/gone)", "`[code](gone.md)`", "```\n[code](gone.md)\n```"])
def test_the_web_and_code_are_not_followed(paper: Path, line: str) -> None:
    with (paper / "README.md").open("a") as readme:
        readme.write(f"\n{line}\n")
    assert list(dead_links(paper)) == []


def test_a_heading_becomes_the_anchor_that_github_makes_of_it() -> None:
    assert slug("`make run`: the *first* of 2 [commands](x.md)!") == "make-run-the-first-of-2-commands"


def test_a_second_heading_of_the_same_name_has_a_number(paper: Path) -> None:
    with (paper / "docs" / "why.md").open("a") as why:
        why.write("\n## The price\n\n[first](#the-price) [second](#the-price-1) [third](#the-price-2)\n")
    assert list(dead_links(paper)) == ["docs/why.md:9: why.md has no heading #the-price-2"]
