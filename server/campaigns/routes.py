"""What a campaign looks like, for browsers: its accent as a stylesheet, and the pictures of brands."""

import hashlib

from flask import Blueprint, Response, current_app, request

from server.campaigns.accents import accents_css
from server.campaigns.campaign import Campaign, get_campaign
from server.campaigns.picture import find_picture
from server.campaigns.preview_pass import get_previewed
from server.campaigns.theme import is_picture_id
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem

A_YEAR_S = 365 * 24 * 3600

bp = Blueprint("campaigns", __name__)


def asked_campaign(slug: str) -> Campaign:
    """The campaign of this request: a published one, or with a preview pass (`?preview=`) whichever that opens.

    Raises Problem campaign_not_found.
    """
    shown = request.args.get("preview")
    if shown is None:
        return get_campaign(current_session(), slug)
    return get_previewed(current_session(), slug, current_app.extensions["popshot_keys"].preview, shown, utc_now())


@bp.get("/c/<slug>/theme.css")
def accents(slug: str) -> Response:
    css = accents_css(asked_campaign(slug).read_theme()).encode()
    response = Response(css, mimetype="text/css")
    response.set_etag(hashlib.sha256(css).hexdigest()[:20])
    response.cache_control.no_cache = True  # asked for again each time: a new theme shows at once
    response.make_conditional(request)
    return response


@bp.get("/pictures/<picture_id>")
def picture(picture_id: str) -> Response:
    found = find_picture(current_session(), picture_id) if is_picture_id(picture_id) else None
    if found is None:
        raise Problem("not_found", "There is no such picture.")
    response = Response(found.content, mimetype=found.media_type)
    response.set_etag(found.id)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'"  # opened as a page, it does nothing
    response.headers["Access-Control-Allow-Origin"] = "*"  # drawn on a canvas, also in a sandboxed frame
    response.make_conditional(request)
    return response
