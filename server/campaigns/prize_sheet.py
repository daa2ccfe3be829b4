"""A campaign's prizes as a sheet: what `popshot prize import` reads is what `popshot prize export` writes.

The columns stand in the order of `COLUMNS`, the prizes from the cheapest on, those of one value by their first name.
Pictures are in no sheet. A key is what the campaign's file calls the prize; for one without, it is made from the name.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.ledger import THE_PROGRAM
from prizes.prize import Prize, PrizeKind, Release, prizes_of
from prizes.sheets.columns import Columns, Row
from prizes.sheets.faults import Faults
from prizes.sheets.write import Cell
from prizes.stock import Stock, add_prize, restock
from prizes.ways.ladder import add_step, steps_of
from server.campaigns.campaign import Campaign
from server.campaigns.prize_cells import DOWNLOADS, LANGUAGES, MOST_KEY, NAMES, READERS, write_cents
from server.campaigns.publish import lock_unsealed
from server.campaigns.release_cells import BadCell, Opening, read_releases, write_releases

ROOM_FOR_NUMBER = len("-1234567")
REQUIRED = ("key", "kind", "value")
LIMITS = ("currency", "per_player", "per_day", "per_hour", "unlimited", "units", "score")
COUNTED = ("free", "reserved", "awarded", "withdrawn")
COLUMNS = ("key", "kind", *NAMES, "value", *LIMITS, *DOWNLOADS, "releases", *COUNTED)
READ = Columns(REQUIRED, (*NAMES, *LIMITS, *DOWNLOADS, "releases"), COUNTED)


class Counts(Protocol):
    """How many units of a prize are where."""

    @property
    def received(self) -> int: ...


@dataclass(frozen=True)
class PrizeLine:
    """A line that was read: the prize to be, its first stock, its steps of the ladder and its releases."""

    line: int
    key: str
    prize: dict[str, Any]
    units: int
    scores: tuple[int, ...]
    releases: tuple[Opening, ...]


def read_prizes(rows: Iterable[Row], zone: ZoneInfo, faults: Faults) -> list[PrizeLine]:
    """Every line that can be read; what is wrong with the others is among the faults."""
    lines: list[PrizeLine] = []
    line_of: dict[str, int] = {}
    for row in rows:
        line = _read_line(row, zone, faults)
        if line is None:
            continue
        if line.key in line_of:
            faults.add(row.line, f"key: {line.key} is that of line {line_of[line.key]}")
        line_of.setdefault(line.key, row.line)
        lines.append(line)
    return lines


def _read_line(row: Row, zone: ZoneInfo, faults: Faults) -> PrizeLine | None:
    before = faults.count
    read = {"releases": lambda cell: read_releases(cell, zone), **READERS}
    cells: dict[str, Any] = {}
    for name, reader in read.items():
        try:
            cells[name] = reader(row.cells.get(name, "").strip())
        except BadCell as bad:
            faults.add(row.line, f"{name}: {bad}")
    if faults.count > before:
        return None
    line = _line_of(row.line, cells)
    for sentence in _contradictions(line):
        faults.add(row.line, sentence)
    return line if faults.count == before else None


def _line_of(line: int, cells: dict[str, Any]) -> PrizeLine:
    names, downloads = ({language: cells[f"{part}_{language}"] for language in LANGUAGES if cells[f"{part}_{language}"]}
                        for part in ("name", "download"))
    prize = {name: cells[name] for name in ("kind", "currency", "per_player", "per_day", "per_hour")}
    prize |= {"names": names, "downloads": downloads, "value_cents": cells["value"],
              "is_unlimited": cells["unlimited"]}
    return PrizeLine(line, cells["key"], prize, cells["units"], cells["score"], cells["releases"])


def _contradictions(line: PrizeLine) -> Iterable[str]:
    """What each cell may say, but not all of them together."""
    kind, released = line.prize["kind"], sum(release.units for release in line.releases)
    if not line.prize["names"]:
        yield f"the prize needs a name in one of {', '.join(NAMES)}"
    if line.prize["is_unlimited"] and kind not in (PrizeKind.DOWNLOAD, PrizeKind.BADGE):
        yield f"unlimited: a {kind} costs something each time; only a download or a badge is unlimited"
    if line.prize["is_unlimited"] and (line.units or released):
        yield "units: an unlimited prize has neither units nor releases"
    if line.prize["downloads"] and kind != PrizeKind.DOWNLOAD:
        yield f"{DOWNLOADS[0]}: a {kind} has no download"
    if kind == PrizeKind.VOUCHER and line.units:
        yield "units: a voucher prize's units come with its codes; write 0, then run: popshot prize codes import"
    if kind != PrizeKind.VOUCHER and released > line.units:
        yield f"releases: {released} units are released, but there are {line.units}"


def import_prizes(session: Session, campaign: Campaign, lines: Sequence[PrizeLine], now: datetime,
                  by: str = THE_PROGRAM) -> list[Prize]:
    """Add the prizes of a sheet to a campaign, inside the caller's transaction.

    Raises SealedCampaign, nobody publishes it before the transaction ends; BadSheet for a key that a prize of the
    campaign has already.
    """
    lock_unsealed(session, campaign.slug)
    _require_new(session, campaign, lines)
    return [_add(session, campaign.id, line, now, by) for line in lines]


def _require_new(session: Session, campaign: Campaign, lines: Iterable[PrizeLine]) -> None:
    there, faults = {prize.key for prize in prizes_of(session, campaign.id)}, Faults()
    for line in lines:
        if line.key in there:
            faults.add(line.line, f"key: {campaign.slug} has a prize {line.key} already")
    faults.raise_any()


def _add(session: Session, campaign_id: str, line: PrizeLine, now: datetime, by: str) -> Prize:
    prize = add_prize(session, Prize(campaign_id=campaign_id, key=line.key, created_at=now, **line.prize))
    if line.units:
        restock(session, prize.id, line.units, now, "opening_stock", by)
    for score in line.scores:
        add_step(session, campaign_id, score, prize.id)
    session.add_all(Release(prize_id=prize.id, number=number, units=opening.units, opens_at=opening.opens_at,
                            closes_at=opening.closes_at, at_hits=opening.at_hits)
                    for number, opening in enumerate(line.releases, start=1))
    return prize


def export_prizes(session: Session, campaign: Campaign,
                  counted: Callable[[Stock], Counts] = lambda stock: stock) -> list[list[Cell]]:
    """The prizes of a campaign as rows of `COLUMNS`; `counted` tells what of a stock may be told. Reads."""
    stocked = session.execute(select(Prize, Stock).join(Stock, Stock.prize_id == Prize.id)
                              .where(Prize.campaign_id == campaign.id)).all()
    ordered = sorted(stocked, key=lambda pair: (pair[0].value_cents, pair[0].name(""), pair[0].id))
    keys = _keys_of([prize for prize, _ in ordered])
    zone, steps = ZoneInfo(campaign.timezone), steps_of(session, campaign.id)
    rows: list[list[Cell]] = []
    for key, (prize, stock) in zip(keys, ordered, strict=True):
        releases = session.scalars(select(Release).where(Release.prize_id == prize.id).order_by(Release.number))
        scores = "; ".join(str(step.score) for step in steps if step.prize_id == prize.id)
        cells = {"key": key, "score": scores, "releases": write_releases(list(releases), zone),
                 **_prize_cells(prize, counted(stock))}
        rows.append([cells[name] for name in COLUMNS])
    return rows


def _prize_cells(prize: Prize, stock: Counts) -> dict[str, Cell]:
    """What of a prize is sold by codes, or has no end, comes without units: see `_contradictions`."""
    is_counted = prize.kind != PrizeKind.VOUCHER and not prize.is_unlimited
    texts = {f"{part}_{language}": texts.get(language) for language in LANGUAGES
             for part, texts in (("name", prize.names), ("download", prize.downloads))}
    return {
        **texts, "kind": prize.kind.value, "value": write_cents(prize.value_cents), "currency": prize.currency,
        "per_player": prize.per_player, "per_day": prize.per_day, "per_hour": prize.per_hour,
        "unlimited": "yes" if prize.is_unlimited else "no", "units": stock.received if is_counted else 0,
        **{shelf: getattr(stock, shelf) for shelf in COUNTED},
    }  # fmt: skip


def _keys_of(prizes: Sequence[Prize]) -> list[str]:
    """The key of each prize; one without gets its name in plain letters, with a number when another has that."""
    taken = {prize.key for prize in prizes}
    keys: list[str] = []
    for prize in prizes:
        key = prize.key or next(key for key in keys_like(prize.name("")) if key not in taken)
        taken.add(key)
        keys.append(key)
    return keys


def keys_like(name: str) -> Iterable[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:MOST_KEY - ROOM_FOR_NUMBER] or "prize"
    return chain([stem], (f"{stem}-{number}" for number in count(2)))
