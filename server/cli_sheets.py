"""`popshot prize import|export` and `popshot award export`: tables in and out, as CSV or XLSX."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from prizes.award import AwardState
from prizes.sheets.faults import BadSheet, Faults, Stop
from prizes.sheets.read import is_xlsx, read_sheet
from prizes.sheets.write import Cell, TooManyLines, write_csv, write_xlsx
from server.campaigns.award_sheet import AWARD_COLUMNS, export_awards
from server.campaigns.prize_sheet import (
    COLUMNS,
    READ,
    PrizeLine,
    export_prizes,
    import_prizes,
    read_prizes,
)
from server.campaigns.publish import SealedCampaign
from server.cli_prizes import get_campaign
from server.db import transaction
from server.shell import Refusal, Shell

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
MARK = "\ufeff"  # without it spreadsheets take UTF-8 for Windows-1252
out_option = click.option("--out", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), required=True,
                          help="A .csv or .xlsx file, or - for CSV on the screen. A file is replaced.")
campaign_option = click.option("--campaign", "slug", required=True, help="The campaign's slug.")


@click.command("import")
@click.argument("file", type=FILE)
@campaign_option
@click.pass_obj
def import_prizes_(shell: Shell, file: Path, slug: str) -> None:
    """Add the prizes of a CSV or XLSX file to a campaign, all or none; prints each key with its id."""
    with shell.session() as session:
        campaign = get_campaign(session, slug)
        try:
            lines = _read_prizes(file, ZoneInfo(campaign.timezone))
            with transaction(session):
                prizes = import_prizes(session, campaign, lines, shell.now())
        except BadSheet as bad:
            raise refuse_sheet(bad) from None
        except SealedCampaign as refusal:
            raise Refusal(str(refusal)) from None
    for line, prize in zip(lines, prizes, strict=True):
        click.echo(f"{line.key}  {prize.id}")
    click.echo(f"{len(prizes)} imported")


def _read_prizes(file: Path, zone: ZoneInfo) -> list[PrizeLine]:
    """Raises BadSheet."""
    faults = Faults()
    lines: list[PrizeLine] = []
    try:
        with file.open("rb") as opened:
            told, rows = read_sheet(file, opened, READ, faults)
            click.echo(f"read as {told}", err=True)
            lines = read_prizes(rows, zone, faults)
            if not lines and not faults.count:
                faults.add(2, "there is no prize under the header")
    except Stop:
        pass
    faults.raise_any()
    return lines


@click.command("export")
@campaign_option
@out_option
@click.pass_obj
def export_prizes_(shell: Shell, slug: str, out: Path) -> None:
    """Write a campaign's prizes as `prize import` reads them, with what is free, reserved, awarded, withdrawn."""
    with shell.session() as session:
        rows = export_prizes(session, get_campaign(session, slug))
    write_table(out, COLUMNS, rows)


@click.command("export")
@campaign_option
@out_option
@click.option("--state", type=click.Choice([state.value for state in AwardState]), help="In this state only.")
@click.pass_obj
def export_awards_(shell: Shell, slug: str, out: Path, state: str | None) -> None:
    """Write a campaign's awards, the oldest first, with whom to send them to. Codes are in no export."""
    with shell.session() as session:
        campaign = get_campaign(session, slug)
        write_table(out, AWARD_COLUMNS, export_awards(session, campaign.id, AwardState(state) if state else None))


def refuse_sheet(bad: BadSheet) -> Refusal:
    """What is wrong with a file, line by line, and that nothing of it was kept."""
    more = bad.count - len(bad.faults)
    told = [f"{fault}." for fault in bad.faults] + ([f"…and {more} more."] if more else [])
    return Refusal("\n".join([*told, f"{bad.count} fault(s), so nothing was imported."]))


def write_table(out: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table to a file, which only its owner may read: it may hold people's addresses."""
    if str(out) == "-":
        write_csv(sys.stdout, columns, rows)
        return
    if out.suffix.lower() not in (".csv", ".xlsx"):
        raise Refusal(f"{out.name} ends neither in .csv nor in .xlsx.")
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600, exist_ok=False)
        count = _write_draft(draft, columns, rows, as_xlsx=is_xlsx(out))
        draft.replace(out)
    except TooManyLines as refusal:
        raise Refusal(str(refusal)) from None
    except OSError as error:
        raise Refusal(f"{out} cannot be written: {error.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"{count} written to {out}", err=True)


def _write_draft(draft: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, as_xlsx: bool) -> int:
    if as_xlsx:
        return write_xlsx(draft, columns, rows)
    with draft.open("w", encoding="utf-8", newline="") as stream:
        stream.write(MARK)
        return write_csv(stream, columns, rows)
