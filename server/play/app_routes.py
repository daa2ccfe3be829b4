"""A campaign as an app of a device: its manifest, its icons, and the practice that is kept for when it is offline."""

import hashlib
import json
import re
from typing import Any

from flask import Blueprint, Response, request

from server.campaigns.campaign import Campaign, CampaignState, Phase, find_campaign, get_campaign
from server.clock import utc_now
from server.db import current_session
from server.drawings import look_of, stage_of
from server.errors import Problem
from server.limits.rates import Rule
from server.play.app_icon import ICONS, draw_icon
from server.play.practice_page import STATIC, Practice, PracticePage, TooHeavy, held_picture, make_practice
from server.play.terms import play_terms
from server.players.guard import caller_address, require_calm
from server.texts import asked_locale, current_texts

A_DAY_S = 24 * 3600
SLUG = re.compile(r"[a-z0-9-]{1,64}")
NOTHING_TO_KEEP = {"address": "", "version": ""}
MOST_SHORT = 12  # characters that every device shows under an icon

bp = Blueprint("app", __name__)


@bp.get("/c/<slug>/app.webmanifest")
def manifest(slug: str) -> Response:
    campaign = get_campaign(current_session(), slug)
    locale = asked_locale(campaign.locales)
    response = Response(json.dumps(_manifest(campaign, locale), ensure_ascii=False),
                        mimetype="application/manifest+json")
    return _checked(response)


@bp.get("/c/<slug>/icon-<name>.png")
def icon(slug: str, name: str) -> Response:
    session = current_session()
    campaign = get_campaign(session, slug)
    if name not in ICONS:
        raise Problem("not_found", "There is no such icon.")
    require_calm(Rule.CARDS, caller_address())
    look = look_of(campaign.theme, lambda picture: held_picture(session, picture))
    session.close()  # whoever waits for a drawing must hold no connection
    response = Response(draw_icon(look, name), mimetype="image/png")
    response.headers["Cache-Control"] = f"public, max-age={A_DAY_S}"
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/c/<slug>/practice")
def practice(slug: str) -> Response:
    """What a device keeps: a page that fetches nothing, and says that it is practice."""
    page = _practice(get_campaign(current_session(), slug))
    response = Response(page.content, mimetype="text/html")
    response.headers["Content-Security-Policy"] = f"{page.policy}; frame-ancestors 'none'"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/c/<slug>/worker.js")
def worker(slug: str) -> Response:
    """The script that keeps it; one that ends what was kept, where nothing is to be kept (any more)."""
    if not SLUG.fullmatch(slug):  # it goes into a header and a script
        raise Problem("not_found", "There is no such script.")
    kept = {"page": f"/c/{slug}", **_to_keep(slug)}
    script = f"const KEPT = {json.dumps(kept, sort_keys=True)};\n{(STATIC / 'worker.js').read_text('utf-8')}"
    response = Response(script, mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = f"/c/{slug}"
    return _checked(response)


def _to_keep(slug: str) -> dict[str, str]:
    """Where the practice is and its version; both empty once it is switched off, too heavy, or the campaign is over or
    taken off the air: a draft is told as little of as what never was.
    """
    campaign = find_campaign(current_session(), slug)
    if campaign is None or campaign.state == CampaignState.DRAFT or not play_terms().offline_practice \
            or campaign.phase(utc_now()) == Phase.CLOSED:
        return NOTHING_TO_KEEP
    try:
        version = _make(campaign).version
    except TooHeavy:
        return NOTHING_TO_KEEP
    return {"address": f"/c/{slug}/practice?lang={asked_locale(campaign.locales)}", "version": version}


def _checked(response: Response) -> Response:
    """Asked for again each time: a change shows at once."""
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _practice(campaign: Campaign) -> PracticePage:
    """Raises Problem not_found where the brand's pictures are too large for any device to be asked to keep them."""
    try:
        return _make(campaign)
    except TooHeavy as refusal:
        raise Problem("not_found", str(refusal)) from None


def _make(campaign: Campaign) -> PracticePage:
    wanted = Practice(play_terms().public_url, asked_locale(campaign.locales), {}, is_offline=True)
    return make_practice(current_session(), campaign, current_texts(), wanted)


def _manifest(campaign: Campaign, locale: str) -> dict[str, Any]:
    """By the W3C's Web Application Manifest; addresses without a host, for they are this one's."""
    home, title = f"/c/{campaign.slug}", campaign.title(locale)
    sky = stage_of(campaign.theme).sky
    return {"id": home, "start_url": home, "scope": home, "display": "standalone", "lang": locale, "dir": "ltr",
            "name": f"{title} · {campaign.brand}", "short_name": _short(title, campaign.brand),
            "description": current_texts().say(locale, "page.description", brand=campaign.brand),
            "theme_color": sky, "background_color": sky, "categories": ["games"],
            "icons": [{"src": f"{home}/icon-{name}.png?v={_look_version(campaign)}", "sizes": f"{side}x{side}",
                       "type": "image/png", "purpose": "maskable" if is_maskable else "any"}
                      for name, (side, is_maskable) in ICONS.items()]}


def _short(title: str, brand: str) -> str:
    """What fits under an icon: the title, else the brand, else as much of the title as may be."""
    return next((name for name in (title, brand) if len(name) <= MOST_SHORT), title[:MOST_SHORT].rstrip())


def _look_version(campaign: Campaign) -> str:
    """Changes with the looks, so that a device's icon does too."""
    return hashlib.sha256(json.dumps(campaign.theme, sort_keys=True).encode()).hexdigest()[:8]
