"""Who has which role for a brand: given, taken away, suspended; and never a brand without an owner."""

import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from prizes.db import insert_into
from server.backoffice.rights import Role
from server.backoffice.staff.person import Membership, Staff
from server.campaigns.brand import Brand
from server.db import transaction
from server.errors import Problem

NOT_HERE = "There is nobody like that among the staff of this brand."


def grant(session: Session, by: str, staff_id: str, brand_id: str, role: Role, now: datetime) -> None:
    """Give one of the brand's staff another role. Raises Problem own_role, not_found."""
    if by == staff_id:
        raise Problem("own_role", "Nobody gives themselves a role; another owner can.")
    with transaction(session):
        lock_brand(session, brand_id)
        require_member(session, staff_id, brand_id)
        add_member(session, staff_id, brand_id, role, now)


def add_member(session: Session, staff_id: str, brand_id: str, role: Role, now: datetime) -> None:
    """Give a role, inside the caller's transaction; nothing happens when they have it. Who is suspended stays so."""
    since = session.scalar(select(func.max(Membership.suspended_at)).where(*_of(staff_id, brand_id)))
    row = insert_into(session, Membership).values(staff_id=staff_id, brand_id=brand_id, role=role, created_at=now,
                                                  suspended_at=since)
    session.execute(row.on_conflict_do_nothing())


def take_away(session: Session, staff_id: str, brand_id: str, role: Role) -> None:
    """Take a role away and end the person's visits. Raises Problem not_found, last_owner."""
    with transaction(session):
        lock_brand(session, brand_id)
        gone = delete(Membership).where(*_of(staff_id, brand_id), Membership.role == role)
        if session.scalar(gone.returning(Membership.staff_id)) is None:
            raise Problem("not_found", NOT_HERE)
        require_owner(session, brand_id)
        end_visits(session, staff_id)


def suspend(session: Session, by: str, staff_id: str, brand_id: str, now: datetime) -> None:
    """Shut somebody out of a brand until `resume`. Raises Problem own_role, not_found, last_owner."""
    if by == staff_id:
        raise Problem("own_role", "Nobody suspends themselves; another owner can.")
    with transaction(session):
        lock_brand(session, brand_id)
        require_member(session, staff_id, brand_id)
        session.execute(update(Membership).where(*_of(staff_id, brand_id)).values(suspended_at=now))
        require_owner(session, brand_id)
        end_visits(session, staff_id)


def resume(session: Session, by: str, staff_id: str, brand_id: str) -> None:
    """Let somebody suspended in again. Raises Problem own_role, not_found."""
    if by == staff_id:
        raise Problem("own_role", "Nobody lets themselves in again; another owner can.")
    with transaction(session):
        lock_brand(session, brand_id)
        require_member(session, staff_id, brand_id)
        session.execute(update(Membership).where(*_of(staff_id, brand_id)).values(suspended_at=None))


def end_visits(session: Session, staff_id: str) -> str:
    """End every visit of somebody, inside the caller's transaction; what names their next ones."""
    fresh = secrets.token_hex(16)
    session.execute(update(Staff).where(Staff.id == staff_id).values(fs_uniquifier=fresh))
    return fresh


def require_own_people(session: Session, staff_id: str, owned: list[str]) -> None:
    """An owner may hand a way in only to somebody who is staff of the own brands alone, or it would open another's.

    Raises Problem not_allowed.
    """
    elsewhere = select(Membership.brand_id).where(Membership.staff_id == staff_id, Membership.brand_id.not_in(owned))
    if session.scalar(elsewhere.limit(1)) is not None:
        raise Problem("not_allowed", "This person works for another brand too; the operator can make this link: "
                                     "popshot staff reset.")


def require_member(session: Session, staff_id: str, brand_id: str) -> None:
    """Raises Problem not_found."""
    if session.scalar(select(Membership.staff_id).where(*_of(staff_id, brand_id)).limit(1)) is None:
        raise Problem("not_found", NOT_HERE)


def _of(staff_id: str, brand_id: str) -> tuple[ColumnElement[bool], ...]:
    return Membership.staff_id == staff_id, Membership.brand_id == brand_id


def lock_brand(session: Session, brand_id: str) -> None:
    """One at a time changes who is staff of a brand: on SQLite the transaction sees to it, on PostgreSQL this row."""
    session.execute(select(Brand.id).where(Brand.id == brand_id).with_for_update())


def require_owner(session: Session, brand_id: str) -> None:
    """After a change: raises Problem last_owner when nobody is left who could undo it."""
    owners = (select(Membership.staff_id).join(Staff, Staff.id == Membership.staff_id)
              .where(Membership.brand_id == brand_id, Membership.role == Role.OWNER, Membership.suspended_at.is_(None),
                     Staff.active))
    if session.scalar(owners.limit(1)) is None:
        raise Problem("last_owner", "A brand has at least one owner; make somebody else an owner first.")
