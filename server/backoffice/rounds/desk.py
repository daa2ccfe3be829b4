"""The desk's blueprint, and which campaigns and rounds whoever asks may reach from it."""

from flask import Blueprint

from server.backoffice.access import current_asker, require
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign
from server.campaigns.of_brands import campaigns_of
from server.db import current_session
from server.errors import Problem
from server.play.round import Round, RoundState

bp = Blueprint("rounds", __name__)


def campaigns_seen() -> dict[str, Campaign]:
    """The campaigns whose rounds the asker may see, by id, the newest window first."""
    own = campaigns_of(current_session(), current_asker().brands(Right.SEE))
    return {campaign.id: campaign for campaign in own}


def round_to(right: Right, round_id: str) -> tuple[Round, Campaign]:
    """A round that is over, with which the asker may do something.

    Raises Problem signed_out, not_found (there is none, it is another brand's, it is still played), not_allowed.
    """
    session = current_session()
    current_asker()
    round_ = session.get(Round, round_id)
    campaign = session.get(Campaign, round_.campaign_id) if round_ else None
    require(right, campaign.brand_id if campaign else None)
    if round_ is None or campaign is None or round_.state != RoundState.CLOSED:
        raise Problem("not_found", "There is nothing at this address.")
    return round_, campaign
