"""The door of the back office: a link's pass becomes a cookie; whoever has none is told how to get one.

The pass stands in the link's fragment, which no server, log, proxy or referrer ever sees. The page's script sends it
once. A redirect could not do that: the browser keeps a strict cookie back from a visit that began on another site.
"""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, make_response, request

from server.backoffice.page import staff_page
from server.backoffice.staff_pass import read_pass
from server.clock import utc_now
from server.errors import Problem
from server.play.terms import play_terms
from server.wire import answer, read_body, text_of

COOKIE = "popshot_staff"
AREA = "/backoffice"
MOST_PASS = 128
READS = ("GET", "HEAD", "OPTIONS")

bp = Blueprint("door", __name__, url_prefix=AREA)


@bp.get("/enter")
def enter_page() -> Response:
    return door_page(200)


@bp.post("/api/enter")
def enter() -> Response:
    """Turn the pass of a link into a cookie."""
    shown = text_of(read_body(), "pass", most=MOST_PASS)
    found = read_pass(_key(), shown, utc_now())
    if found is None:
        raise Problem("unknown_moderator", "This link is not valid, or no longer: they last twelve hours.")
    name, until = found
    response = answer({"name": name})
    response.set_cookie(COOKIE, shown, path=AREA, expires=until, httponly=True, samesite="Strict",
                        secure=play_terms().public_url.startswith("https:"))
    return response


@bp.post("/api/leave")
def leave() -> Response:
    response = answer({})
    response.delete_cookie(COOKIE, path=AREA, httponly=True, samesite="Strict")
    return response


def door_page(status: int) -> Response:
    """How to get in, for who is not."""
    return make_response(staff_page("enter.html"), status)


def find_moderator() -> str | None:
    """The name on the pass that the browser shows."""
    found = read_pass(_key(), request.cookies.get(COOKIE, ""), utc_now())
    return found[0] if found else None


def current_moderator() -> str:
    """The name of who asks; raises Problem unknown_moderator."""
    name = find_moderator()
    if name is None:
        raise Problem("unknown_moderator", "Your visit is over; ask the operator for a new link.")
    return name


def refuse_other_sites() -> None:
    """Before every call of the back office: what changes something comes from our own pages, as JSON.

    Raises Problem not_allowed.
    """
    if not request.path.startswith(f"{AREA}/") or request.method in READS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    is_own = site == "same-origin" if site else request.headers.get("Origin") == _own_origin()
    if not is_own or request.mimetype != "application/json":
        raise Problem("not_allowed", "Only the pages of the back office may do this, with JSON.")


def keep_to_ourselves(response: Response) -> Response:
    """No address of the back office is told to another site."""
    if request.path.startswith(f"{AREA}/"):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _own_origin() -> str:
    address = urlsplit(play_terms().public_url)
    return f"{address.scheme}://{address.netloc}"


def _key() -> bytes:
    key: bytes = current_app.extensions["popshot_keys"].desk
    return key
