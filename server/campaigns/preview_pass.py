"""A preview pass: that one of the staff may see one campaign as its players will, for a short while, signed."""

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, find_campaign, no_campaign

VALID_FOR = timedelta(minutes=10)  # to open the page; once open it stays
PASS = re.compile(r"([0-9a-z]{1,32})\.([0-9]{1,11})\.([A-Za-z0-9_-]{43})")


def make_preview_pass(key: bytes, campaign_id: str, staff_id: str, now: datetime) -> str:
    """A pass for the address of a campaign's page; `staff_id` is whom it was made for."""
    begun = f"{staff_id}.{int((now + VALID_FOR).timestamp())}"
    return f"{begun}.{_signature(key, campaign_id, begun)}"


def is_preview_pass(key: bytes, campaign_id: str, shown: str, now: datetime) -> bool:
    """Whether a pass opens a campaign's page: signed by this key for this campaign, and not over."""
    parts = PASS.fullmatch(shown)
    if parts is None or not hmac.compare_digest(parts[3], _signature(key, campaign_id, f"{parts[1]}.{parts[2]}")):
        return False
    return now < datetime.fromtimestamp(int(parts[2]), UTC)


def _signature(key: bytes, campaign_id: str, begun: str) -> str:
    digest = hmac.digest(key, f"{campaign_id}:{begun}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def get_previewed(session: Session, slug: str, key: bytes, shown: str, now: datetime) -> Campaign:
    """The campaign that a pass opens, a draft too.

    Raises Problem campaign_not_found for every other pass, as if there were no such campaign.
    """
    campaign = find_campaign(session, slug)
    if campaign is None or not is_preview_pass(key, campaign.id, shown, now):
        raise no_campaign()
    return campaign
