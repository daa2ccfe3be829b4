"""What every `popshot` command is handed: the settings, the secrets, the time, and a migrated database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from server.clock import system_clock
from server.comments.comment import THE_RULES
from server.config import Config
from server.db import Database, open_database
from server.keys import Keys, load_keys
from server.migrate import is_migrated, is_there
from server.play.terms import PlayTerms, make_terms


class Refusal(click.ClickException):
    """One sentence on stderr and exit code 2."""

    exit_code = 2


class Kept(click.ParamType[str]):
    """A text of 1 to `most` characters, which is what its column can keep on every database."""

    name = "text"

    def __init__(self, most: int) -> None:
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).strip()
        if not 0 < len(text) <= self.most:
            self.fail(f"{len(text)} characters; 1 to {self.most} can be kept.", param, ctx)
        return text


class Word(click.ParamType[str]):
    """A short stable word: what only grows keeps it for ever, so it must not hold what somebody typed freely."""

    name = "word"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", str(value)):
            raise Refusal(f"{value!r} is not a word of at most 32 of a-z, 0-9 and _, like maintenance.")
        return str(value)


class Signature(Kept):
    """Who signs a ruling: not the rules, for then a person's word would be stated as a machine's."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = super().convert(value, param, ctx)
        if name == THE_RULES:
            raise Refusal(f"{name} signs what no person ruled; take another name.")
        return name


by_option = click.option("--by", type=Signature(60), default="operator", show_default=True, help="Who rules.")


class Shell:
    """The object of click's context, the same for every command."""

    def __init__(self, config: Config) -> None:
        self.config = config

    @cached_property
    def keys(self) -> Keys:
        return load_keys(Path(self.config.storage.keys))

    @cached_property
    def terms(self) -> PlayTerms:
        return make_terms(self.config, self.keys)

    @cached_property
    def database(self) -> Database:
        return open_database(self.config.database_url)

    def now(self) -> datetime:
        return system_clock()

    def say_database(self) -> None:
        """Tell on stderr which database is read."""
        click.echo(f"database: {self.config.database_name}", err=True)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session on the migrated database; refuses another one with exit code 2."""
        self.say_database()
        if not is_there(self.config.database_url) or not is_migrated(self.database.engine):
            raise Refusal("this database is not migrated; run: popshot migrate")
        with self.database.sessions() as session:
            yield session
