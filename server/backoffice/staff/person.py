"""Staff: who has an account, and what each may do for which brand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKey, Integer, LargeBinary, String, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id
from server.backoffice.rights import Role

NEED_FACTOR = frozenset({Role.OWNER, Role.STOCK_KEEPER})  # they can give away what is worth money
MOST_ID = 1_400  # base64url of the 1,023 bytes that a passkey's id may have


class Staff(Base):
    """A person with an account. `fs_uniquifier` names their visits: a new one ends every visit there is.

    `totp_secret` is what their authenticator app reckons codes from, encrypted; `totp_counter` the half minute of the
    last code that was used.
    """

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    locale: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime]
    totp_secret: Mapped[str | None] = mapped_column(String(500))
    totp_counter: Mapped[int | None] = mapped_column(Integer)
    seen_at: Mapped[datetime | None]


class Membership(Base):
    """That a person has a role for a brand; one may have several. None counts while they are suspended there."""

    __tablename__ = "membership"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    brand_id: Mapped[str] = mapped_column(ForeignKey("brand.id"), primary_key=True, index=True)
    role: Mapped[Role] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]


class Passkey(Base):
    """What one of a person's devices signs with. `sign_count` only grows, or the device has none."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(MOST_ID), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class EndedVisit(Base):
    """A visit that ended before its cookie did."""

    __tablename__ = "ended_visit"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Visitor:
    """Who a visit belongs to, as plain values: the account, the roles by brand, whether there is a second factor."""

    staff: Staff
    roles: dict[str, frozenset[Role]]
    has_factor: bool


HAS_PASSKEY = exists().where(Passkey.staff_id == Staff.id)


def find_visitor(session: Session, uniquifier: str, visit_id: str = "") -> Visitor | None:
    """The person whose visit this is; None for a visit that was ended, or of an account that was shut."""
    is_over = exists().where(EndedVisit.id == visit_id)
    found = session.execute(select(Staff, HAS_PASSKEY).where(Staff.fs_uniquifier == uniquifier, Staff.active,
                                                             ~is_over)).first()
    if found is None:
        return None
    staff, has_passkey = found
    roles: dict[str, set[Role]] = {}
    for brand_id, role in session.execute(select(Membership.brand_id, Membership.role).where(
            Membership.staff_id == staff.id, Membership.suspended_at.is_(None))):
        roles.setdefault(brand_id, set()).add(role)
    return Visitor(staff, {brand_id: frozenset(held) for brand_id, held in roles.items()},
                   has_passkey or staff.totp_secret is not None)


def has_factor(session: Session, staff: Staff) -> bool:
    """Whether somebody has a second factor."""
    if staff.totp_secret is not None:
        return True
    return session.scalar(select(Passkey.id).where(Passkey.staff_id == staff.id).limit(1)) is not None


def needs_factor(roles: Iterable[Role]) -> bool:
    """Whether one of the roles asks for a second factor before anything else."""
    return not NEED_FACTOR.isdisjoint(roles)


def find_staff(session: Session, email: str) -> Staff | None:
    """The account of an address that was brought into its one form."""
    return session.scalar(select(Staff).where(Staff.email == email))


def names_of(session: Session, ids: set[str]) -> dict[str, str]:
    """The names of staff by their ids; who has none any more is left out."""
    if not ids:
        return {}
    return {row.id: row.name for row in session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(ids)))}
