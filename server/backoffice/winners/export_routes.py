"""Taking the list away as a file: who does shows a second factor again, and it is told."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, make_response, request
from wtforms import RadioField
from wtforms.validators import InputRequired

from server.backoffice.access import brands_to, require_fresh
from server.backoffice.acts.act import tell_act
from server.backoffice.form import OfficeForm
from server.backoffice.page import office_page
from server.backoffice.rights import Right
from server.backoffice.stream_table import Sheet, stream_table
from server.backoffice.winners.act_routes import query_filters
from server.backoffice.winners.desk import Reach, bp, reach
from server.backoffice.winners.export import COLUMNS, CONTACT, count_awards, export_rows
from server.backoffice.winners.filter_form import FilterForm, chosen_campaign, filter_form, query_of, wanted_by
from server.backoffice.winners.list_awards import Wanted
from server.clock import utc_now
from server.db import current_session


class ExportForm(OfficeForm):
    """How the file is written."""

    kind = RadioField(default=Sheet.CSV, validators=[InputRequired()])

    def __init__(self, formdata: Any = None, **more: Any) -> None:
        super().__init__(formdata, **more)
        self.kind.choices = [(kind, kind.upper()) for kind in Sheet]


@bp.get("/backoffice/winners/export")
def export_page() -> Response:
    brands_to(Right.EXPORT)
    require_fresh()
    return _page(ExportForm(), request.args)


@bp.post("/backoffice/winners/export")
def export() -> Response:
    brands_to(Right.EXPORT)
    require_fresh()
    form, filters = ExportForm.of_request(), query_filters()
    session = current_session()
    found = reach(session).only(Right.EXPORT)
    asked = filter_form(session, found, filters)
    if not form.validate() or not asked.validate() or not _is_of_one_brand(found, asked):
        return _page(form, filters, status=422)
    wanted, kind = wanted_by(session, found, asked), Sheet(form.kind.data)
    rows = count_awards(session, wanted)
    campaign = chosen_campaign(found, asked)
    brand_id = campaign.brand_id if campaign else found.asker.brands(Right.EXPORT)[0]
    tell_act(brand_id=brand_id, subject=("campaign", campaign.id) if campaign else ("brand", brand_id or ""),
             after={"rows": rows, "kind": kind, "contacts": _has_contact(found, wanted), **_words(asked)},
             texts={"search": asked.q.data or ""})
    name = f"winners-{campaign.slug if campaign else 'all'}-{utc_now():%Y-%m-%d}"
    return _file(found, wanted, kind, name)


def _page(form: ExportForm, args: Mapping[str, Any], status: int = 200) -> Response:
    session = current_session()
    found = reach(session).only(Right.EXPORT)
    asked = filter_form(session, found, args)
    is_valid = asked.validate()
    wanted = wanted_by(session, found, asked) if is_valid else None
    page = office_page("winners/export.html", here="winners", form=form, asked=asked, query=query_of(asked),
                       rows=count_awards(session, wanted) if wanted else 0, is_valid=is_valid,
                       is_of_one_brand=_is_of_one_brand(found, asked), campaigns=found.campaigns,
                       has_contact=wanted is not None and _has_contact(found, wanted))
    return make_response(page, status if is_valid else 422)


def _file(found: Reach, wanted: Wanted, kind: Sheet, name: str) -> Response:
    has_contact = _has_contact(found, wanted)
    slugs = {campaign.id: campaign.slug for campaign in found.campaigns}
    columns = [*COLUMNS, *CONTACT] if has_contact else COLUMNS
    sessions = current_app.extensions["popshot_database"].sessions
    rows = export_rows(sessions, wanted, slugs, with_contact=has_contact)
    return stream_table(kind, name, columns, rows)


def _has_contact(found: Reach, wanted: Wanted) -> bool:
    """Names and addresses go to whoever serves every campaign that is taken away."""
    return set(wanted.campaign_ids) <= found.ids(Right.SERVE)


def _is_of_one_brand(found: Reach, asked: FilterForm) -> bool:
    """A deed is told to one brand: who serves several takes a campaign away at a time."""
    return len(found.asker.brands(Right.EXPORT)) == 1 or chosen_campaign(found, asked) is not None


def _words(asked: FilterForm) -> dict[str, str]:
    """The filters that a deed may keep: ids, words and days."""
    named = {"prize": asked.prize.data, "way": asked.way.data, "state": asked.state.data}
    days = {name: asked[name].data.isoformat() for name in ("since", "until") if asked[name].data}
    return {**{name: value for name, value in named.items() if value}, **days}
