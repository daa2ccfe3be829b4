"""`popshot campaign simulate`: a table, a picture, refusals in a sentence."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from click.testing import CliRunner, Result

from prizes.forecast import Forecast
from server.campaigns.foresee import foresee
from server.campaigns.load_draft import load_draft
from server.campaigns.seed_demo import seed_demo
from server.cli_forecast import simulate
from server.db import Database
from tests.campaigns.drafts import TOYS_FILE, read
from tests.campaigns.test_cli_campaigns import Shell
from tests.rig.app import add_campaign, calm_config, terms_of
from tests.rig.clock import NOON


@pytest.fixture
def shell(database: Database) -> Shell:
    """The demo, open for ever, and a campaign without prizes."""
    with database.sessions() as session:
        seed_demo(session, terms_of, NOON)
    add_campaign(database, "bare")
    return Shell(database, calm_config())


def run(shell: Shell, *words: str) -> Result:
    return CliRunner().invoke(simulate, words, obj=shell)


def test_each_prize_is_a_line_of_the_table(shell: Shell) -> None:
    told = run(shell, "boss", "--players", "500", "--campaigns", "50", "--days", "10").output
    assert "left over" in told
    blaster = next(line for line in told.splitlines() if line.startswith("The Mighty Blaster"))
    assert blaster.split()[3] == "10"
    assert told.splitlines()[-2].startswith("rounds")
    assert told.splitlines()[-1].startswith("at the very most, whoever plays: ")


def test_each_community_step_is_a_line_that_says_how_often_it_is_reached(shell: Shell) -> None:
    with shell.database.sessions() as session:
        load_draft(session, read((TOYS_FILE.parent / "fair.toml").read_bytes()), NOON)
    told = run(shell, "fair", "--players", "100", "--campaigns", "20", "--days", "3").output
    assert "200,000 hits by all together: reached in 0.0%\n400,000 hits by all together: reached in 0.0%\n" in told
    assert "hits by all" not in run(shell, "boss", "--players", "100", "--campaigns", "20", "--days", "3").output


def test_the_picture_has_a_row_a_prize_and_is_well_formed(shell: Shell, tmp_path: Path) -> None:
    picture = tmp_path / "forecast.svg"
    assert run(shell, "boss", "--players", "500", "--campaigns", "20", "--days", "3",
               "--picture", str(picture)).exit_code == 0
    drawn = Xml.fromstring(picture.read_text("utf-8"))
    assert len(drawn.findall("{http://www.w3.org/2000/svg}g")) == 5


def test_the_database_is_let_go_of_while_campaigns_are_played(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL ends a transaction that waits too long."""
    held = list[int]()
    in_use = shell.database.engine.pool.checkedout  # type: ignore[attr-defined]

    def foresee_and_look(*wishes: Any) -> Forecast:
        held.append(in_use())
        return foresee(*wishes)

    monkeypatch.setattr("server.cli_forecast.foresee", foresee_and_look)
    assert run(shell, "boss", "--players", "5", "--campaigns", "10", "--days", "1").exit_code == 0
    assert held == [0]


@pytest.mark.parametrize(("words", "sentence"), [
    (["bare", "--players", "5"], "bare has no prize that could run out."),
    (["nowhere", "--players", "5"], "There is no campaign 'nowhere'."),
    (["boss", "--players", "5", "--mix", "1,2"], "--mix must be 4 numbers"),
    (["boss", "--players", "5", "--mix", "a,b,c,d"], "--mix must be 4 numbers"),
    (["boss", "--players", "0"], "Invalid value for '--players'"),
])  # fmt: skip
def test_an_odd_wish_is_refused_in_a_sentence(shell: Shell, words: list[str], sentence: str) -> None:
    refused = run(shell, *words)
    assert (refused.exit_code, sentence in refused.output) == (2, True)
