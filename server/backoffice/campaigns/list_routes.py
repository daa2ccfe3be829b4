"""The list of campaigns: what each is, until when, and who may do what with it."""

from typing import NamedTuple

from flask import request
from sqlalchemy import select

from server.backoffice.access import brands_to, current_asker
from server.backoffice.campaigns.blueprint import HERE, HOME, bp
from server.backoffice.page import office_page
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign, CampaignState, Phase
from server.clock import utc_now
from server.db import current_session

MOST = 500  # on one page; nobody has so many


VIEWS = ("all", "draft", "live", "planned", "over", "archived")
MOST_QUERY = 120


class Line(NamedTuple):
    """A campaign with what it is now (a word of VIEWS), and whether the asker may change it."""

    campaign: Campaign
    standing: str
    may_edit: bool


def standing_of(campaign: Campaign) -> str:
    """What a campaign is to staff: a draft, planned, live, paused or over."""
    if campaign.state == CampaignState.DRAFT:
        return "draft"
    return {Phase.NOT_OPEN: "planned", Phase.OPEN: "live", Phase.PAUSED: "paused",
            Phase.CLOSED: "over"}[campaign.phase(utc_now())]


@bp.get(HOME)
def overview() -> str:
    asker = current_asker()
    found = select(Campaign).where(Campaign.brand_id.in_(brands_to(Right.SEE)))
    campaigns = current_session().scalars(found.order_by(Campaign.opens_at.desc(), Campaign.id).limit(MOST))
    lines = [Line(campaign, standing_of(campaign), asker.may(Right.EDIT, campaign.brand_id))
             for campaign in campaigns]
    view, wanted = _view(), request.args.get("q", "")[:MOST_QUERY].strip()
    shown = [line for line in lines if _is_in(line, view) and _matches(line, wanted)]
    counts = {name: sum(_is_in(line, name) for line in lines) for name in VIEWS}
    return office_page("campaigns/overview.html", here=HERE, lines=shown, view=view, views=VIEWS, counts=counts,
                       wanted=wanted, has_any=bool(lines), may_make=bool(asker.brands(Right.EDIT)))


def _view() -> str:
    asked = request.args.get("view", "")
    return asked if asked in VIEWS else "all"


def _is_in(line: Line, view: str) -> bool:
    if line.campaign.archived_at is not None or view == "archived":
        return line.campaign.archived_at is not None and view == "archived"
    return view == "all" or line.standing == view or (view == "live" and line.standing == "paused")


def _matches(line: Line, wanted: str) -> bool:
    said = " ".join([line.campaign.slug, line.campaign.brand, *line.campaign.titles.values()])
    return wanted.casefold() in said.casefold()
