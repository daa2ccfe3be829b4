"""`popshot desk`: let a moderator in."""

import click

from server.backoffice.staff_pass import VALID_FOR, make_pass
from server.shell import Refusal, Shell, Word

SIGNED_BY_MACHINES = ("rules", "operator")


@click.group("desk")
def desk_group() -> None:
    """The moderators' desk."""


@desk_group.command()
@click.option("--name", type=Word(), required=True, help="Who comes in; signs what that person rules.")
@click.pass_obj
def link(shell: Shell, name: str) -> None:
    """Print a link that lets one person in for twelve hours. Who has the link is that person: hand it over safely."""
    if name in SIGNED_BY_MACHINES:
        raise Refusal(f"{name} signs what no moderator ruled; take another name.")
    until = shell.now() + VALID_FOR
    click.echo(f"valid until {until:%Y-%m-%d %H:%M} UTC; whoever opens it is {name}", err=True)
    click.echo(f"{shell.config.public_url}/backoffice/enter#{make_pass(shell.keys.desk, name, until)}")
