"""The call of a winner."""

from flask import Blueprint, Response

from server.clock import utc_now
from server.db import current_session
from server.play.claim_prize import claim_prize, parse_claim
from server.texts import asked_locale
from server.wire import answer, read_body

bp = Blueprint("claims", __name__, url_prefix="/api/v1")


@bp.post("/claims")
def claim() -> Response:
    code, contact = parse_claim(read_body())
    locale = asked_locale()
    return answer(claim_prize(current_session(), code, contact, locale, utc_now()).as_json(), 201)
