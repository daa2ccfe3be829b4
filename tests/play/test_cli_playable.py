"""`popshot playable`, as an operator types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from server.cli_playable import playable
from server.db import Database
from tests.rehearsal.test_cli import Shell


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(("words", "said"), [
    ("nobody --out {}/x.html", "There is no campaign 'nobody'"),
    ("boss --lang xx --out {}/x.html", "does not speak 'xx'; it speaks en"),
    ("boss --out {}/no/x.html", "cannot be written"),
    ("boss --source a&b --out {}/x.html", "is not a word"),
])
def test_what_cannot_be_made_is_refused_with_a_sentence(database: Database, tmp_path: Path, words: str,
                                                        said: str) -> None:
    refused = CliRunner().invoke(playable, words.format(tmp_path).split(), obj=Shell(database))
    assert refused.exit_code == 2
    assert said in refused.output
    assert list(tmp_path.glob("**/x.html")) == []
