"""The calls about oneself: show everything, erase everything, move to another device."""

from flask import Blueprint, Response, current_app

from server.clock import rfc3339, utc_now
from server.db import current_session
from server.play.qr import qr_of
from server.play.terms import play_terms
from server.players.current import current_player
from server.players.move import MOST_CODE, MOST_TOKEN, make_move, redeem_move
from server.privacy.collect import collect_everything
from server.privacy.erase import erase_player
from server.texts import asked_locale
from server.wire import answer, read_body, text_of

bp = Blueprint("privacy", __name__, url_prefix="/api/v1")


@bp.get("/players/me")
def show() -> Response:
    return answer(collect_everything(current_session(), current_player(), play_terms(), asked_locale()))


@bp.delete("/players/me")
def erase() -> Response:
    erase_player(current_session(), current_player(), utc_now())
    return Response(status=204)


@bp.post("/players/me/moves")
def offer_move() -> Response:
    code, expires_at = make_move(current_player(), _move_key(), utc_now())
    address = f"{play_terms().public_url}/me#move={code}"  # behind the #: no server's log ever holds it
    return answer({"address": address, "qr": qr_of(address), "expires_at": rfc3339(expires_at)}, 201)


@bp.post("/moves")
def redeem() -> Response:
    body = read_body()
    code, proposed = text_of(body, "code", most=MOST_CODE), text_of(body, "token", most=MOST_TOKEN, required=False)
    player, token = redeem_move(current_session(), code, _move_key(), utc_now(), proposed)
    return answer({"player": player.as_json(), "token": token})


def _move_key() -> bytes:
    key: bytes = current_app.extensions["popshot_keys"].move
    return key
