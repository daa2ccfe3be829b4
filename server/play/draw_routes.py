"""A campaign's draw: what is known of it, and the list to recompute it from."""

from flask import Blueprint, Response, current_app

from server.campaigns.campaign import get_campaign
from server.clock import utc_now
from server.db import current_session
from server.play.show_draw import entry_lines, require_frozen, show_draw
from server.play.terms import play_terms
from server.texts import asked_locale
from server.wire import answer

bp = Blueprint("draws", __name__, url_prefix="/api/v1")


@bp.get("/campaigns/<slug>/draw")
def draw(slug: str) -> Response:
    session = current_session()
    campaign = get_campaign(session, slug)
    locale = asked_locale(campaign.locales)
    return answer(show_draw(session, campaign, play_terms(), locale, utc_now()).as_json())


@bp.get("/campaigns/<slug>/draw/entries")
def entries(slug: str) -> Response:
    campaign = get_campaign(current_session(), slug)
    require_frozen(current_session(), campaign)
    lines = entry_lines(current_app.extensions["popshot_database"], campaign.id)
    return Response(lines, mimetype="text/plain")
