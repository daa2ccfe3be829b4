"""`popshot comment`: the queue, a person's ruling on a comment, and the counts of a year."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from server.cli_sheets import out_option, write_table
from server.comments.comment import CommentState, find_comment
from server.comments.desk_lines import Line, desk_lines
from server.comments.learn import TooLittle, learn
from server.comments.queue import measure_waiting, read_alarms, read_all_waiting
from server.comments.rule_on_comment import REASONS, rule_on_comment, seen_of
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.score import FILE, save_model
from server.comments.settle_appeal import settle_appeal
from server.comments.yearly import YEARLY_COLUMNS, yearly_counts
from server.shell import Refusal, Shell, by_option

MOST = 100
NOBODY = ""  # the list is the same for everybody


@click.group("comment")
def comment_group() -> None:
    """Comments that wait for a person."""


def _why(**choice: Any) -> Callable[[Any], Any]:
    words = click.Choice([str(reason) for reason in REASONS])
    return click.option("--reason", type=words, help="Why; the author is told.", **choice)


@comment_group.command()
@click.pass_obj
def queue(shell: Shell) -> None:
    """List what waits for a ruling, the oldest first: 100 of it at most."""
    with shell.session() as session:
        page = read_all_waiting(session, MOST)
        for line in desk_lines(session, page.lines, NOBODY, shell.now(), blind=False):
            click.echo(_as_text(line))
        waiting, _ = measure_waiting(session)
    click.echo(f"{waiting} waiting" + (f", {MOST} shown" if page.next else ""))


@comment_group.command()
@click.pass_obj
def alarms(shell: Shell) -> None:
    """List comments in which a reader sees a danger to life; the exit code is 1 while there are any."""
    with shell.session() as session:
        waiting = read_alarms(session)
        for line in desk_lines(session, waiting, NOBODY, shell.now(), blind=False):
            click.echo(_as_text(line))
    click.echo(f"{len(waiting)} open")
    click.get_current_context().exit(1 if waiting else 0)


@comment_group.command()
@click.argument("comment_id")
@by_option
@click.pass_obj
def publish(shell: Shell, comment_id: str, by: str) -> None:
    """Make a comment public."""
    _rule(shell, comment_id, Ruling(Decision.PUBLISH, Reason.FINE), by)


@comment_group.command()
@click.argument("comment_id")
@_why(required=True)
@by_option
@click.pass_obj
def refuse(shell: Shell, comment_id: str, reason: str, by: str) -> None:
    """Refuse a comment; a public one disappears."""
    _rule(shell, comment_id, Ruling(Decision.REFUSE, Reason(reason)), by)


@comment_group.command()
@click.argument("comment_id")
@_why(default=str(Reason.OTHER), show_default=True)
@by_option
@click.pass_obj
def hold(shell: Shell, comment_id: str, reason: str, by: str) -> None:
    """Take a comment back into the queue; a public one disappears."""
    _rule(shell, comment_id, Ruling(Decision.HOLD, Reason(reason)), by)


@comment_group.command()
@click.option("--year", type=click.IntRange(2000, 9998), required=True, help="Which one, in UTC.")
@out_option
@click.pass_obj
def yearly(shell: Shell, year: int, out: Path) -> None:
    """Count a year's notices, restrictions and appeals, as the Digital Services Act asks."""
    with shell.session() as session:
        rows = yearly_counts(session, year)
    write_table(out, YEARLY_COLUMNS, rows)


@comment_group.command("learn")
@click.pass_obj
def learn_(shell: Shell) -> None:
    """Learn from what people ruled how to sort the desk's queue (desk.order in config.toml); it decides nothing."""
    path = Path(shell.config.storage.data) / FILE
    with shell.session() as session:
        try:
            learned = learn(session)
        except TooLittle as refusal:
            raise Refusal(f"{refusal}.") from None
    try:
        save_model(learned.model, path)
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror}.") from None
    click.echo(f"{path}: learned from {learned.published} published and {learned.refused} refused comments; "
               f"of two that it did not know it put the refused one first in {learned.share:.0%}")


def _rule(shell: Shell, comment_id: str, ruling: Ruling, by: str) -> None:
    with shell.session() as session:
        seen = find_comment(session, comment_id)
        if seen is None:
            raise click.UsageError(f"There is no comment {comment_id!r}; `popshot comment queue` lists what waits.")
        if ruling.decision == Decision.HOLD and not seen.may_change:
            raise Refusal(f"This comment is {seen.state}: there is nothing to hold; publish it or let it stand.")
        is_ruled = (settle_appeal(session, seen_of(seen), ruling, by, shell.now()) is not None
                    if seen.state == CommentState.APPEALED else rule_on_comment(session, seen, ruling, by, shell.now()))
        if not is_ruled:
            raise click.ClickException("Somebody else ruled on this comment at the same moment; look again.")
    click.echo(f"{comment_id}: {ruling.decision} ({ruling.reason}) by {by}")


def _as_text(line: Line) -> str:
    """One line of the queue. The text is quoted by repr: what was typed must not steer the terminal."""
    comment, reports = line.comment, ", ".join(sorted(set(line.reports)))
    told = f"  reported: {reports}" if reports else ""
    return (f"{comment.id}  {comment.posted_at:%Y-%m-%d %H:%M}  {comment.state} ({comment.reason})"
            f"  {comment.text!r}{told}")
