"""The staff page of a brand: who, which roles, second factor or not, last seen; and who is invited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.backoffice.rights import Role
from server.backoffice.staff.link import StaffLink, open_invites
from server.backoffice.staff.person import HAS_PASSKEY, Membership, Staff
from server.campaigns.brand import Brand

MOST_PEOPLE = 500


@dataclass(frozen=True)
class Person:
    """A line of the page."""

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    has_factor: bool
    seen_at: datetime | None
    is_suspended: bool


@dataclass(frozen=True)
class StaffPage:
    """A brand's people and its invitations."""

    brand_id: str
    brand: str
    people: tuple[Person, ...]
    invites: tuple[StaffLink, ...]


def staff_page(session: Session, brand_id: str) -> StaffPage:
    """What the page of a brand shows, people by name."""
    rows = session.execute(select(Staff, HAS_PASSKEY, Membership.role, Membership.suspended_at)
                           .join(Membership, Membership.staff_id == Staff.id).where(Membership.brand_id == brand_id)
                           .order_by(Staff.name, Staff.id).limit(MOST_PEOPLE * len(Role))).all()
    by_id: dict[str, list[tuple[Staff, bool, Role, datetime | None]]] = {}
    for staff, has_passkey, role, suspended_at in rows:
        by_id.setdefault(staff.id, []).append((staff, has_passkey, role, suspended_at))
    brand = session.get_one(Brand, brand_id)
    return StaffPage(brand_id, brand.name, tuple(_person(held) for held in by_id.values()),
                     tuple(open_invites(session, brand_id)))


def brands_by_id(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The names of brands by their ids, in the order of their names."""
    found = session.execute(select(Brand.id, Brand.name).where(Brand.id.in_(ids)).order_by(Brand.name))
    return {row.id: row.name for row in found}


def _person(held: list[tuple[Staff, bool, Role, datetime | None]]) -> Person:
    staff, has_passkey, _, _ = held[0]
    roles = {role for _, _, role, _ in held}
    return Person(staff.id, staff.name, staff.email, tuple(role for role in Role if role in roles),
                  has_passkey or staff.totp_secret is not None, staff.seen_at,
                  all(suspended_at is not None for *_, suspended_at in held))
