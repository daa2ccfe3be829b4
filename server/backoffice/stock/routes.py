"""The stock desk: every unit accounted for."""

from collections.abc import Sequence

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.db import new_id
from server.backoffice.access import brands_to
from server.backoffice.page import office_page
from server.backoffice.rights import Right
from server.backoffice.stock import export_routes, job_routes, move_routes  # noqa: F401  (they add to the blueprint)
from server.backoffice.stock.area import bp, figure_bar, prize_to
from server.backoffice.stock.forms import AlertForm
from server.backoffice.stock.low_stock import low_stock
from server.backoffice.stock.overview import campaigns_of, overview_of
from server.backoffice.stock.prize_page import prize_page
from server.campaigns.brand import Brand
from server.clock import utc_now
from server.db import current_session

__all__ = ["bp"]


@bp.get("")
def overview() -> str:
    brand_ids, session, now = brands_to(Right.SEE), current_session(), utc_now()
    campaigns = campaigns_of(session, brand_ids)
    chosen = next((one for one in campaigns if one.slug == request.args.get("campaign")), None)
    low, only_low = low_stock(session, brand_ids, now), request.args.get("show") == "low"
    page = overview_of(session, brand_ids, now, slug=chosen.slug if chosen else None,
                       before=request.args.get("before", ""))
    return office_page("stock/overview.html", here="stock", prizes=low if only_low else page.prizes,
                       earlier=None if only_low else page.earlier, campaigns=campaigns, chosen=chosen, low=low,
                       only_low=only_low, shares=figure_bar, once=new_id, brands=_brands(session, brand_ids))


def _brands(session: Session, brand_ids: Sequence[str]) -> Sequence[Brand]:
    return session.scalars(select(Brand).where(Brand.id.in_(brand_ids)).order_by(Brand.name)).all()


@bp.get("/<prize_id>")
def prize(prize_id: str) -> str:
    return prize_page(prize_to(Right.SEE, prize_id), AlertForm())
