"""The page of a prize: its figures, its plan, its ledger."""

from flask import request

from prizes.ledger import Move
from prizes.planned import is_planned
from server.backoffice.access import current_asker
from server.backoffice.page import office_locale, office_page, say
from server.backoffice.rights import Right
from server.backoffice.staff.person import names_of
from server.backoffice.stock.area import figure_bar
from server.backoffice.stock.forms import AlertForm
from server.backoffice.stock.ledger_page import ledger_page, read_place
from server.backoffice.stock.low_stock import Stocked
from server.backoffice.stock.plan import plan_and_truth
from server.backoffice.stock.plan_picture import draw_plan
from server.backoffice.words import office_texts
from server.clock import utc_now
from server.db import current_session


def prize_page(stocked: Stocked, alert: AlertForm) -> str:
    """`alert` may be one with faults."""
    session, move, before = current_session(), _asked_move(), read_place(request.args.get("before", ""))
    page = ledger_page(session, stocked.prize.id, move=move, before=before, until=stocked.figures.until)
    seen = plan_and_truth(session, stocked.prize, stocked.campaign, stocked.figures, utc_now())
    return office_page("stock/prize.html", here="stock", stocked=stocked, page=page, move=move, moves=Move, seen=seen,
                       names=names_of(session, {line.by for line in page.lines}), is_earlier=before is not None,
                       reasons={line.reason: _reason_in_words(line.reason) for line in page.lines},
                       plan=draw_plan(seen, say("stock.plan")), shares=figure_bar, alert=alert, **rights(stocked))


def rights(stocked: Stocked) -> dict[str, object]:
    """What the asker may do with a prize, and the sentence that says why nobody may move its units."""
    asker, brand_id = current_asker(), stocked.campaign.brand_id
    fixed = _fixed_because(stocked)
    may_stock, may_export = asker.may(Right.STOCK, brand_id), asker.may(Right.EXPORT, brand_id)
    return {"may_stock": may_stock, "may_move": may_stock and not fixed, "may_export": may_export, "fixed": fixed}


def _fixed_because(stocked: Stocked) -> str:
    if stocked.is_endless:
        return say("stock.has_no_end")
    return say("stock.cannot_move") if is_planned(current_session(), stocked.prize.id) else ""


def _reason_in_words(reason: str) -> str:
    """A ledger's word in the page's language; one of an operator's choice as it is."""
    key = f"stock.reason.{reason}"
    return say(key) if key in office_texts().of(office_locale()) else reason.replace("_", " ")


def _asked_move() -> Move | None:
    """The kind of move to which the ledger is narrowed; anything else is all."""
    return next((move for move in Move if move == request.args.get("move")), None)
