"""One box that finds a campaign, a prize, an award, a round, an alias or a comment."""

from itertools import groupby

from flask import Blueprint, render_template, request

from server.backoffice.access import brands_to, current_asker
from server.backoffice.page import office_locale, office_page
from server.backoffice.rights import Right
from server.backoffice.search.find import FEWEST, MOST_ASKED, find_all
from server.backoffice.search.hit import A_FEW, MANY, Hit, Kind
from server.db import current_session

bp = Blueprint("search", __name__)


@bp.get("/backoffice/search")
def overview() -> str:
    """All that was found, as a page."""
    brands_to(Right.SEE)
    asked = _asked()
    return office_page("search/overview.html", here="search", asked=asked, hits=_hits(asked, MANY), fewest=FEWEST)


@bp.get("/backoffice/search/box")
def box() -> str:
    """The first of it, to be shown under the box."""
    brands_to(Right.SEE)
    asked = _asked()
    return render_template("backoffice/search/box.html", asked=asked, hits=_hits(asked, A_FEW), fewest=FEWEST)


def _asked() -> str:
    return " ".join(request.args.get("q", "").replace("\x00", "").split())[:MOST_ASKED]


def _hits(asked: str, most: int) -> list[tuple[Kind, list[Hit]]]:
    """What was found, kind by kind."""
    found = find_all(current_session(), current_asker(), asked, office_locale(), most)
    return [(kind, list(hits)) for kind, hits in groupby(found, key=lambda hit: hit.kind)]
