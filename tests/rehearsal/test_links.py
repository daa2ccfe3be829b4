"""No page and no script forgets that it may be in a rehearsal: every link within begins at the root."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "server" / "templates").glob("*.html"))
SCRIPTS = sorted(file for file in (ROOT / "static" / "game").rglob("*.js") if "dist" not in file.parts)
# Files are the same in every world; pictures are named by their content.
BARE_LINK = re.compile(r"""(?:(?:href|action)=|(?:href: |fetch\(|assign\(|replace\())["'`]/(?!static/|pictures/)""")


def test_the_check_sees_a_bare_link() -> None:
    for bare in ('<a href="/me">', "make('a', { href: `/r/${id}` })", "fetch(`/c/x`)", '<form action="/claim">'):
        assert BARE_LINK.search(bare), bare
    for fine in ('<a href="{{ root }}/me">', "{ href: `${root}/r/` }", 'href="/static/a.css"', "fetch(`/pictures/`)"):
        assert not BARE_LINK.search(fine), fine


@pytest.mark.parametrize("file", PAGES + SCRIPTS, ids=lambda file: file.name)
def test_every_link_within_begins_at_the_root(file: Path) -> None:
    assert BARE_LINK.findall(file.read_text()) == []
