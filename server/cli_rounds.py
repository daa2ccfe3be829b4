"""`popshot round`: what waits for a look, and the ruling on it."""

import click

from server.fairplay.review import waiting_reviews
from server.play.round import Round
from server.play.rule_on_round import reject_round, release_round
from server.play.watch_replay import look_key
from server.shell import Kept, Shell, by_option


@click.group("round")
def round_group() -> None:
    """Rounds that were held for a person."""


@round_group.command()
@click.pass_obj
def review(shell: Shell) -> None:
    """List the rounds that wait for a ruling, the oldest first."""
    with shell.session() as session:
        waiting = waiting_reviews(session)
        for look in waiting:
            round_ = session.get_one(Round, look.round_id)
            link = f"{shell.config.public_url}/r/{round_.id}?look={look_key(shell.keys.look, round_.id)}"
            click.echo(f"{round_.id}  {look.asked_at:%Y-%m-%d %H:%M}  {round_.score:>6} points  "
                       f"{round_.hits} hits of {round_.shots}  {round_.verdict}  {', '.join(look.signs)}  {link}")
        click.echo(f"{len(waiting)} waiting")


@round_group.command()
@click.argument("round_id")
@by_option
@click.pass_obj
def release(shell: Shell, round_id: str, by: str) -> None:
    """Accept a round: it ranks and its prizes can be claimed."""
    with shell.session() as session:
        awards = release_round(session, round_id, by, shell.terms, shell.now())
    click.echo(f"released; {len(awards)} award(s) can be claimed now")


@round_group.command()
@click.argument("round_id")
@click.option("--reason", type=Kept(200), required=True, help="Why; staff read it, the player does not.")
@by_option
@click.pass_obj
def reject(shell: Shell, round_id: str, reason: str, by: str) -> None:
    """Reject a round: it does not rank and its prizes go back to stock."""
    with shell.session() as session:
        returned = reject_round(session, round_id, reason, by, shell.now())
    click.echo(f"rejected; {returned} prize(s) went back to stock")
