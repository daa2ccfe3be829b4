"""The practice of a campaign as one HTML file, for hosts of playable advertisements and webviews."""

import re

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from server.backoffice.access import campaign_to
from server.backoffice.acts.act import tell_act
from server.backoffice.campaigns.blueprint import EVERY, HERE, bp
from server.backoffice.campaigns.step import frame
from server.backoffice.page import office_page, say
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign
from server.db import current_session
from server.play.practice_page import Practice, PracticePage, TooHeavy, from_source, make_practice
from server.play.terms import play_terms
from server.texts import current_texts

SOURCE = re.compile(r"[a-z][a-z0-9_]{0,31}")


@bp.get(f"{EVERY}/playable")
def playable(slug: str) -> str:
    campaign = campaign_to(Right.SEE, slug)
    return _page(campaign, {"language": campaign.locales[0]}, {})


@bp.post(f"{EVERY}/playable")
def make_playable(slug: str) -> ResponseReturnValue:
    """Give the file away."""
    campaign = campaign_to(Right.EDIT, slug)
    fields = {name: request.form.get(name, "").strip() for name in ("language", "source", "mraid")}
    faults = _faults(campaign, fields)
    if not faults:
        try:
            return _file(campaign, fields, _made(campaign, fields))
        except TooHeavy as refusal:
            faults = {"file": str(refusal)}
    return make_response(_page(campaign, fields, faults), 422)


def _faults(campaign: Campaign, fields: dict[str, str]) -> dict[str, str]:
    faults = {}
    if fields["language"] not in campaign.locales:
        faults["language"] = say("campaigns.playable.language.unknown")
    if fields["source"] and not SOURCE.fullmatch(fields["source"]):
        faults["source"] = say("campaigns.playable.source.odd")
    return faults


def _made(campaign: Campaign, fields: dict[str, str]) -> PracticePage:
    wanted = Practice(play_terms().public_url, fields["language"], from_source(fields["source"]),
                      has_mraid=bool(fields["mraid"]))
    return make_practice(current_session(), campaign, current_texts(), wanted)


def _file(campaign: Campaign, fields: dict[str, str], page: PracticePage) -> Response:
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id),
             after={**fields, "mraid": bool(fields["mraid"]), "sha256": page.version})
    response = make_response(page.content)
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    name = "-".join(filter(None, (campaign.slug, fields["language"], fields["source"])))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.html"'
    return response


def _page(campaign: Campaign, fields: dict[str, str], faults: dict[str, str]) -> str:
    return office_page("campaigns/playable.html", here=HERE, campaign=campaign, fields=fields, faults=faults,
                       step="playable", **frame(campaign))
