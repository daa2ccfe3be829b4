"""The word that a page gets which frames a campaign without being on its list: a refusal with a link.

A browser keeps such a page out by `frame-ancestors` and shows a blank frame. So where the request tells whose page it
is for, the answer is a page of a few words instead, which anybody may frame: it runs nothing, takes nothing and shows
one link. Who leaves the Referer out gets the page itself, and the browser's refusal.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Response, make_response, render_template
from werkzeug.datastructures import Headers

from server.campaigns.campaign import Campaign
from server.campaigns.framing import may_frame
from server.play.terms import PlayTerms
from server.texts import asked_locale, current_texts

FRAMED_BY = "X-Popshot-Framed-By"  # set by a page that may be framed; server/headers.py turns it into frame-ancestors
NO_FRAMES = ("document", "empty")  # what Sec-Fetch-Dest says of a page of its own, and of a script's request
HARMLESS = ("default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors *")


def is_unlisted(headers: Headers, framed_by: Collection[str], public_url: str) -> bool:
    """Whether a request is for a frame in a page that is known, and not listed. A page of ours is left to the browser:
    the frame itself may have asked, going on to another language.
    """
    if headers.get("Sec-Fetch-Dest") in NO_FRAMES:  # over plain http none tells: then a link from elsewhere counts too
        return False
    origin, own = _origin(headers.get("Referer", "")), _origin(public_url)
    return origin not in ("", own) and not may_frame(framed_by, origin, own)


def refuse_frame(campaign: Campaign, terms: PlayTerms) -> Response:
    texts, locale = current_texts(), asked_locale(campaign.locales)
    address = f"{terms.public_url}/c/{campaign.slug}"
    page = render_template("refused_frame.html", locale=locale, title=campaign.title(locale), address=address,
                           shown=address.partition("://")[2], t=lambda key: texts.say(locale, key))
    response = make_response(page, 403)
    response.headers["Content-Security-Policy"] = HARMLESS
    return response


def _origin(address: str) -> str:
    """The origin of a web address; "" for anything else."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}{port}" if parts.scheme in ("http", "https") and parts.hostname else ""
