"""The `popshot` command: run it, migrate it, and rule on what waits for a person."""

import secrets
import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from server.cli_awards import award_group
from server.cli_campaigns import campaign_group
from server.cli_codes import codes_group
from server.cli_comments import comment_group
from server.cli_forecast import simulate
from server.cli_later import draw_group, standings_group
from server.cli_legal import legal_group
from server.cli_playable import playable
from server.cli_prizes import prize_group
from server.cli_rehearsal import test_group
from server.cli_rounds import round_group
from server.cli_sheets import export_awards_, export_prizes_, import_prizes_
from server.cli_staff import staff_group
from server.cli_stock import STOCK_COMMANDS
from server.config import BadConfig, load_config
from server.errors import Problem
from server.keys import BadKeys
from server.migrate import make_folder, upgrade
from server.run import serve
from server.runner import give_lease_back, run_all_due
from server.shell import Shell


@click.group()
@click.pass_context
def popshot(context: click.Context) -> None:
    """Popshot: promotional mini-games with real prizes."""
    context.obj = Shell(load_config())


@popshot.command()
@click.pass_obj
def migrate(shell: Shell) -> None:
    """Bring the database up to this version's schema."""
    shell.say_database()
    make_folder(shell.config.database_url)
    upgrade(shell.database.engine)
    click.echo("migrated")


@popshot.command()
@click.option("--demo", is_flag=True, help="Seed the demo campaign when the database has no campaign yet.")
@click.pass_obj
def run(shell: Shell, *, demo: bool) -> None:
    """Migrate and serve on one machine; ends with Ctrl-C."""
    serve(shell.config, demo=demo)


campaign_group.add_command(simulate)
@popshot.command("run-due")
@click.pass_obj
def run_due_(shell: Shell) -> None:
    """Do what time asks for: expiries, closes, draws, purges. A running server does it by itself."""
    holder = secrets.token_hex(8)
    with shell.session() as session:
        try:
            is_done = run_all_due(session, shell.terms, holder, shell.now)
        finally:
            give_lease_back(session, holder, shell.now())
    click.echo("done" if is_done else "a running server does this already; nothing was left to do here")


for group in (campaign_group, round_group, prize_group, award_group, comment_group, staff_group,
              standings_group, draw_group, legal_group):
    popshot.add_command(group)
for command in (import_prizes_, export_prizes_, codes_group, *STOCK_COMMANDS):
    prize_group.add_command(command)
award_group.add_command(export_awards_)

campaign_group.add_command(test_group)
popshot.add_command(playable)


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
