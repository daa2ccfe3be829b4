"""The `popshot` command: run it, migrate it, and rule on what waits for a person."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from server.cli_comments import comment_group
from server.cli_prizes import award_group, prize_group
from server.cli_rounds import round_group
from server.clock import system_clock
from server.config import BadConfig, Config, load_config
from server.db import Database, open_database
from server.errors import Problem
from server.keys import BadKeys, Keys, load_keys
from server.migrate import is_migrated, is_there, make_folder, upgrade
from server.run import serve


class Cli:
    """What every command shares: the settings, the secrets, and a database that is known to be migrated."""

    def __init__(self, config: Config) -> None:
        self.config = config

    @cached_property
    def keys(self) -> Keys:
        return load_keys(Path(self.config.storage.keys))

    @cached_property
    def database(self) -> Database:
        return open_database(self.config.database_url)

    @property
    def claim_days(self) -> int:
        return self.config.play.claim_days

    @property
    def public_url(self) -> str:
        return self.config.public_url

    def now(self) -> datetime:
        return system_clock()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session on the migrated database; refuses another one with exit code 2."""
        click.echo(f"database: {self.config.database_name}", err=True)
        if not is_there(self.config.database_url) or not is_migrated(self.database.engine):
            raise click.UsageError("this database is not migrated; run: popshot migrate")
        with self.database.sessions() as session:
            yield session


@click.group()
@click.pass_context
def popshot(context: click.Context) -> None:
    """Popshot: promotional mini-games with real prizes."""
    context.obj = Cli(load_config())


@popshot.command()
@click.pass_obj
def migrate(cli: Cli) -> None:
    """Bring the database up to this version's schema."""
    click.echo(f"database: {cli.config.database_name}", err=True)
    make_folder(cli.config.database_url)
    upgrade(cli.database.engine)
    click.echo("migrated")


@popshot.command()
@click.option("--demo", is_flag=True, help="Seed the demo campaign when the database has no campaign yet.")
@click.pass_obj
def run(cli: Cli, *, demo: bool) -> None:
    """Migrate and serve on one machine; ends with Ctrl-C."""
    serve(cli.config, demo=demo)


for group in (round_group, prize_group, award_group, comment_group):
    popshot.add_command(group)


def main() -> None:
    """Run the command; what cannot work is one sentence on stderr and exit code 2."""
    try:
        popshot()
    except (BadConfig, BadKeys, Problem) as refusal:
        click.echo(f"popshot: {refusal}", err=True)
        sys.exit(2)
    except SQLAlchemyError as error:
        click.echo(f"popshot: the database cannot be used: {str(error).splitlines()[0]}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
