"""Where the stock desk lives: its blueprint, and what its pages share."""

from flask import Blueprint

from server.backoffice.access import require
from server.backoffice.page import say
from server.backoffice.rights import Right
from server.backoffice.stock.low_stock import Stocked
from server.backoffice.stock.overview import find_stocked
from server.backoffice.stock.plan_picture import draw_shares
from server.clock import utc_now
from server.db import current_session

AREA = "/backoffice/stock"

bp = Blueprint("stock", __name__, url_prefix=AREA)


def prize_to(right: Right, prize_id: str) -> Stocked:
    """A prize with which the asker may do something.

    Raises Problem signed_out, not_found (there is none, or it is another brand's), not_allowed.
    """
    found = find_stocked(current_session(), prize_id, utc_now())
    require(right, found.campaign.brand_id if found else None)
    assert found is not None  # noqa: S101  # nobody has a role for no brand
    return found


def figure_bar(stocked: Stocked) -> str:
    """The bar of a prize's figures."""
    counts = stocked.figures.counts()
    counts.pop("received")
    return draw_shares(list(counts.items()), say("stock.bar", **counts))
