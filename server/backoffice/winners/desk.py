"""The desk's blueprint, and which campaigns and awards whoever asks may reach from it."""

import re
from dataclasses import dataclass, replace

from flask import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from prizes.award import Award
from server.backoffice.access import Asker, current_asker, require
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign
from server.campaigns.of_brands import campaigns_of
from server.db import current_session
from server.errors import Problem

MOST_AT_ONCE = 200
ID = re.compile(r"[0-9a-z]{1,32}")

bp = Blueprint("winners", __name__)


@dataclass(frozen=True)
class Reach:
    """Whoever asks, with the campaigns whose winners they may see, the newest window first."""

    asker: Asker
    campaigns: list[Campaign]

    @property
    def by_id(self) -> dict[str, Campaign]:
        return {campaign.id: campaign for campaign in self.campaigns}

    def only(self, right: Right) -> "Reach":
        """The same where they may do more than see."""
        allowed = [campaign for campaign in self.campaigns if self.asker.may(right, campaign.brand_id)]
        return replace(self, campaigns=allowed)

    def ids(self, right: Right) -> set[str]:
        return {campaign.id for campaign in self.only(right).campaigns}


def reach(session: Session) -> Reach:
    """Raises Problem signed_out."""
    asker = current_asker()
    return Reach(asker, campaigns_of(session, asker.brands(Right.SEE)))


def award_to(right: Right, award_id: str) -> tuple[Award, Campaign]:
    """An award with which the asker may do something.

    Raises Problem signed_out, not_found (there is none, or it is another brand's), not_allowed.
    """
    session = current_session()
    current_asker()
    award = session.get(Award, award_id)
    campaign = session.get(Campaign, award.campaign_id) if award else None
    require(right, campaign.brand_id if campaign else None)
    if award is None or campaign is None:
        raise Problem("not_found", "There is nothing at this address.")
    return award, campaign


def awards_to(right: Right, award_ids: list[str]) -> dict[str, tuple[Award, Campaign]]:
    """The same for several of one brand, by id; one that is another brand's spoils all.

    Raises Problem malformed when they are of several brands.
    """
    session, asker = current_session(), current_asker()
    found = session.execute(select(Award, Campaign).join(Campaign, Campaign.id == Award.campaign_id)
                            .where(Award.id.in_(award_ids)))
    awards = {award.id: (award, campaign) for award, campaign in found}
    brands = {campaign.brand_id for _, campaign in awards.values()}
    if len(awards) < len(set(award_ids)) or not brands <= asker.roles.keys():
        raise Problem("not_found", "There is nothing at this address.")
    for brand_id in brands:
        require(right, brand_id)
    if len(brands) > 1:
        raise Problem("malformed", "These awards are of several brands; take one brand at a time.")
    return awards


def read_ids(sent: MultiDict[str, str]) -> list[str]:
    """The awards that were ticked, each once, at most `MOST_AT_ONCE`."""
    ticked = dict.fromkeys(award_id for award_id in sent.getlist("award") if ID.fullmatch(award_id))
    return list(ticked)[:MOST_AT_ONCE]
