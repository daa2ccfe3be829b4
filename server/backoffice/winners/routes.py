"""The winners desk: who won what, and what became of it."""

from flask import Response, make_response, request

from server.backoffice.access import brands_to
from server.backoffice.page import office_page
from server.backoffice.rights import Right
from server.backoffice.winners import act_routes, export_routes
from server.backoffice.winners.desk import award_to, bp, read_ids
from server.backoffice.winners.pack import parcels_to_pack
from server.backoffice.winners.pages import award_page, overview_page
from server.db import current_session

__all__ = ["act_routes", "bp", "export_routes"]


@bp.get("/backoffice/winners")
def overview() -> Response:
    brands_to(Right.SEE)
    return overview_page(request.args)


@bp.get("/backoffice/winners/<award_id>")
def show(award_id: str) -> Response:
    return award_page(*award_to(Right.SEE, award_id))


@bp.get("/backoffice/winners/packing")
def packing() -> Response:
    brands_to(Right.SERVE)
    parcels = parcels_to_pack(current_session(), request.args, read_ids(request.args))
    return make_response(office_page("winners/packing.html", here="winners", parcels=parcels))
