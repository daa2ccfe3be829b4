"""Links that let somebody choose a password: an invitation to a brand, or a way back in.

The secret stands in the link's fragment, which no server, log, proxy or referrer ever sees, and is kept as its hash.
A link works once and not for long; whoever made it may take it back.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Boolean, ColumnElement, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id
from server.backoffice.rights import Role
from server.db import transaction
from server.errors import Problem

INVITE_FOR, RESET_FOR = timedelta(days=7), timedelta(days=1)
MOST_SECRET = 64
OVER = "This link was used, taken back or is too old; ask for a new one."


class LinkKind(StrEnum):
    INVITE = "invite"
    RESET = "reset"


class StaffLink(Base):
    """An invitation is for a brand and a role, a reset for an account, of which it may also take the second factor
    away. `made_by` is None when the operator made it.
    """

    __tablename__ = "staff_link"
    __table_args__ = (Index("ix_staff_link_brand_id", "brand_id", "made_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    kind: Mapped[LinkKind]
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    brand_id: Mapped[str | None] = mapped_column(ForeignKey("brand.id"))
    role: Mapped[Role | None]
    email: Mapped[str | None] = mapped_column(String(254))
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"), index=True)
    clears_factor: Mapped[bool] = mapped_column(Boolean, default=False)
    made_by: Mapped[str | None] = mapped_column(String(32))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


def hash_of(secret: str) -> str:
    """The only form in which a secret of 256 random bits is kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def address_of(public_url: str, secret: str) -> str:
    """The link as it is handed over."""
    return f"{public_url}/backoffice/welcome#{secret}"


def invite(session: Session, brand_id: str, role: Role, by: str | None, now: datetime,
           email: str | None = None) -> tuple[str, str]:
    """Make an invitation; its id, and the secret that is told this once."""
    with transaction(session):
        return _make(session, StaffLink(kind=LinkKind.INVITE, brand_id=brand_id, role=role, email=email, made_by=by,
                                        made_at=now, expires_at=now + INVITE_FOR))


def reset(session: Session, staff_id: str, by: str | None, now: datetime, *,
          clears_factor: bool = False) -> tuple[str, str]:
    """Make a link by which somebody chooses a new password; those made before it end."""
    with transaction(session):
        earlier = (StaffLink.staff_id == staff_id, StaffLink.kind == LinkKind.RESET, *_still_open(now))
        session.execute(update(StaffLink).where(*earlier).values(revoked_at=now))
        return _make(session, StaffLink(kind=LinkKind.RESET, staff_id=staff_id, clears_factor=clears_factor, made_by=by,
                                        made_at=now, expires_at=now + RESET_FOR))


def renew_invite(session: Session, link_id: str, brand_id: str, now: datetime) -> str:
    """Give an invitation that nobody used a new secret and its whole time again; the old link ends.

    Raises Problem not_found, link_over.
    """
    secret = secrets.token_urlsafe(32)
    with transaction(session):
        _change(session, link_id, brand_id, secret_hash=hash_of(secret), made_at=now, expires_at=now + INVITE_FOR)
    return secret


def revoke_invite(session: Session, link_id: str, brand_id: str, now: datetime) -> None:
    """Take an invitation back; raises Problem not_found, link_over."""
    with transaction(session):
        _change(session, link_id, brand_id, revoked_at=now)


def find_link(session: Session, secret_hash: str, now: datetime) -> StaffLink | None:
    """The link of a secret, while it may be used."""
    return session.scalar(select(StaffLink).where(StaffLink.secret_hash == secret_hash, *_still_open(now)))


def spend(session: Session, secret_hash: str, now: datetime) -> StaffLink:
    """Use a link up, inside the caller's transaction: of two at once one gets it. Raises Problem link_over."""
    spent = update(StaffLink).where(StaffLink.secret_hash == secret_hash, *_still_open(now)).values(used_at=now)
    link: StaffLink | None = session.scalar(spent.returning(StaffLink))
    if link is None:
        raise Problem("link_over", OVER)
    return link


def open_invites(session: Session, brand_id: str) -> list[StaffLink]:
    """A brand's invitations that nobody used or took back, the newest first; those too old are among them."""
    waiting = (StaffLink.brand_id == brand_id, StaffLink.used_at.is_(None), StaffLink.revoked_at.is_(None))
    return list(session.scalars(select(StaffLink).where(*waiting).order_by(StaffLink.made_at.desc(), StaffLink.id)
                                .limit(200)))


def _make(session: Session, link: StaffLink) -> tuple[str, str]:
    secret = secrets.token_urlsafe(32)
    link.id, link.secret_hash = new_id(), hash_of(secret)
    session.add(link)
    session.flush()
    return link.id, secret


def _change(session: Session, link_id: str, brand_id: str, **values: object) -> None:
    mine = (StaffLink.id == link_id, StaffLink.brand_id == brand_id)
    unused = update(StaffLink).where(*mine, StaffLink.used_at.is_(None), StaffLink.revoked_at.is_(None))
    if session.scalar(unused.values(**values).returning(StaffLink.id)) is None:
        known = session.scalar(select(StaffLink.id).where(*mine))
        raise Problem("link_over", OVER) if known else Problem("not_found", "There is no such invitation.")


def _still_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return StaffLink.used_at.is_(None), StaffLink.revoked_at.is_(None), StaffLink.expires_at > now
