"""A new player: no name, no cookie, only a token."""

from flask import Blueprint, Response

from server.clock import utc_now
from server.db import current_session, transaction
from server.players.guard import meet_joining_limit
from server.players.player import add_player
from server.wire import answer

bp = Blueprint("players", __name__, url_prefix="/api/v1")


@bp.post("/players")
def join() -> Response:
    session, now = current_session(), utc_now()
    meet_joining_limit(session, now)
    with transaction(session):
        player, token = add_player(session, now)
    return answer({"player": player.as_json(), "token": token}, 201)
