"""The `popshot` command: run it, migrate it, and rule on what waits for a person."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from server.campaigns.seed_demo import seed_demo
from server.cli_comments import comment_group
from server.cli_prizes import award_group, prize_group
from server.cli_rounds import round_group
from server.clock import system_clock
from server.config import BadConfig, Config, load_config
from server.db import Database, open_database
from server.errors import Problem
from server.keys import BadKeys, Keys, load_keys
from server.migrate import is_migrated, upgrade

ROOT = Path(__file__).resolve().parent.parent


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
        say_database(self.config)
        if not database_file_is_there(self.config) or not is_migrated(self.database.engine):
            raise click.UsageError("this database is not migrated; run: popshot migrate")
        with self.database.sessions() as session:
            yield session


def say_database(config: Config) -> None:
    """Tell on stderr which database is read, without its password."""
    address = make_url(config.database_url).render_as_string(hide_password=True)
    click.echo(f"database: {address}", err=True)


def database_file(config: Config) -> Path | None:
    """The file of an embedded database, None for one on a server."""
    url = make_url(config.database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def database_file_is_there(config: Config) -> bool:
    """False before the first migration of an embedded database; merely connecting would make an empty file."""
    file = database_file(config)
    return file is None or file.exists()


def make_folder(config: Config) -> None:
    """Make the folder of the embedded database, which only its owner may read."""
    file = database_file(config)
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


@click.group()
@click.pass_context
def popshot(context: click.Context) -> None:
    """Popshot: promotional mini-games with real prizes."""
    context.obj = Cli(load_config())


@popshot.command()
@click.pass_obj
def migrate(cli: Cli) -> None:
    """Bring the database up to this version's schema."""
    say_database(cli.config)
    make_folder(cli.config)
    upgrade(cli.database.engine)
    click.echo("migrated")


@popshot.command()
@click.option("--demo", is_flag=True, help="Seed the demo campaign when the database has no campaign yet.")
@click.pass_obj
def run(cli: Cli, *, demo: bool) -> None:
    """Migrate and serve on one machine; ends with Ctrl-C."""
    say_database(cli.config)
    make_folder(cli.config)
    upgrade(cli.database.engine)
    _ = cli.keys  # made here, before any worker asks for them
    if demo:
        with cli.database.sessions() as session:
            seed_demo(session, cli.now())
    cli.database.engine.dispose()
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"])  # noqa: S606


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
