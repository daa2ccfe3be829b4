"""The demo's invitation: as long as nobody is staff of its brand, each start prints a link for its first owner."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.backoffice.rights import Role
from server.backoffice.staff.link import invite
from server.backoffice.staff.person import Membership
from server.campaigns.brand import find_brand


def invite_first_owner(session: Session, brand: str, now: datetime) -> str | None:
    """The secret of an invitation for a brand's first owner; None when there is no such brand, or somebody is there."""
    found = find_brand(session, brand)
    if found is None or session.scalar(select(Membership.staff_id).where(Membership.brand_id == found.id).limit(1)):
        return None
    return invite(session, found.id, Role.OWNER, None, now)[1]
