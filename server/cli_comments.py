"""`popshot comment`: the queue, a person's ruling on a comment, and the counts of a year."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from server.cli_sheets import out_option, write_table
from server.comments.alarm import open_alarms
from server.comments.comment import Comment, CommentState, find_comment
from server.comments.rule_on_comment import REASONS, open_reports, rule_on_comment, seen_of, waiting_comments
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.settle_appeal import settle_appeal
from server.comments.yearly import YEARLY_COLUMNS, yearly_counts
from server.shell import Shell, by_option


@click.group("comment")
def comment_group() -> None:
    """Comments that wait for a person."""


def _why(**choice: Any) -> Callable[[Any], Any]:
    words = click.Choice([str(reason) for reason in REASONS])
    return click.option("--reason", type=words, help="Why; the author is told.", **choice)


@comment_group.command()
@click.pass_obj
def queue(shell: Shell) -> None:
    """List what waits for a ruling: held, hidden, appealed and reported ones, the oldest first."""
    with shell.session() as session:
        waiting = waiting_comments(session)
        for comment in waiting:
            click.echo(_line(session, comment))
    click.echo(f"{len(waiting)} waiting")


@comment_group.command()
@click.pass_obj
def alarms(shell: Shell) -> None:
    """List comments in which a reader sees a danger to life; the exit code is 1 while there are any."""
    with shell.session() as session:
        ids = open_alarms(session)
        for comment_id in ids:
            click.echo(_line(session, session.get_one(Comment, comment_id)))
    click.echo(f"{len(ids)} open")
    click.get_current_context().exit(1 if ids else 0)


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


def _rule(shell: Shell, comment_id: str, ruling: Ruling, by: str) -> None:
    with shell.session() as session:
        seen = find_comment(session, comment_id)
        if seen is None:
            raise click.UsageError(f"There is no comment {comment_id!r}; `popshot comment queue` lists what waits.")
        is_ruled = (settle_appeal(session, seen_of(seen), ruling, by, shell.now()) is not None
                    if seen.state == CommentState.APPEALED else rule_on_comment(session, seen, ruling, by, shell.now()))
        if not is_ruled:
            raise click.ClickException("Somebody else ruled on this comment at the same moment; look again.")
    click.echo(f"{comment_id}: {ruling.decision} ({ruling.reason}) by {by}")


def _line(session: Session, comment: Comment) -> str:
    """One line of the queue. The text is quoted by repr: what was typed must not steer the terminal."""
    reports = ", ".join(sorted({report.reason for report in open_reports(session, comment.id)}))
    told = f"  reported: {reports}" if reports else ""
    return (f"{comment.id}  {comment.posted_at:%Y-%m-%d %H:%M}  {comment.state} ({comment.reason})"
            f"  {comment.text!r}{told}")
