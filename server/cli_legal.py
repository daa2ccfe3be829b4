"""`popshot legal`: what only the legal role may read."""

import logging
from pathlib import Path

import click

from server.clock import rfc3339
from server.comments.contribution import SealedForAnother, open_contributions
from server.comments.reporter import open_reporters
from server.keys import LEGAL_FILE, public_half, read_key
from server.shell import Refusal, Shell, by_option

log = logging.getLogger(__name__)


@click.group("legal")
def legal_group() -> None:
    """The contribution log, which the law asks for and nobody else may read."""


@legal_group.command()
@click.argument("comment_id")
@click.option("--key", "path", type=click.Path(path_type=Path), help="The legal role's private key, where it is kept.")
@by_option
@click.pass_obj
def show(shell: Shell, comment_id: str, path: Path | None, by: str) -> None:
    """Tell who wrote each revision of a comment, when and from where; and who reported it, as far as they said."""
    private = _private_key(path or Path(shell.config.storage.keys) / LEGAL_FILE)
    with shell.session() as session:
        log.warning("at %s %s opened the contribution log of comment %s", rfc3339(shell.now()), by, comment_id)
        try:
            found = list(open_contributions(session, comment_id, private))
            reporters = list(open_reporters(session, comment_id, private))
        except SealedForAnother as closed:
            raise Refusal(f"This key does not open it: {closed}.") from None
    if not found and not reporters:
        raise Refusal(f"Nothing is kept about a comment {comment_id!r}; it goes after a year.")
    for one in found:
        port = "unknown (behind a proxy)" if one["port"] is None else one["port"]
        click.echo(f"{one['comment_id']} revision {one['revision']}  {one['at']}  address {one['address']}"
                   f"  port {port}  player {one['player_id']}")
    for reporter in reporters:
        click.echo(f"report {reporter.report_id}  {rfc3339(reporter.at)}  {reporter.reason}"
                   f"  name {reporter.name!r}  email {reporter.email!r}")


def _private_key(path: Path) -> bytes:
    """Raises Refusal when it is not there, BadKeys when it is none."""
    if not path.exists():
        raise Refusal(f"The legal role's key is not at {path}; name its file with --key.")
    private = read_key(path)
    public_half(private, path)
    return private
