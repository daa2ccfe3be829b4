"""The public counts of a campaign's moderation: as data, and as a page."""

from flask import Blueprint, Response

from server.campaigns.campaign import Campaign, get_campaign
from server.clock import utc_now
from server.comments.public_counts import Counts, public_counts
from server.comments.terms import comment_terms
from server.db import current_session
from server.texts import asked_locale
from server.wire import answer
from server.words import say_span

bp = Blueprint("counts", __name__)


@bp.get("/api/v1/campaigns/<slug>/moderation")
def counts(slug: str) -> Response:
    return answer(_count(get_campaign(current_session(), slug)))


@bp.get("/c/<slug>/moderation")
def page(slug: str) -> Response:
    campaign = get_campaign(current_session(), slug)
    counted, locale = _count(campaign), asked_locale(campaign.locales)
    median = counted["median_s"]
    return comment_terms().page_of(
        "moderation.html", locale, campaign={"slug": slug, "brand": campaign.brand, "title": campaign.title(locale)},
        counts=counted, mode=campaign.comments_mode, median=None if median is None else say_span(locale, median))


def _count(campaign: Campaign) -> Counts:
    session, now = current_session(), utc_now()
    return comment_terms().counts.counts(campaign.id, now, lambda: public_counts(session, campaign.id, now))
