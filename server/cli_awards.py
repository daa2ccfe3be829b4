"""`popshot award`: what was won, and what staff say of it after the claim."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState
from prizes.prize import Prize
from prizes.staff_word import Said, mark_sent, revoke_award, who_revoked, who_sent
from server.cli_prizes import within
from server.cli_stock import by_option
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
@by_option
@click.pass_obj
def sent(shell: Shell, award_id: str, by: str) -> None:
    """Note that a claimed prize is on its way. Once: a repeat tells who noted it."""
    with shell.session() as session, transaction(session):
        told = "sent"
        if not mark_sent(session, award_id, by, shell.now()):
            told = _told_before(session, award_id, AwardState.SENT, who_sent(session, award_id))
    click.echo(told)


@award_group.command()
@click.argument("award_id")
@click.option("--reason", type=Word(), required=True, help="A word; the ledger keeps it for ever.")
@by_option
@click.pass_obj
def revoke(shell: Shell, award_id: str, reason: str, by: str) -> None:
    """Take an award back; its unit is free again, a voucher whose code was shown is withdrawn. Once: a repeat tells
    who did it.
    """
    with shell.session() as session, transaction(session):
        told = "revoked"
        if not revoke_award(session, award_id, reason, by, shell.now()):
            told = _told_before(session, award_id, AwardState.REVOKED, who_revoked(session, award_id))
    click.echo(told)


def _told_before(session: Session, award_id: str, wanted: AwardState, said: Said | None) -> str:
    """What to tell of an award that is as it was wanted before; one that is not is refused."""
    award = session.get(Award, award_id, populate_existing=True)
    if award is None:
        raise Refusal(f"There is no award {award_id}.")
    if award.state != wanted:
        raise Refusal(f"Award {award_id} is {award.state}; it cannot become {wanted}.")
    who = f" by {said.by} at {said.at:%Y-%m-%d %H:%M} UTC" if said else ""
    return f"{wanted} before{who}; nothing has changed"
