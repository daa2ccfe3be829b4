"""Files that staff take away: a prize's ledger, a campaign's list of prizes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import Response, current_app, request
from sqlalchemy.orm import Session, sessionmaker

from prizes.sheets.write import Cell
from prizes.stock import Stock
from server.backoffice.access import campaign_to, require_fresh
from server.backoffice.acts.act import tell_act
from server.backoffice.page import office_page, say
from server.backoffice.rights import Right
from server.backoffice.staff.person import names_of
from server.backoffice.stock.area import AREA, bp, prize_to
from server.backoffice.stock.figures import Figures, figures_of
from server.backoffice.stock.ledger_page import ledger_page
from server.backoffice.stream_table import Sheet, stream_table
from server.campaigns.campaign import Campaign
from server.campaigns.prize_sheet import COLUMNS, export_prizes
from server.clock import utc_now
from server.db import current_session

LINES_AT_ONCE = 2_000
LEDGER_COLUMNS = ("at", "move", "from", "to", "units", "reason", "by", "why", "award_id", "line_id")


@bp.get("/<prize_id>/export")
def export_page(prize_id: str) -> str:
    """Where a file is asked for: the second factor is asked for before, so that nothing is lost on the way."""
    stocked = prize_to(Right.EXPORT, prize_id)
    require_fresh()
    return office_page("stock/export.html", here="stock", name=stocked.prize.name, back=f"{AREA}/{prize_id}",
                       address=f"{AREA}/{prize_id}/export", title=say("stock.export_ledger"), kinds=("csv",),
                       until=stocked.figures.until)


@bp.post("/<prize_id>/export")
def export_ledger(prize_id: str) -> Response:
    stocked = prize_to(Right.EXPORT, prize_id)
    require_fresh()
    tell_act(brand_id=stocked.campaign.brand_id, subject=("prize", prize_id))
    sessions = current_app.extensions["popshot_database"].sessions
    rows = _ledger_rows(sessions, prize_id, stocked.figures.until)
    return stream_table(Sheet.CSV, f"ledger-{prize_id}", LEDGER_COLUMNS, rows)


@bp.get("/campaigns/<slug>/export")
def export_list_page(slug: str) -> str:
    campaign = campaign_to(Right.EXPORT, slug)
    require_fresh()
    return office_page("stock/export.html", here="stock", name=campaign.title, back=f"{AREA}/campaigns/{slug}",
                       address=f"{AREA}/campaigns/{slug}/export", title=say("stock.export_list"),
                       kinds=("csv", "xlsx"), until=None)


@bp.post("/campaigns/<slug>/export")
def export_list(slug: str) -> Response:
    campaign = campaign_to(Right.EXPORT, slug)
    require_fresh()
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id))
    rows = _list_rows(current_session(), campaign, utc_now())
    sheet = Sheet.XLSX if request.form.get("kind") == Sheet.XLSX else Sheet.CSV
    return stream_table(sheet, f"prizes-{campaign.slug}", COLUMNS, rows)


def _list_rows(session: Session, campaign: Campaign, now: datetime) -> list[list[Cell]]:
    """The list with the counts that staff may see."""

    def counted(stock: Stock) -> Figures:
        return figures_of(session, [stock.prize_id], now)[stock.prize_id]

    return export_prizes(session, campaign, counted)


def _ledger_rows(sessions: sessionmaker[Session], prize_id: str, until: datetime | None) -> Iterator[Sequence[Cell]]:
    """The ledger, the newest line first; each page is a short read of its own, so whoever reads slowly stops nobody."""
    before = None
    while True:
        with sessions() as session:
            page = ledger_page(session, prize_id, before=before, until=until, lines=LINES_AT_ONCE)
            names = names_of(session, {line.by for line in page.lines})
        for line in page.lines:
            yield (line.at.isoformat(timespec="seconds"), line.move, line.source, line.target, line.units, line.reason,
                   names.get(line.by, line.by), page.notes.get(line.id, ""), line.award_id, line.id)
        before = page.earlier
        if before is None:
            return
