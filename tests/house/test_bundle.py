"""The one file that visitors load is what today's modules make, and is served only while that is true."""

from pathlib import Path

import pytest

from server import static_files
from server.static_files import BUNDLE, bundle_header, game_script
from tools.bundle import make_bundle


def test_the_committed_bundle_is_what_the_modules_make_today() -> None:
    assert BUNDLE.read_bytes() == make_bundle(), "run: make bundle"


def test_visitors_get_the_bundle_while_it_matches_and_the_modules_when_it_does_not(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert game_script() == "/static/game/dist/game.js"
    stale = tmp_path / "game.js"
    stale.write_bytes(bundle_header("0" * 64) + b"boss()")
    monkeypatch.setattr(static_files, "BUNDLE", stale)
    assert game_script() == "/static/game/main.js"
