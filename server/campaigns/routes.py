"""What a campaign looks like, for browsers: its accent as a stylesheet, and the pictures of brands."""

import hashlib

from flask import Blueprint, Response, request

from server.campaigns.accents import accents_css
from server.campaigns.campaign import get_campaign
from server.campaigns.picture import find_picture
from server.campaigns.theme import is_picture_id
from server.db import current_session
from server.errors import Problem

A_YEAR_S = 365 * 24 * 3600

bp = Blueprint("campaigns", __name__)


@bp.get("/c/<slug>/theme.css")
def accents(slug: str) -> Response:
    css = accents_css(get_campaign(current_session(), slug).read_theme()).encode()
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
