"""The pages of the back office: the shell around every desk, its words, and how it says no."""

from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_currency
from flask import Response, current_app, flash, make_response, redirect, render_template, request
from flask import session as visit
from flask.typing import ResponseReturnValue

from server.backoffice.access import find_asker, find_signed_in
from server.backoffice.acts.act import forget_act
from server.backoffice.rights import Right
from server.backoffice.walls import AREA, current_nonce
from server.backoffice.words import office_texts
from server.clock import utc_now
from server.errors import Problem
from server.play.pages import problem_page
from server.texts import FALLBACK, asked_locale, current_texts
from server.words import say_number

SAID = ("desk.", "reason.")  # what the moderators' desk takes from the texts that players read too
SIGN_IN, PROVE, FACTOR = f"{AREA}/sign-in", f"{AREA}/prove", f"{AREA}/second-factor"
PRICE = 100  # cents in one unit of a currency


class Desk(NamedTuple):
    """A line of the navigation: shown to who has the right for some brand."""

    name: str
    address: str
    right: Right


NAVIGATION = (
    Desk("home", f"{AREA}/", Right.SEE),
    Desk("campaigns", f"{AREA}/campaigns", Right.SEE),
    Desk("stock", f"{AREA}/stock", Right.SEE),
    Desk("winners", f"{AREA}/winners", Right.SEE),
    Desk("rounds", f"{AREA}/rounds", Right.SEE),
    Desk("moderation", f"{AREA}/moderation", Right.MODERATE),
    Desk("staff", f"{AREA}/staff", Right.STAFF),
    Desk("audit", f"{AREA}/audit", Right.AUDIT),
)


def office_page(template: str, here: str = "", **values: Any) -> str:
    """A page out of templates/backoffice in the shell; `here` is the desk whose line is marked."""
    asker = find_asker()  # no desk is shown before a second factor that is asked for
    lines = [desk for desk in NAVIGATION if asker and asker.brands(desk.right)]
    return render_template(f"backoffice/{template}", locale=office_locale(), here=here, navigation=lines,
                           asker=find_signed_in(),
                           nonce=current_nonce(), **values)


def office_locale() -> str:
    """The language of this page: `?lang=`, else the person's own choice, else the browser's wish."""
    offered = office_texts().locales
    for wish in (request.args.get("lang"), visit.get("locale")):
        if wish in offered:
            return str(wish)
    return request.accept_languages.best_match(offered) or offered[0]


def say(key: str, **places: object) -> str:
    """A sentence of the back office in the page's language; raises KeyError for a key that no file has."""
    return office_texts().say(office_locale(), key, **places)


def done(sentence: str, back_to: str) -> Response:
    """A deed is done: go on to a page, which says so. `back_to` is an address of the back office's own."""
    flash(sentence)
    return make_response(redirect(back_to, 303))


def office_problem(problem: Problem) -> ResponseReturnValue:
    """How a page says no: strangers go to the sign-in, a proof that is too old is asked for again, all else is told
    in the shell. Pages of players say it their own way.
    """
    if request.path != AREA and not request.path.startswith(f"{AREA}/"):
        return problem_page(problem)
    forget_act()
    asks_for = {"signed_out": SIGN_IN, "step_up_needed": PROVE, "second_factor_needed": FACTOR}.get(problem.code)
    if asks_for is not None:
        return _elsewhere(f"{asks_for}?next={quote(_back_to())}", problem.status)
    kind = _kind_of(problem)
    page = office_page("problem.html", title=say(f"problem.{kind}"),
                       text=problem.detail if kind == "other" else say(f"problem.{kind}.text"))
    return make_response(page, problem.status)


def _kind_of(problem: Problem) -> str:
    return problem.code if f"problem.{problem.code}.text" in office_texts().of(FALLBACK) else "other"


def _back_to() -> str:
    """The page to come back to: this one, or for a form the nearest page above the address that it was sent to."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    known = current_app.url_map.bind("")
    for above in PurePosixPath(request.path).parents:
        if known.test(str(above), "GET"):
            return str(above)
    return f"{AREA}/"


def _elsewhere(address: str, status: int) -> Response:
    """A redirect; htmx follows it only when told so in a header of its own."""
    if "HX-Request" in request.headers:
        return Response("", status, {"HX-Redirect": address})
    return make_response(redirect(address, 303))


def _when(moment: datetime | None, zone: str = "UTC") -> str:
    """A moment as clocks in a zone show it, to the minute."""
    if moment is None:
        return "–"
    local, locale = moment.astimezone(ZoneInfo(zone)), office_locale()
    return f"{format_date(local, 'medium', locale=locale)}, {format_time(local, 'short', locale=locale)}"


def _money(cents: int, currency: str) -> str:
    return format_currency(cents / PRICE, currency, locale=office_locale())


def _number(number: int) -> str:
    return say_number(office_locale(), number)


FILTERS: dict[str, Callable[..., Any]] = {"when": _when, "money": _money, "number": _number}
GLOBALS: dict[str, Any] = {"t": say}


def staff_page(template: str, **boot: Any) -> str:
    """A page with a script of its own instead of the shell; `boot` is handed to it beside the texts."""
    texts, locale = current_texts(), asked_locale()
    said = {key: text for key, text in texts.of(locale).items() if key.startswith(SAID)}
    common = {"locale": locale, "locales": texts.locales, "texts": said, "now": utc_now().isoformat()}
    return render_template(f"backoffice/{template}", locale=locale, boot={**common, **boot},
                           t=lambda key, **places: texts.say(locale, key, **places))
