"""The pictures of links: the cards that social networks show, and QR codes for whoever sits beside."""

import io

import segno
from flask import Blueprint, Response, current_app, request

from server.campaigns.campaign import get_campaign
from server.db import current_session
from server.limits.rates import Rule
from server.play.card_picture import Studio
from server.play.qr import INK, PAPER
from server.play.share_address import BEAT, LANG, share_address
from server.play.share_card import ShareCard, campaign_card, find_card, pictures_of
from server.play.terms import play_terms
from server.play.watch_replay import find_public
from server.players.guard import caller_address, limit_call, require_calm
from server.texts import current_texts

A_DAY_S = 24 * 3600

bp = Blueprint("cards", __name__)


@bp.get("/r/<round_id>/card.png")
def card_of(round_id: str) -> Response:
    limit_call()
    return _draw(find_card(current_session(), round_id, _asked_language(), current_texts(), is_dare=_is_dare()))


@bp.get("/c/<slug>/card.png")
def card_of_campaign(slug: str) -> Response:
    limit_call()
    return _draw(campaign_card(get_campaign(current_session(), slug), _asked_language(), current_texts()))


@bp.get("/r/<round_id>/qr.svg")
def qr_of(round_id: str) -> Response:
    """The address of a public round, or of the dare to beat it, as a QR code."""
    limit_call()
    watched = find_public(current_session(), round_id)
    path, dared = (f"/c/{watched.campaign.slug}", watched.round.id) if _is_dare() else (f"/r/{watched.round.id}", None)
    lang = _asked_language() if _asked_language() in watched.campaign.locales else None
    drawn = io.BytesIO()
    segno.make(share_address(play_terms().public_url, path, beat=dared, lang=lang), error="m", micro=False).save(
        drawn, kind="svg", scale=6, border=3, dark=INK, light=PAPER)
    response = Response(drawn.getvalue(), mimetype="image/svg+xml")
    response.add_etag()
    response.headers["Cache-Control"] = f"public, max-age={A_DAY_S}"
    response.make_conditional(request)
    return response


def _is_dare() -> bool:
    return BEAT in request.args


def _asked_language() -> str:
    return request.args.get(LANG, "")


def _draw(card: ShareCard) -> Response:
    """The card's picture, unless the caller has it already."""
    session, studio = current_session(), _studio()
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
