"""Test mode: a draft is played for real in a world of its own, by whoever has the link, and thrown away."""

import segno
from flask import Blueprint
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from server.backoffice.access import campaign_to, current_asker
from server.backoffice.acts.act import tell_act
from server.backoffice.campaigns.rehearsals import current_rehearsals, what_happened
from server.backoffice.page import done, office_page, say
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign, CampaignState
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem

PAGE = "/backoffice/campaigns/<slug>/test"

bp = Blueprint("rehearsals", __name__)


@bp.get(PAGE)
def overview(slug: str) -> str:
    """The test that goes on, with its link and what has happened in it; or how to begin one."""
    campaign = campaign_to(Right.SEE, slug)
    return _page(campaign)


@bp.post(PAGE)
def start(slug: str) -> AnyResponse | tuple[str, int]:
    """Begin a test of the draft as it is now."""
    campaign = campaign_to(Right.EDIT, slug)
    _tell(campaign)
    try:
        current_rehearsals().start(current_session(), slug, utc_now())
    except Problem as refusal:
        return _page(campaign_to(Right.EDIT, slug), refusal), refusal.status
    return done(say("rehearsals.started"), _address(slug))


@bp.post(f"{PAGE}/throw-away")
def throw_away(slug: str) -> AnyResponse:
    """End the test and everything that was played in it."""
    _tell(campaign_to(Right.EDIT, slug))
    is_gone = current_rehearsals().throw_away(current_session(), slug)
    return done(say("rehearsals.thrown_away" if is_gone else "rehearsals.none"), _address(slug))


def _tell(campaign: Campaign) -> None:
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id))


def _page(campaign: Campaign, refusal: Problem | None = None) -> str:
    may_edit = current_asker().may(Right.EDIT, campaign.brand_id)
    common = {"campaign": campaign, "may_edit": may_edit, "refusal": refusal,
              "is_draft": campaign.state == CampaignState.DRAFT}
    token = campaign.rehearsal_token
    if token is None:
        return _rendered(common)
    link = current_rehearsals().link(token, campaign.slug)
    with current_rehearsals().look(token) as world:
        seen = what_happened(world) if world is not None else None
        return _rendered({**common, "link": link, "code": _code_of(link), "seen": seen})


def _rendered(values: dict[str, object]) -> str:
    return office_page("campaigns/rehearsal.html", here="campaigns", **values)


def _code_of(link: str) -> Markup:
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=2, omitsize=True, svgclass="office-qr")
    return Markup(drawn)  # noqa: S704  # segno writes nothing but squares


def _address(slug: str) -> str:
    return f"/backoffice/campaigns/{slug}/test"
