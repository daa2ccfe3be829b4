"""What the desk's pages share: its addresses, and a poster that the asker may do something with."""

from typing import NamedTuple

from flask import Blueprint
from sqlalchemy import select

from server.backoffice.access import campaign_to
from server.backoffice.campaigns.blueprint import EVERY, HERE, HOME
from server.backoffice.campaigns.step import frame
from server.backoffice.few import told
from server.backoffice.page import office_page
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign
from server.db import current_session
from server.errors import Problem
from server.play.posters.poster import Poster

LIST = f"{EVERY}/codes"
ONE = f"{LIST}/<poster_id>"

bp = Blueprint("posters", __name__)


class Hung(NamedTuple):
    """A poster and its campaign."""

    poster: Poster
    campaign: Campaign


def list_of(campaign: Campaign) -> str:
    """The address of a campaign's codes."""
    return f"{HOME}/{campaign.slug}/codes"


def poster_to(right: Right, slug: str, poster_id: str) -> Hung:
    """Raises Problem signed_out, not_found (also for another campaign's), not_allowed."""
    campaign = campaign_to(right, slug)
    own = select(Poster).where(Poster.id == poster_id, Poster.campaign_id == campaign.id)
    poster = current_session().scalar(own)
    if poster is None:
        raise Problem("not_found", "There is nothing at this address.")
    return Hung(poster, campaign)


def desk_page(template: str, campaign: Campaign, **values: object) -> str:
    """A page of the desk, in the frame of its campaign."""
    return office_page(f"posters/{template}.html", here=HERE, campaign=campaign, step="codes",
                       codes_at=list_of(campaign), told=told, **frame(campaign), **values)
