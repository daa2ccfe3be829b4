"""A round's share card, as the picture that social networks show."""

from flask import Blueprint, Response, current_app, request

from server.db import current_session
from server.limits.rates import Rule
from server.play.card_picture import Studio
from server.play.share_card import find_card, pictures_of
from server.players.guard import caller_address, limit_call, require_calm

A_DAY_S = 24 * 3600

bp = Blueprint("cards", __name__)


@bp.get("/r/<round_id>/card.png")
def card_of(round_id: str) -> Response:
    limit_call()
    session, studio = current_session(), _studio()
    card = find_card(session, round_id, request.args.get("lang", ""))
    response = Response(mimetype="image/png")
    response.set_etag(card.etag)
    response.headers["Cache-Control"] = f"public, max-age={A_DAY_S}"
    response.headers["Access-Control-Allow-Origin"] = "*"  # fetched to be shared, also in a sandboxed frame
    response.make_conditional(request)
    if response.status_code != 304:
        require_calm(Rule.CARDS, caller_address())
        pictures = pictures_of(session, card.theme)
        session.close()  # cards are drawn one after the other: who waits must hold no connection
        response.data = studio.draw(card, pictures)
    return response


def _studio() -> Studio:
    studio: Studio = current_app.extensions["popshot_studio"]
    return studio
