"""`popshot campaign test`: a draft is played for real, in a world that is thrown away."""

import click

from prizes.way import BadSettings
from server.campaigns.campaign import find_campaign
from server.rehearsal.start import NoRehearsal, start_rehearsal, throw_away_rehearsal
from server.rehearsal.world import root_of, terms_of
from server.shell import Refusal, Shell


@click.group("test")
def test_group() -> None:
    """Test mode: play a draft against stock, figures and secrets of its own. Publishing throws them away."""


@test_group.command()
@click.argument("slug")
@click.pass_obj
def start(shell: Shell, slug: str) -> None:
    """Put a draft into test mode as it is now, open from this moment; prints the link to share."""
    with shell.session() as session:
        try:
            token = start_rehearsal(session, shell.database, slug,
                                    lambda token: terms_of(shell.config, shell.keys, token), shell.now())
        except NoRehearsal as refusal:
            raise Refusal(str(refusal)) from None
        except BadSettings as flaw:
            raise Refusal(f"{slug} cannot be rehearsed: {flaw}.") from None
    click.echo(_link(shell, token, slug))


@test_group.command()
@click.argument("slug")
@click.pass_obj
def show(shell: Shell, slug: str) -> None:
    """Print the link of a campaign in test mode."""
    with shell.session() as session:
        campaign = find_campaign(session, slug)
    if campaign is None or campaign.rehearsal_token is None:
        raise Refusal(f"{slug} is not in test mode.")
    click.echo(_link(shell, campaign.rehearsal_token, slug))


@test_group.command()
@click.argument("slug")
@click.pass_obj
def stop(shell: Shell, slug: str) -> None:
    """End test mode and throw away everything that was played in it."""
    with shell.session() as session:
        if not throw_away_rehearsal(session, shell.database, slug):
            raise Refusal(f"{slug} is not in test mode.")
    click.echo(f"{slug} is out of test mode; nothing of it is left")


def _link(shell: Shell, token: str, slug: str) -> str:
    return f"{shell.config.public_url}{root_of(token)}/c/{slug}"
