"""Making a campaign again what one of its versions says."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from server.campaigns.campaign import CampaignState
from server.campaigns.edit_campaign import OPEN_KEYS, Saved, Table, store_table
from server.campaigns.publish import lock_campaign
from server.campaigns.save_draft import table_of
from server.campaigns.version import CampaignVersion, SavedBy
from server.db import transaction


def restore_version(session: Session, slug: str, version: CampaignVersion, locales: Sequence[str], by: str,
                    now: datetime) -> Saved:
    """Store what a version says, of a published campaign what may still change; pictures stay as they are.

    Raises BadDraft, SealedCampaign.
    """
    wanted = version.read_table()
    with transaction(session):
        campaign = lock_campaign(session, slug)
        there = table_of(session, campaign)
        kept: Table = {"slug": there["slug"], "brand": there["brand"]}
        if campaign.state != CampaignState.DRAFT:
            kept = {key: value for key, value in there.items() if key not in OPEN_KEYS}
        return store_table(session, campaign, there, _with_pictures(wanted, there) | kept, locales, SavedBy.RESTORE,
                           by, now)


def _with_pictures(wanted: Table, there: Table) -> Table:
    """A picture of then may be gone; those of now are not."""
    theme, now = dict(wanted["theme"]), there["theme"]
    theme["boss"] = {name: value for name, value in theme["boss"].items() if name != "picture"}
    theme.pop("logo", None)
    if "picture" in now["boss"]:
        theme["boss"]["picture"] = now["boss"]["picture"]
    return wanted | {"theme": theme | ({"logo": now["logo"]} if "logo" in now else {})}
