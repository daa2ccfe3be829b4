"""Who did what, from where, and why: the log of acts, looked through and taken away."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, make_response, request

from server.backoffice.access import brands_to, require_fresh
from server.backoffice.acts.act import tell_act
from server.backoffice.audit.ask import read_asked, read_form, sent_by_address, zone_of
from server.backoffice.audit.changes import shown
from server.backoffice.audit.export_acts import ACT_COLUMNS, export_acts
from server.backoffice.audit.lines import lines_of
from server.backoffice.audit.read_acts import Page, find_act, read_acts
from server.backoffice.page import office_locale, office_page
from server.backoffice.rights import Right
from server.backoffice.stream_table import Sheet, stream_table
from server.backoffice.words import office_texts
from server.clock import utc_now
from server.comments.place import read_cursor
from server.db import current_session
from server.errors import Problem
from server.wire import word_of

AREA = "/backoffice/audit"

bp = Blueprint("audit", __name__)


@bp.get(AREA)
def overview() -> Response:
    """The acts that are asked for, a page at a time."""
    brands, session = brands_to(Right.AUDIT), current_session()
    texts = office_texts().of(office_locale())
    zone = zone_of(session, brands, request.args.get("campaign"))
    form = read_form(session, brands, texts, sent_by_address())
    asked = read_asked(form, brands, zone)
    after = read_cursor(request.args["after"], "after") if request.args.get("after") else None
    page = Page([], None) if asked is None else read_acts(session, asked, after)
    earlier = page.next and f"{AREA}?{urlencode({**form.asked, 'after': page.next.as_cursor()})}"
    newest = f"{AREA}?{urlencode(form.asked)}" if after else ""
    rendered = office_page("audit/overview.html", here="audit", form=form, lines=lines_of(session, page.lines, texts),
                           earlier=earlier, newest=newest, zone=zone.key, shown=shown, texts=texts,
                           is_asked=bool(form.asked))
    return make_response(rendered, 422 if asked is None else 200)


@bp.get(f"{AREA}/<act_id>")
def act(act_id: str) -> str:
    """One act with all that is kept of it."""
    brands, session = brands_to(Right.AUDIT), current_session()
    noted = find_act(session, brands, act_id)
    if noted is None:
        raise Problem("not_found", "There is nothing at this address.")
    texts = office_texts().of(office_locale())
    (line,) = lines_of(session, [noted], texts)
    return office_page("audit/act.html", here="audit", line=line, zone=zone_of(session, brands, None).key, shown=shown,
                       texts=texts)


@bp.post(f"{AREA}/export")
def export() -> Response:
    """The acts that are asked for, as a file; which acts were asked for is noted too."""
    brands, session, now = brands_to(Right.AUDIT), current_session(), utc_now()
    require_fresh()
    sheet = word_of(Sheet, request.form.get("sheet", ""), "sheet")
    texts = office_texts().of(office_locale())
    form = read_form(session, brands, texts, request.form)
    asked = read_asked(form, brands, zone_of(session, brands, request.form.get("campaign")))
    if asked is None:
        raise Problem("malformed", "One of the fields holds what cannot be looked for.")
    until = min(asked.until or now, now)
    tell_act(brand_id=asked.brands[0] if len(asked.brands) == 1 else None,
             after={"sheet": sheet, **{name: value for name, value in form.asked.items() if name != "q"}},
             texts={"q": form.asked.get("q", "")})
    rows = export_acts(current_app.extensions["popshot_database"], replace(asked, until=until), texts)
    return stream_table(sheet, f"popshot-acts-{now:%Y-%m-%d-%H%M}", ACT_COLUMNS, rows)
