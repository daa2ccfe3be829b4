"""What is live now and what waits for somebody."""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta
from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.blueprints import BlueprintSetupState

from server.backoffice.access import brands_to, current_asker
from server.backoffice.home.board import Board, read_board
from server.backoffice.home.pulse import HourCounts
from server.backoffice.home.sparkline import draw_bars
from server.backoffice.page import office_locale, office_page
from server.backoffice.rights import Right
from server.clock import utc_now
from server.db import current_session

COUNTS = "popshot_hour_counts"
TAG_CHARACTERS = 20

bp = Blueprint("home", __name__)


@bp.record_once
def remember(state: BlueprintSetupState) -> None:
    """What an hour that is over came to is counted once by each app."""
    state.app.extensions[COUNTS] = HourCounts()


@bp.get("/backoffice/")
def overview() -> str:
    brands_to(Right.SEE)
    board = _board()
    markup = _markup(board)
    return office_page("home/overview.html", here="home", board=board, markup=markup, tag=_tag(markup))


@bp.get("/backoffice/home")
def board() -> Response:
    """The board alone, as it is now; 304 for who has that already."""
    brands_to(Right.SEE)
    markup = _markup(_board())
    response = make_response(render_template("backoffice/home/live.html", markup=markup, tag=_tag(markup)))
    response.set_etag(_tag(markup))
    response.make_conditional(request)
    return response


def _board() -> Board:
    counts: HourCounts = current_app.extensions[COUNTS]
    return read_board(current_session(), counts, current_asker(), utc_now())


def _markup(found: Board) -> str:
    asker = current_asker()
    return render_template("backoffice/home/board.html", board=found, asker=asker, locale=office_locale(),
                           bars=draw_bars, ago=_ago, day=_day, clock=_clock)


def _ago(moment: datetime) -> str:
    """How long ago, in words."""
    return format_timedelta(utc_now() - moment, locale=office_locale())


def _day(moment: datetime, zone: str) -> str:
    return format_date(moment.astimezone(ZoneInfo(zone)), "medium", locale=office_locale())


def _clock(moment: datetime, zone: str) -> str:
    return format_time(moment.astimezone(ZoneInfo(zone)), "short", locale=office_locale())


def _tag(markup: str) -> str:
    return hashlib.sha256(markup.encode()).hexdigest()[:TAG_CHARACTERS]
