"""What staff do with a prize's stock: when it runs low, units in and out, a reason erased."""

from flask import Response, request

from server.backoffice.access import current_asker, require_fresh
from server.backoffice.acts.act import tell_act
from server.backoffice.page import done, office_page, say
from server.backoffice.rights import Right
from server.backoffice.stock.area import AREA, bp, figure_bar, prize_to
from server.backoffice.stock.forms import AlertForm, MoveForm
from server.backoffice.stock.ledger_page import find_line
from server.backoffice.stock.low_stock import Stocked, set_alert
from server.backoffice.stock.move_stock import Deed, MadeBefore, Moved, MoveRefused, erase_note, move_stock
from server.backoffice.stock.prize_page import prize_page
from server.clock import utc_now
from server.db import current_session, write_beside
from server.errors import Problem


@bp.post("/<prize_id>/alert")
def set_level(prize_id: str) -> Response | tuple[str, int]:
    stocked, form = prize_to(Right.STOCK, prize_id), AlertForm.of_request()
    if not form.validate():
        return prize_page(stocked, form), 422
    tell_act(brand_id=stocked.campaign.brand_id, subject=("prize", prize_id), before={"percent": stocked.percent},
             after={"percent": form.number})
    set_alert(current_session(), prize_id, form.number)
    return done(say("stock.level_set", percent=form.number), f"{AREA}/{prize_id}")


@bp.route("/<prize_id>/restock", methods=["GET", "POST"])
def restock(prize_id: str) -> Response | tuple[str, int]:
    return _move_page(Deed.RESTOCK, prize_id)


@bp.route("/<prize_id>/correct", methods=["GET", "POST"])
def correct(prize_id: str) -> Response | tuple[str, int]:
    prize_to(Right.STOCK, prize_id)
    require_fresh()
    return _move_page(Deed.CORRECT, prize_id)


@bp.route("/<prize_id>/withdraw", methods=["GET", "POST"])
def withdraw(prize_id: str) -> Response | tuple[str, int]:
    return _move_page(Deed.WITHDRAW, prize_id)


def _move_page(deed: Deed, prize_id: str) -> Response | tuple[str, int]:
    stocked = prize_to(Right.STOCK, prize_id)
    form = MoveForm.of_request(deed=deed)
    if request.method == "POST" and form.validate():
        try:
            return _carry_out(stocked, form)
        except MoveRefused as refusal:
            form.units.errors = [*form.units.errors, say(refusal.key, **refusal.places)]
    page = office_page("stock/move.html", here="stock", stocked=stocked, form=form, deed=deed, shares=figure_bar)
    return page, 422 if request.method == "POST" else 200


def _carry_out(stocked: Stocked, form: MoveForm) -> Response:
    """Raises MoveRefused. What was done before is told like what is done now, and leaves no second trace."""
    order = form.order(stocked.prize.id, current_asker().by)
    tell_act(brand_id=stocked.campaign.brand_id, subject=("prize", stocked.prize.id), why=order.why)
    try:
        moved = move_stock(current_session(), order, utc_now(), _tell_moved)
    except MadeBefore:
        write_beside(current_session(), None)
        return done(say("stock.made_before"), f"{AREA}/{stocked.prize.id}")
    sentence = say(f"stock.{form.deed}.done", units=order.units, free=moved.after.free)
    return done(sentence, f"{AREA}/{stocked.prize.id}")


def _tell_moved(moved: Moved) -> None:
    tell_act(before=moved.before.counts(), after=moved.after.counts())


@bp.post("/<prize_id>/notes/<entry_id>/erase")
def erase_reason(prize_id: str, entry_id: str) -> Response:
    stocked = prize_to(Right.STOCK, prize_id)
    if find_line(current_session(), prize_id, entry_id) is None:
        raise Problem("not_found", "There is nothing at this address.")
    tell_act(brand_id=stocked.campaign.brand_id, subject=("prize", prize_id), after={"entry": entry_id})
    erase_note(current_session(), entry_id)
    return done(say("stock.reason_erased"), f"{AREA}/{prize_id}")
