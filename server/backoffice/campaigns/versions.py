"""The versions of a campaign: who changed what and when, and how to get an older one back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from server.backoffice.access import campaign_to, current_asker
from server.backoffice.acts.act import tell_act
from server.backoffice.campaigns.blueprint import EVERY, HERE, HOME, bp
from server.backoffice.campaigns.faults import fault_text
from server.backoffice.campaigns.fields import say_cents
from server.backoffice.campaigns.labels import label_of
from server.backoffice.campaigns.step import frame, name_of
from server.backoffice.page import done, office_page, say
from server.backoffice.rights import Right
from server.campaigns.campaign import Campaign
from server.campaigns.compare import differences, flatten
from server.campaigns.publish import SealedCampaign
from server.campaigns.restore_version import restore_version
from server.campaigns.strict_table import BadDraft
from server.campaigns.version import CampaignVersion, find_version, versions_of
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem
from server.texts import current_texts

MOST = 30  # on one page


class Change(NamedTuple):
    """One line of a comparison, in words."""

    label: str
    before: str
    after: str


class Shown(NamedTuple):
    """A version with who made it, and how it differs from the one before it; None where none was kept."""

    version: CampaignVersion
    name: str
    changes: Sequence[Change] | None


@bp.get(f"{EVERY}/versions")
def versions(slug: str) -> str:
    campaign = campaign_to(Right.SEE, slug)
    return _page(campaign)


@bp.get(f"{EVERY}/versions/<number>.toml")
def version_file(slug: str, number: str) -> Response:
    """The campaign's file as it was, which `popshot campaign load` takes."""
    campaign = campaign_to(Right.SEE, slug)
    response = make_response(_version(campaign, number).content)
    response.headers["Content-Type"] = "application/toml; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{campaign.slug}-{number}.toml"'
    return response


@bp.post(f"{EVERY}/versions/<number>/restore")
def restore(slug: str, number: str) -> ResponseReturnValue:
    """Make the campaign again what it was; that is a version too."""
    campaign = campaign_to(Right.EDIT, slug)
    version = _version(campaign, number)
    tell_act(brand_id=campaign.brand_id, subject=("campaign", campaign.id), after={"restored": version.number})
    try:
        restore_version(current_session(), slug, version, current_texts().locales, current_asker().by, utc_now())
    except BadDraft as bad:
        return make_response(_page(campaign_to(Right.EDIT, slug), fault_text(bad)), 422)
    except SealedCampaign:
        return make_response(_page(campaign_to(Right.EDIT, slug), say("campaigns.fault.sealed")), 422)
    return done(say("campaigns.restored", number=number), f"{HOME}/{slug}/versions")


def _version(campaign: Campaign, number: str) -> CampaignVersion:
    """Raises Problem not_found."""
    wanted = _number(number)
    version = None if wanted is None else find_version(current_session(), campaign.id, wanted)
    if version is None:
        raise Problem("not_found", "There is nothing at this address.")
    return version


def _number(text: str) -> int | None:
    """A version's number; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _page(campaign: Campaign, refusal: str = "") -> str:
    start = _number(request.args.get("before", ""))
    found = versions_of(current_session(), campaign.id, start, MOST + 1)
    shown = [_shown(version, found[place + 1] if place + 1 < len(found) else None)
             for place, version in enumerate(found[:MOST])]
    more = f"{HOME}/{campaign.slug}/versions?before={found[MOST - 1].number}" if len(found) > MOST else ""
    return office_page("campaigns/versions.html", here=HERE, campaign=campaign, versions=shown, earlier=more,
                       is_first=start is None, refusal=refusal, step="versions", **frame(campaign))


def _said(path: str, value: Any) -> str:
    """A value as people write it; nothing for one that is not there."""
    if value is None:
        return ""
    if path.endswith("_cents"):
        return say_cents(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _shown(version: CampaignVersion, older: CampaignVersion | None) -> Shown:
    changes = None if older is None else [
        Change(label_of(one.path), _said(one.path, one.before), _said(one.path, one.after))
        for one in differences(flatten(older.read_table()), flatten(version.read_table()))]
    return Shown(version, name_of(version.by), changes)
