"""oEmbed 1.0 (https://oembed.com): what a CMS asks when somebody pastes a campaign's address into an article."""

import re
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, request

from server.campaigns.campaign import Campaign, get_campaign
from server.db import current_session
from server.errors import Problem
from server.play.terms import PlayTerms, play_terms
from server.texts import asked_locale, current_texts
from server.wire import answer

WIDTH, HEIGHT = 640, 680  # CSS pixels of a frame that nobody asks to be smaller
KEPT_S = 3600
ALLOW = "autoplay; clipboard-write; fullscreen; gamepad; web-share"
JSON, XML = "json", "xml"

bp = Blueprint("oembed", __name__)


class Asked(NamedTuple):
    """The address in question: whose it is, and the language that it asks for, if any."""

    slug: str
    lang: str


@bp.get("/oembed")
def oembed() -> Response:
    """Raises Problem malformed, format_unknown, campaign_not_found or not_embeddable."""
    terms, wished = play_terms(), request.args.get("format", JSON)
    if wished not in (JSON, XML):
        raise Problem("format_unknown", f"There are {JSON} and {XML}, not {wished!r:.40}.")
    asked = read_address(request.args.get("url", ""), terms)
    campaign = get_campaign(current_session(), asked.slug)
    if not campaign.framed_by:
        raise Problem("not_embeddable", "Nobody may show this campaign in a page of their own.")
    told = describe(campaign, asked.lang, terms, (_most("maxwidth", WIDTH), _most("maxheight", HEIGHT)))
    response = answer(told) if wished == JSON else Response(as_xml(told), content_type="text/xml; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={KEPT_S}"
    response.vary.add("Accept-Language")
    return response


def read_address(address: str, terms: PlayTerms) -> Asked:
    """Raises Problem malformed without an address, campaign_not_found for one that is no campaign's page here."""
    if not address:
        raise Problem("malformed", "`url` must be the address of a campaign.")
    own = urlsplit(terms.public_url)
    try:
        asked = urlsplit(address)
        is_ours = (asked.scheme, asked.hostname, asked.port) == (own.scheme, own.hostname, own.port)
    except ValueError:
        is_ours = False
    page = re.fullmatch(rf"{re.escape(own.path)}/[ce]/([a-z0-9-]+)/?", asked.path) if is_ours else None
    if page is None:
        raise Problem("campaign_not_found", f"This is no campaign's address; they begin with {terms.public_url}/c/.")
    lang = re.search(r"(?:^|&)lang=([a-z]{2})(?:&|$)", asked.query)
    return Asked(page[1], lang[1] if lang else "")


def describe(campaign: Campaign, lang: str, terms: PlayTerms, most: tuple[int, int]) -> dict[str, Any]:
    """The answer's members; `html` is one bare frame, since a CMS takes scripts out."""
    lang = lang if lang in current_texts().spoken(campaign.locales) else ""
    locale = lang or asked_locale(campaign.locales)
    title, (width, height) = f"{campaign.title(locale)} · {campaign.brand}", most
    return {"version": "1.0", "type": "rich", "provider_name": "Popshot", "provider_url": terms.public_url,
            "author_name": campaign.brand, "title": title, "cache_age": KEPT_S, "width": width, "height": height,
            "html": frame_line(campaign.slug, title, terms.public_url, width=width, height=height, lang=lang)}


def frame_line(slug: str, title: str, public_url: str, *, width: int | str = "100%", height: int = HEIGHT,
               lang: str = "") -> str:
    """The <iframe> that shows a campaign."""
    address = f"{public_url}/e/{slug}" + (f"?lang={lang}" if lang else "")
    return (f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}" '
            f'frameborder="0" loading="lazy" allow="{ALLOW}"></iframe>')


def script_line(slug: str, public_url: str) -> str:
    """The <script> that shows a campaign."""
    return f'<script src="{escape(public_url)}/embed.js" data-campaign="{escape(slug)}" async></script>'


def oembed_address(slug: str, public_url: str) -> str:
    """Where a CMS finds all this."""
    return f"{public_url}/oembed?{urlencode({'url': f'{public_url}/c/{slug}'}, quote_via=quote)}"


def as_xml(told: dict[str, Any]) -> bytes:
    root = Element("oembed")
    for name, value in told.items():
        SubElement(root, name).text = str(value)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _most(name: str, usual: int) -> int:
    """The smaller of what is asked for and what is usual; raises Problem malformed."""
    given = request.args.get(name, "")
    if given and not re.fullmatch(r"[1-9][0-9]{0,5}", given):
        raise Problem("malformed", f"`{name}` must be a number of pixels, not {given!r:.40}.")
    return min(int(given or usual), usual)
