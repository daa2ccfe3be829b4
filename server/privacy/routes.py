"""The two calls about oneself: show everything, erase everything."""

from flask import Blueprint, Response

from server.clock import utc_now
from server.db import current_session
from server.play.terms import play_terms
from server.players.current import current_player
from server.privacy.collect import collect_everything
from server.privacy.erase import erase_player
from server.texts import asked_locale
from server.wire import answer

bp = Blueprint("privacy", __name__, url_prefix="/api/v1")


@bp.get("/players/me")
def show() -> Response:
    told = collect_everything(current_session(), current_player(), play_terms().claim_key, asked_locale())
    response = answer(told)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.delete("/players/me")
def erase() -> Response:
    erase_player(current_session(), current_player(), utc_now())
    return Response(status=204)
