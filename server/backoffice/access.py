"""Who asks, and whether they may: every page and deed of the back office begins here.

Another brand's things are not found, as if they did not exist; what one's own role does not allow is refused by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import g
from flask import session as visit

from server.backoffice.rights import RIGHTS, Right, Role
from server.backoffice.staff.person import find_visitor, needs_factor
from server.campaigns.campaign import Campaign, find_campaign
from server.clock import utc_now
from server.db import current_session
from server.errors import Problem

FRESH_FOR = timedelta(minutes=5)  # how long a second factor counts for what is asked again for
VISIT_FOR = timedelta(hours=12)
# In the visit's cookie; the first is Flask-Login's own name for it.
WHO, PROVEN, NAMED, BEGAN = "_user_id", "proven_at", "visit", "began_at"


@dataclass(frozen=True)
class Asker:
    """A member of staff who is signed in. `proven_at` is when a second factor was last shown, `has_factor` whether
    there is any.
    """

    id: str
    email: str
    name: str
    roles: Mapping[str, frozenset[Role]]
    proven_at: datetime | None = None
    has_factor: bool = True

    @property
    def by(self) -> str:
        """What signs their deeds."""
        return self.id

    @property
    def all_roles(self) -> list[Role]:
        """The roles for whatever brand."""
        return [role for held in self.roles.values() for role in held]

    @property
    def lacks_factor(self) -> bool:
        """Whether a role asks for a second factor that is not there yet: nothing else may be done before."""
        return not self.has_factor and needs_factor(self.all_roles)

    def may(self, right: Right, brand_id: str | None) -> bool:
        return any(right in RIGHTS[role] for role in self.roles.get(brand_id or "", ()))

    def brands(self, right: Right) -> list[str]:
        """The ids of the brands for which they have a right."""
        return sorted(brand_id for brand_id in self.roles if self.may(right, brand_id))


def find_signed_in() -> Asker | None:
    """Who is signed in, looked up once a request; for the pages of the own account."""
    if "asker" not in g:
        g.asker = _look_up()
    asker: Asker | None = g.asker
    return asker


def signed_in() -> Asker:
    """Who is signed in, whatever is still missing; for the pages of the own account. Raises Problem signed_out."""
    asker = find_signed_in()
    if asker is None:
        raise Problem("signed_out", "You are not signed in, or your visit is over.")
    return asker


def find_asker() -> Asker | None:
    """Who is signed in and may do something."""
    asker = find_signed_in()
    return None if asker is None or asker.lacks_factor else asker


def current_asker() -> Asker:
    """Who is signed in and may do something; raises Problem signed_out, second_factor_needed."""
    asker = signed_in()
    if asker.lacks_factor:
        raise Problem("second_factor_needed", "Your role asks for a second step; set one up first.")
    return asker


def campaign_to(right: Right, slug: str) -> Campaign:
    """A campaign with which the asker may do something.

    Raises Problem signed_out, not_found (there is none, or it is another brand's), not_allowed.
    """
    campaign = find_campaign(current_session(), slug)
    require(right, campaign.brand_id if campaign else None)
    assert campaign is not None  # noqa: S101  # nobody has a role for no brand
    g.asked_campaign = campaign.id
    return campaign


def require(right: Right, brand_id: str | None) -> Asker:
    """Raises Problem signed_out, not_found (another brand's thing), not_allowed."""
    asker = current_asker()
    if brand_id is None or brand_id not in asker.roles:
        raise Problem("not_found", "There is nothing at this address.")
    if not asker.may(right, brand_id):
        raise Problem("not_allowed", "Your role does not allow this; an owner of the brand can change it.")
    g.asked_brand = brand_id
    return asker


def asked_about() -> tuple[str | None, str | None]:
    """The ids of the brand and the campaign that this request was let touch; the last ones, where there were more."""
    return g.get("asked_brand"), g.get("asked_campaign")


def brands_to(right: Right) -> list[str]:
    """The brands for which the asker has a right; raises Problem signed_out, not_allowed when there is none."""
    found = current_asker().brands(right)
    if not found:
        raise Problem("not_allowed", "Your role does not allow this; an owner of the brand can change it.")
    return found


def require_fresh() -> None:
    """Raises Problem step_up_needed unless a second factor was shown in the last five minutes."""
    proven_at = signed_in().proven_at
    if proven_at is None or utc_now() - proven_at > FRESH_FOR:
        raise Problem("step_up_needed", "Show your second factor again; that was more than five minutes ago.")


def _look_up() -> Asker | None:
    uniquifier, began = visit.get(WHO), visit.get(BEGAN)
    if not isinstance(uniquifier, str) or not isinstance(began, int) or is_over(began):
        return None
    visitor = find_visitor(current_session(), uniquifier, visit.get(NAMED, ""))
    if visitor is None:
        return None
    proven = visit.get(PROVEN)
    return Asker(visitor.staff.id, visitor.staff.email, visitor.staff.name, visitor.roles,
                 datetime.fromtimestamp(proven, UTC) if isinstance(proven, int) else None, visitor.has_factor)


def is_over(began: int) -> bool:
    """Whether a visit that began at a Unix time has lasted its twelve hours."""
    return utc_now() - datetime.fromtimestamp(began, UTC) > VISIT_FOR
