"""The review desk: rounds and places that wait for a person."""

from datetime import UTC, datetime

from flask import Response, make_response, request

from server.backoffice.access import brands_to, current_asker
from server.backoffice.page import office_page
from server.backoffice.rights import Right
from server.backoffice.rounds import rule_routes
from server.backoffice.rounds.desk import bp, campaigns_seen, round_to
from server.backoffice.rounds.pages import round_page
from server.backoffice.rounds.queue import (
    A_PAGE,
    Look,
    Place,
    places_to_confirm,
    rounds_to_review,
    ruled_looks,
    waiting_looks,
    waiting_places,
)
from server.backoffice.staff.person import names_of
from server.db import current_session

__all__ = ["bp", "rule_routes"]

LAST_YEAR = 2100


@bp.get("/backoffice/rounds")
def overview() -> Response:
    """The rounds that wait, the one that was asked for first at the top."""
    brands_to(Right.SEE)
    after = read_place(request.args.get("after", ""))
    looks = waiting_looks(current_session(), list(campaigns_seen()), after, A_PAGE + 1)
    last = looks[A_PAGE - 1].review if len(looks) > A_PAGE else None
    following = _word(Place(last.asked_at, last.id)) if last else ""
    return _list("overview", looks=looks[:A_PAGE], following=following, after=after)


@bp.get("/backoffice/rounds/places")
def places() -> Response:
    """The places with a prize that wait, campaign by campaign."""
    brands_to(Right.SEE)
    return _list("places", places=waiting_places(current_session(), list(campaigns_seen())))


@bp.get("/backoffice/rounds/ruled")
def ruled() -> Response:
    """What people ruled, the last ruling first."""
    brands_to(Right.SEE)
    session, after = current_session(), read_place(request.args.get("after", ""))
    looks = ruled_looks(session, list(campaigns_seen()), after, A_PAGE + 1)
    following = _word(_ruled_at(looks[A_PAGE - 1])) if len(looks) > A_PAGE else ""
    names = names_of(session, {look.review.ruled_by for look in looks if look.review.ruled_by})
    return _list("ruled", looks=looks[:A_PAGE], following=following, after=after, names=names)


@bp.get("/backoffice/rounds/<round_id>")
def look(round_id: str) -> Response:
    return round_page(*round_to(Right.SEE, round_id))


def _list(tab: str, **values: object) -> Response:
    session, brand_ids = current_session(), current_asker().brands(Right.SEE)
    counts = {"overview": rounds_to_review(session, brand_ids), "places": places_to_confirm(session, brand_ids)}
    return make_response(office_page(f"rounds/{tab}.html", here="rounds", tab=tab, counts=counts,
                                     campaigns=campaigns_seen(), **values))


def _ruled_at(look: Look) -> Place:
    return Place(look.review.ruled_at or look.review.asked_at, look.review.id)


def _word(place: Place) -> str:
    return f"{place.at.astimezone(UTC).isoformat()}~{place.id}"


def read_place(word: str) -> Place | None:
    """Where a page begins; None for the first one, and for what nobody wrote."""
    moment, _, review_id = word.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    is_whole = at.tzinfo is not None and 2000 <= at.year < LAST_YEAR and review_id.isalnum() and len(review_id) <= 32
    return Place(at.astimezone(UTC), review_id) if is_whole else None
