"""`popshot award`: what was won, and what staff say of it after the claim."""

import click
from sqlalchemy import select

from prizes.award import Award, AwardState
from prizes.prize import Prize
from prizes.staff_word import mark_sent, revoke_award
from server.cli_prizes import within
from server.db import transaction
from server.shell import Refusal, Shell, Word


@click.group("award")
def award_group() -> None:
    """Awards: this prize to this round."""


@award_group.command("list")
@click.option("--campaign", "slug", help="Of this campaign only.")
@click.option("--state", type=click.Choice([state.value for state in AwardState]), help="In this state only.")
@click.option("--most", type=click.IntRange(1, 100_000), default=100, show_default=True)
@click.pass_obj
def list_awards(shell: Shell, slug: str | None, state: str | None, most: int) -> None:
    """List awards, the newest first."""
    with shell.session() as session:
        wanted = within(session, Award, slug)
        if state is not None:
            wanted.append(Award.state == AwardState(state))
        awards = select(Award, Prize).join(Prize, Prize.id == Award.prize_id).where(*wanted)
        rows = session.execute(awards.order_by(Award.awarded_at.desc(), Award.id).limit(most)).all()
    for award, prize in rows:
        click.echo(f"{award.id}  {award.awarded_at:%Y-%m-%d %H:%M}  {award.state:<9}  {award.way}  "
                   f"round {award.round_id}  {prize.name('en')}")
    click.echo(f"{len(rows)} listed")


@award_group.command()
@click.argument("award_id")
@click.pass_obj
def sent(shell: Shell, award_id: str) -> None:
    """Note that a claimed prize is on its way."""
    with shell.session() as session, transaction(session):
        if not mark_sent(session, award_id):
            raise Refusal(f"Award {award_id} is not claimed, or was sent before.")
    click.echo("sent")


@award_group.command()
@click.argument("award_id")
@click.option("--reason", type=Word(), required=True, help="A word; the ledger keeps it for ever.")
@click.option("--by", type=Word(), default="operator", show_default=True, help="Who does it, as a word.")
@click.pass_obj
def revoke(shell: Shell, award_id: str, reason: str, by: str) -> None:
    """Take an award back; its unit is free again, a voucher whose code was shown is withdrawn."""
    with shell.session() as session, transaction(session):
        if not revoke_award(session, award_id, reason, by, shell.now()):
            raise Refusal(f"There is no award {award_id} to take back.")
    click.echo("revoked")
