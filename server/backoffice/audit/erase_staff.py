"""Erase a member of staff: name, ways in and every typed word go; what was done stays, by an id that is nobody's."""

import secrets
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from prizes.db import Base
from server.backoffice.acts.act import ActText, ActWord, StaffAct
from server.backoffice.rights import Role
from server.backoffice.staff.members import lock_brand, require_owner
from server.backoffice.staff.person import Membership, Staff
from server.db import transaction
from server.errors import Problem
from server.fairplay.review import Review

KEPT = {"id", "created_at"}  # of a person's row
OF_NOBODY = "invalid"  # a domain that never is: RFC 2606


def erase_staff(session: Session, staff_id: str) -> None:
    """Erase a person in one transaction; their visits are over with it.

    Goes: name, e-mail, password and second factors, roles, invitations, and what they typed with acts and rulings, as
    well as what others typed about them. Stays, under the id alone: the acts, the ledger's lines, the rulings.

    Raises Problem not_found when there is nobody of that id, last_owner.
    """
    with transaction(session):
        owned = select(Membership.brand_id).where(Membership.staff_id == staff_id, Membership.role == Role.OWNER)
        brands = session.scalars(owned.order_by(Membership.brand_id)).all()
        for brand_id in brands:
            lock_brand(session, brand_id)
        nameless = update(Staff).where(Staff.id == staff_id).values(_nobody(staff_id))
        if session.scalar(nameless.returning(Staff.id)) is None:
            raise Problem("not_found", "There is no such member of staff.")
        acts = select(StaffAct.id).where(_concerns(staff_id))
        for typed in (ActText, ActWord):
            session.execute(delete(typed).where(typed.act_id.in_(acts)))
        session.execute(update(Review).where(Review.ruled_by == staff_id, Review.reason.is_not(None)).values(reason=""))
        for table in _tables_of_staff():
            session.execute(delete(table).where(table.c.staff_id == staff_id))
        for brand_id in brands:
            require_owner(session, brand_id)


def _nobody(staff_id: str) -> dict[str, Any]:
    """The columns of somebody of whom nothing is known."""
    columns = Staff.__table__.columns
    emptied = {column.name: None for column in columns if column.nullable and column.name not in KEPT}
    return {**emptied, "name": "", "email": f"{staff_id}@{OF_NOBODY}", "active": False,
            "fs_uniquifier": secrets.token_hex(32)}


def _concerns(staff_id: str) -> ColumnElement[bool]:
    about = and_(StaffAct.subject_kind == "staff", StaffAct.subject_id == staff_id)
    return or_(StaffAct.staff_id == staff_id, about)


def _tables_of_staff() -> list[Table]:
    """What belongs to one person: roles, passkeys, invitations, whatever names its owner `staff_id`."""
    return [table for table in reversed(Base.metadata.sorted_tables) if "staff_id" in table.c
            and any(key.column.table.name == "staff" for key in table.c.staff_id.foreign_keys)]
