"""The live preview: where the page stands that shows a campaign as its players will see it."""

from flask import Blueprint, Response, current_app, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from server.backoffice.access import campaign_to, current_asker
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign
from server.campaigns.preview_pass import make_preview_pass
from server.clock import utc_now
from server.wire import answer

bp = Blueprint("preview", __name__)


@bp.get("/backoffice/campaigns/<slug>/preview")
def open_preview(slug: str) -> AnyResponse:
    """Go to the page, for a window of its own."""
    return make_response(redirect(_address(campaign_to(Right.SEE, slug)), 303))


@bp.get("/backoffice/api/campaigns/<slug>/preview")
def find_preview(slug: str) -> Response:
    """Its address, good for the next ten minutes, for a frame: no redirect of ours may be framed."""
    return answer({"address": _address(campaign_to(Right.SEE, slug))})


def _address(campaign: Campaign) -> str:
    """`?lang=` goes along when it is one of the campaign's own."""
    key: bytes = current_app.extensions["popshot_keys"].preview
    shown = make_preview_pass(key, campaign.id, current_asker().id, utc_now())
    locale = request.args.get("lang", "")
    return f"/e/{campaign.slug}?preview={shown}" + (f"&lang={locale}" if locale in campaign.locales else "")
