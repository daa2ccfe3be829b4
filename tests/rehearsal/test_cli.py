"""`popshot campaign test`, as an operator types it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from click.testing import CliRunner, Result

from prizes.way import BadSettings
from prizes.ways.ladder import Ladder
from server.cli_rehearsal import test_group as commands
from server.config import Config
from server.db import Database
from server.keys import Keys
from tests.rehearsal.scene import CONFIG, KEYS, Scene
from tests.rig.clock import NOON

Popshot = Callable[..., Result]


@dataclass
class Shell:
    """What server/cli.py hands to commands."""

    database: Database
    config: Config = CONFIG
    keys: Keys = KEYS

    def __post_init__(self) -> None:
        self.session = self.database.sessions
        self.now = lambda: NOON


@pytest.fixture
def popshot(scene: Scene) -> Popshot:
    """`popshot("start", "spring")` runs `popshot campaign test start spring`."""
    return lambda *words: CliRunner().invoke(commands, words, obj=Shell(scene.database))


def test_starting_prints_the_link_to_share_and_showing_prints_it_again(popshot: Popshot) -> None:
    started = popshot("start", "spring")
    assert re.fullmatch(r"http://localhost:8000/rehearsal/[0-9a-f]{32}/c/spring\n", started.output)
    assert popshot("show", "spring").output == started.output


def test_stopping_says_that_nothing_is_left(popshot: Popshot, scene: Scene) -> None:
    popshot("start", "spring")
    assert popshot("stop", "spring").output == "spring is out of test mode; nothing of it is left\n"
    assert scene.places() == []
    assert popshot("start", "spring").exit_code == 0


@pytest.mark.parametrize(("words", "sentence"), [
    (("show", "spring"), "spring is not in test mode."),
    (("show", "autumn"), "autumn is not in test mode."),
    (("stop", "spring"), "spring is not in test mode."),
    (("start", "autumn"), "There is no campaign 'autumn'."),
    (("start", "boss"), "boss is published: only a draft can be rehearsed."),
])
def test_what_cannot_be_is_one_sentence(popshot: Popshot, words: tuple[str, ...], sentence: str) -> None:
    refused = popshot(*words)
    assert refused.exit_code == 2
    assert refused.output == f"Error: {sentence}\n"


def test_a_way_that_cannot_be_set_up_is_named(popshot: Popshot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BadSettings("ladder step 1 has no score")

    monkeypatch.setattr(Ladder, "set_up", refuse)
    assert popshot("start", "spring").output == "Error: spring cannot be rehearsed: ladder step 1 has no score.\n"
