"""`popshot prize` and `popshot award`: what there is to win, and what was won."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from prizes.audit import audit
from prizes.award import Award
from prizes.prize import Prize, PrizeKind
from prizes.stock import Stock, add_prize
from prizes.units import UnitsAreCodes, receive_units
from prizes.ways.ladder import LadderStep, add_step
from server.campaigns.campaign import Campaign, find_campaign
from server.campaigns.picture import keep_picture
from server.campaigns.prize_cells import MOST_CAP, read_address
from server.campaigns.publish import SealedCampaign, lock_unsealed, require_movable
from server.campaigns.redraw import MOST_BYTES, BadPicture, Redrawn, redraw
from server.campaigns.release_cells import BadCell
from server.db import transaction
from server.errors import Problem
from server.shell import Refusal, Shell

NAME = re.compile(r"([a-z]{2})=(.+)")
MOST_UNITS = 1_000_000


class Local(click.ParamType[tuple[str, str]]):
    """`en=Foam dart`: a language and what there is in it."""

    def __init__(self, what: str, example: str) -> None:
        self.name, self.what, self.example = f"lang={what}", what, example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        match = NAME.fullmatch(str(value))
        if match is None or not match[2].strip():
            raise Refusal(f"{value!r} is not a {self.what} with its language, like {self.example}.")
        return match[1], match[2].strip()


UNITS = click.IntRange(1, MOST_UNITS)
CAP = click.IntRange(1, MOST_CAP)
Pairs = tuple[tuple[str, str], ...]


@click.group("prize")
def prize_group() -> None:
    """Prizes and their stock."""


@prize_group.command("add")
@click.option("--campaign", "slug", required=True, help="The campaign's slug.")
@click.option("--name", "names", type=Local("name", "en=Sticker"), multiple=True, required=True,
              help="en=Sticker; repeatable.")
@click.option("--kind", type=click.Choice([kind.value for kind in PrizeKind]), default="parcel", show_default=True)
@click.option("--value-cents", type=click.IntRange(0, 100_000_000), required=True, help="In cents of EUR.")
@click.option("--per-player", type=click.IntRange(1, 1000), default=1, show_default=True)
@click.option("--per-day", type=CAP, help="The most that all together win in one of the campaign's days.")
@click.option("--per-hour", type=CAP, help="The same in an hour.")
@click.option("--unlimited", is_flag=True, help="A download or a badge that never runs out.")
@click.option("--picture", "pictures", type=Local("picture's file", "en=cap.png"), multiple=True, help="Repeatable.")
@click.option("--download", "downloads", type=Local("download's address", "en=/static/poster.svg"), multiple=True,
              help="An https address, or a path of this site; repeatable.")
@click.option("--units", type=click.IntRange(0, MOST_UNITS), default=0, show_default=True, help="First stock.")
@click.option("--score", type=click.IntRange(0, 10_000_000), help="The ladder's step that wins it.")
@click.pass_obj
def add(shell: Shell, /, *, slug: str, units: int, score: int | None, pictures: Pairs, **choices: Any) -> None:
    """Add a prize to a campaign; prints its id."""
    prize = _read_choices(units=units, **choices)
    redrawn = {language: _redraw(Path(file)) for language, file in pictures}
    now = prize.created_at = shell.now()
    with shell.session() as session, transaction(session):
        campaign = _lock_unsealed(session, slug)
        prize.campaign_id = campaign.id
        prize.pictures = {language: keep_picture(session, drawn, now) for language, drawn in redrawn.items()}
        add_prize(session, prize)
        if units:
            _receive(session, prize.id, units, now, "opening_stock")
        if score is not None:
            add_step(session, campaign.id, score, prize.id)
    click.echo(prize.id)


def _read_choices(*, names: Pairs, kind: str, unlimited: bool, units: int, downloads: Pairs, **numbers: Any) -> Prize:
    """The prize that the options describe.

    Raises Refusal where they contradict each other.
    """
    if unlimited and kind not in (PrizeKind.DOWNLOAD, PrizeKind.BADGE):
        raise Refusal(f"A {kind} costs something each time; only a download or a badge is unlimited.")
    if unlimited and units:
        raise Refusal("An unlimited prize has no units.")
    if downloads and kind != PrizeKind.DOWNLOAD:
        raise Refusal(f"A {kind} has no download.")
    try:
        addresses = {language: read_address(address) for language, address in downloads}
    except BadCell as bad:
        raise Refusal(f"{bad}.") from None
    return Prize(names=dict(names), kind=PrizeKind(kind), is_unlimited=unlimited, downloads=addresses, **numbers)


def _redraw(file: Path) -> Redrawn:
    try:
        with file.open("rb") as upload:
            return redraw(upload.read(MOST_BYTES + 1))
    except BadPicture as bad:
        raise Refusal(f"{file}: {bad}") from None
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from None


def _receive(session: Session, prize_id: str, units: int, now: datetime, reason: str) -> None:
    try:
        if not receive_units(session, prize_id, units, now, reason):
            raise Refusal(f"There is no prize {prize_id}.")
    except UnitsAreCodes as refusal:
        raise Refusal(f"{refusal}.") from None


@prize_group.command("list")
@click.option("--campaign", "slug", help="Of this campaign only.")
@click.pass_obj
def list_prizes(shell: Shell, slug: str | None) -> None:
    """List prizes with what is free, reserved, awarded and withdrawn."""
    with shell.session() as session:
        stocked = (select(Prize, Stock).join(Stock, Stock.prize_id == Prize.id)
                   .where(*within(session, Prize, slug)).order_by(Prize.created_at, Prize.id))
        rows = session.execute(stocked).all()
        steps = session.scalars(select(LadderStep).where(*within(session, LadderStep, slug))).all()
    for prize, stock in rows:
        scores = ", ".join(str(step.score) for step in steps if step.prize_id == prize.id)
        click.echo(f"{prize.id}  {prize.name('en')}, {prize.value_cents / 100:.2f} {prize.currency}, "
                   f"from {scores or 'no'} points: {stock.received} received = {stock.free} free + "
                   f"{stock.reserved} reserved + {stock.awarded} awarded + {stock.withdrawn} withdrawn")
    click.echo(f"{len(rows)} listed")


@prize_group.command("audit")
@click.pass_obj
def audit_(shell: Shell) -> None:
    """Compare counters, ledger, awards and claims; exit code 1 when they disagree."""
    with shell.session() as session:
        found = audit(session)
    for odd in found:
        click.echo(f"{odd.subject_id}  {odd.what}: {odd.expected} expected, {odd.found} found")
    if found:
        click.echo(f"the books disagree in {len(found)} place(s)", err=True)
        raise SystemExit(1)
    click.echo("the books agree")


def get_campaign(session: Session, slug: str) -> Campaign:
    """The campaign of a slug, a draft too.

    Raises Refusal.
    """
    campaign = find_campaign(session, slug)
    if campaign is None:
        raise Refusal(f"There is no campaign {slug!r}.")
    return campaign


def _lock_unsealed(session: Session, slug: str) -> Campaign:
    """The campaign of a slug, whose prizes may still change; nobody publishes it before the transaction ends.

    Raises Refusal.
    """
    try:
        return lock_unsealed(session, slug)
    except Problem as problem:
        raise Refusal(problem.detail) from None
    except SealedCampaign as error:
        raise Refusal(str(error)) from None


def refuse_move(session: Session, prize_id: str, units: int) -> None:
    """First of all in a transaction that moves stock and is no award's; it would gain so many units at most.

    Raises Refusal.
    """
    try:
        require_movable(session, prize_id, units)
    except SealedCampaign as error:
        raise Refusal(str(error)) from None


def within(session: Session, table: type[Prize | Award | LadderStep],
           slug: str | None) -> list[ColumnElement[bool]]:
    """The condition that a row is of one campaign, when one is named."""
    return [] if slug is None else [table.campaign_id == get_campaign(session, slug).id]
