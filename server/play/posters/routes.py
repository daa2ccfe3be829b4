"""The address in a QR code, and the call by which the page of a campaign uses it."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_time
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from server.campaigns.came_from import utm_query
from server.campaigns.campaign import get_campaign
from server.clock import utc_now
from server.db import current_session
from server.play.open_round import rounds_left
from server.play.pages import player_page
from server.play.posters.code import code_of
from server.play.posters.poster import Standing
from server.play.posters.scan import Scan, count_scan, find_scan, is_person
from server.play.posters.unlock import Sent, unlock
from server.play.terms import play_terms
from server.players.current import current_player
from server.players.guard import call_wait, caller_network
from server.texts import asked_locale
from server.wire import answer, read_body, text_of
from server.words import say_date

MOST_IN_CODE = 40  # with dashes
STATUS = {Standing.NOT_YET: 423, Standing.OVER: 410, Standing.REVOKED: 410}

bp = Blueprint("posters_of_players", __name__)


class Way(NamedTuple):
    """Where a page leads on to."""

    address: str
    title: str


@bp.get("/q/<code>")
@bp.get("/Q/<code>")  # a QR code holds capitals in less room
def scan(code: str) -> AnyResponse:
    """Count it and lead on, to our own page and nowhere else; what unlocks nothing says so."""
    session, now, terms = current_session(), utc_now(), play_terms()
    found = find_scan(session, terms.poster_key, code, now)
    if found is None:
        return _page("unknown", 404)
    if is_person(request.method, request.headers) and call_wait() is None:  # a flood is led on, but not counted
        count_scan(session, found, now)
    if found.standing != Standing.LIVE:
        return _page(found.standing, STATUS[found.standing], found)
    own = code_of(terms.poster_key, found.mark)  # not as it was typed
    came_from = found.poster.came_from
    source = utm_query(came_from.name, came_from.medium, came_from.tag)
    return redirect(f"{terms.public_url}/c/{found.campaign.slug}?q={own}&{source}", 302)


@bp.post("/api/v1/campaigns/<slug>/scans")
def use(slug: str) -> Response:
    session, now, terms = current_session(), utc_now(), play_terms()
    player, campaign = current_player(), get_campaign(session, slug)
    sent = Sent(text_of(read_body(), "code", most=MOST_IN_CODE), caller_network())
    told = unlock(session, player, campaign, sent, terms.poster_key, now).as_json()
    left = rounds_left(session, player.id, campaign, now)
    return answer(told if left is None else {**told, "rounds_left": left}, 201)


def _page(word: str, status: int, found: Scan | None = None) -> Response:
    terms = play_terms()
    locale = asked_locale(found.campaign.locales if found else None)
    way = found and Way(f"{terms.root}/c/{found.campaign.slug}", found.campaign.title(locale))
    opens = "" if found is None else _when(found, locale)
    page = player_page("scan.html", locale, word=word, way=way, opens=opens)
    page.status_code = status
    return page


def _when(found: Scan, locale: str) -> str:
    """From when on a code unlocks, on clocks of its campaign's zone."""
    opens, zone = found.poster.opens(found.campaign), found.campaign.timezone
    return f"{say_date(locale, opens, zone)}, {format_time(opens, 'short', tzinfo=ZoneInfo(zone), locale=locale)}"
