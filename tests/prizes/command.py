"""`popshot prize` and `popshot award` on a test's database, as an operator types them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from server.cli import popshot
from server.db import Database
from server.keys import Keys, derive_keys
from tests.rig.app import MASTER
from tests.rig.clock import NOON

Command = Callable[..., Result]


@dataclass
class CommandShell:
    """What server/cli.py hands to commands."""

    database: Database
    keys: Keys = field(default_factory=lambda: derive_keys(MASTER))

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.database.sessions() as session:
            yield session

    def now(self) -> datetime:
        return NOON


def command_on(database: Database) -> Command:
    """Call it with the words of a command."""
    def run(*words: str) -> Result:
        group = popshot.commands[words[0]]
        return CliRunner().invoke(group, words[1:], obj=CommandShell(database), prog_name=f"popshot {words[0]}")

    return run
