"""The few files that visitors load are what today's modules make, and are served only while that is true."""

import json
from pathlib import Path

from server.static_files import DIST, MADE, PAGES, page_scripts
from tools.bundle import make_bundle


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_committed_files_are_what_the_modules_make_today(tmp_path: Path) -> None:
    make_bundle(tmp_path)
    assert contents(DIST) == contents(tmp_path), "run: make bundle"


def test_visitors_get_the_made_files_while_they_match_and_the_modules_when_they_do_not(tmp_path: Path) -> None:
    for page, script in page_scripts().items():
        assert script.address == f"/static/game/dist/{page}.js"
        assert all((DIST / Path(address).name).is_file() for address in script.imports)
    stale = {**json.loads((DIST / MADE).read_text()), "sources": "0" * 64}
    (tmp_path / MADE).write_text(json.dumps(stale))
    for folder in (tmp_path, tmp_path / "nothing"):
        assert {page: script.address for page, script in page_scripts(folder).items()} == {
            page: f"/static/game/{page}.js" for page in PAGES}


def test_no_page_needs_more_than_six_files_of_script() -> None:
    assert max(1 + len(script.imports) for script in page_scripts().values()) <= 6
