"""`popshot prize codes`: bring voucher codes in, and count them. Nothing here prints a code."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.import_codes import CODE_COLUMNS, SealedCodes, StoredMeanwhile, store_codes
from prizes.prize import Prize, PrizeKind
from prizes.sheets.faults import BadSheet, Faults, Stop
from prizes.sheets.read_csv import read_csv
from prizes.stock import Stock
from prizes.vouchers import count_codes
from server.campaigns.campaign import Campaign, Phase
from server.cli_prizes import refuse_move
from server.cli_sheets import FILE, refuse_sheet
from server.db import transaction
from server.shell import Refusal, Shell

STEP = 10_000  # rows between two looks at the bar
MOST_AT_PLAY = 50_000  # codes: a second or two

Item = TypeVar("Item")


@click.group("codes")
def codes_group() -> None:
    """The codes of a voucher prize."""


@codes_group.command("import")
@click.argument("prize_id")
@click.argument("file", type=FILE)
@click.option("--now", "at_once", is_flag=True, help="Also where nobody else can write meanwhile, and people play.")
@click.pass_obj
def import_(shell: Shell, prize_id: str, file: Path, *, at_once: bool) -> None:
    """Import the codes in the column `code` of a CSV file, all or none, as units of PRIZE_ID."""
    with shell.session() as session, SealedCodes(shell.keys.vouchers, prize_id) as codes:
        _require_voucher(session.get(Prize, prize_id), prize_id)
        session.rollback()  # a million lines take longer to read than PostgreSQL lets an idle transaction wait
        try:
            faults = Faults()
            _read(file, codes, faults)
            codes.tell_doubles(session, faults)
            faults.raise_any()
            if not at_once:
                _refuse_at_play(session, len(codes), shell)
            with transaction(session), _bar("storing", len(codes)) as bar:
                refuse_move(session, prize_id, len(codes))
                store_codes(session, codes, _watched(codes, bar), shell.now())
        except BadSheet as bad:
            raise refuse_sheet(bad) from None
        except StoredMeanwhile:
            raise Refusal("Another import stored some of these codes at the same moment; nothing of this one was "
                          "kept. Import it again to see which.") from None
        stock = session.get_one(Stock, prize_id)
    click.echo(f"{len(codes)} codes imported; {stock.received} received in all, {stock.free} free")


@codes_group.command("show")
@click.argument("prize_id")
@click.pass_obj
def show(shell: Shell, prize_id: str) -> None:
    """Count the codes of PRIZE_ID. No command lists them."""
    with shell.session() as session:
        _require_voucher(session.get(Prize, prize_id), prize_id)
        left, handed_out, withdrawn = count_codes(session, prize_id)
    click.echo(f"{left} left, {handed_out} handed out, {withdrawn} withdrawn")


def _refuse_at_play(session: Session, codes: int, shell: Shell) -> None:
    """SQLite has one writer: storing a million codes takes half a minute, and a wave is late after 20 seconds."""
    if codes <= MOST_AT_PLAY or session.get_bind().dialect.name != "sqlite":
        return
    campaigns = session.scalars(select(Campaign))
    playing = [campaign.slug for campaign in campaigns if campaign.phase(shell.now()) == Phase.OPEN]
    session.rollback()
    if playing:
        raise Refusal(f"Nobody else could write while {codes} codes are stored, and people play {playing[0]}: import "
                      f"them when nothing is open, in files of {MOST_AT_PLAY}, or with --now.")


def _require_voucher(prize: Prize | None, prize_id: str) -> None:
    if prize is None:
        raise Refusal(f"There is no prize {prize_id}.")
    if prize.kind != PrizeKind.VOUCHER:
        raise Refusal(f"Prize {prize_id} is a {prize.kind}; only a voucher prize has codes.")


def _read(file: Path, codes: SealedCodes, faults: Faults) -> None:
    """Seal the codes of a file; what is wrong with it is among the faults."""
    try:
        with file.open("rb") as opened, _bar("reading", os.fstat(opened.fileno()).st_size) as bar:
            sheet = read_csv(opened, CODE_COLUMNS, faults)
            click.echo(f"read as {sheet.encoding}", err=True)
            codes.read(_watched(sheet.rows, bar, opened), faults)
    except Stop:
        return
    if not codes and not faults.count:
        faults.add(2, "there is no code under the header")


def _bar(label: str, length: int) -> Any:
    """A progress bar on stderr; only its label where nobody watches."""
    return click.progressbar(length=length, label=label, file=sys.stderr)


def _watched(items: Iterable[Item], bar: Any, file: BinaryIO | None = None) -> Iterator[Item]:
    """The same items, while the bar moves on by their number, or by the bytes of a file that were read for them."""
    done = number = 0
    for number, item in enumerate(items, start=1):
        if number % STEP == 0:
            at = number if file is None else file.tell()
            bar.update(at - done)
            done = at
        yield item
    bar.update((number if file is None else file.tell()) - done)
