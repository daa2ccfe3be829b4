"""A person's own account: made by an invitation, its password, its second factor."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from prizes.db import new_id
from server.backoffice.rights import Role
from server.backoffice.staff.codes import RecoveryCode, new_recovery_codes
from server.backoffice.staff.device import know_device
from server.backoffice.staff.link import StaffLink, spend
from server.backoffice.staff.members import add_member, end_visits
from server.backoffice.staff.passkey import (
    Challenge,
    Place,
    add_passkey,
    passkeys_of,
    show_passkey,
    spend_challenge,
)
from server.backoffice.staff.person import Passkey, Staff, needs_factor
from server.db import transaction
from server.errors import Problem

TAKEN = "There is an account with this address already: sign in to it, then open the link again."


def make_account(session: Session, secret_hash: str, email: str, name: str, password_hash: str, locale: str,
                 now: datetime) -> Staff:
    """Make the account that an invitation is for, with its role. Raises Problem link_over, email_taken."""
    staff = Staff(id=new_id(), email=email, name=name, password=password_hash, active=True, locale=locale,
                  fs_uniquifier=secrets.token_hex(16), created_at=now, seen_at=now)
    try:
        with transaction(session):
            link = spend(session, secret_hash, now)
            session.add(staff)
            session.flush()
            _join(session, link, staff.id, now)
    except IntegrityError:
        raise Problem("email_taken", TAKEN) from None
    return staff


def accept_invite(session: Session, secret_hash: str, staff_id: str, email: str, now: datetime) -> StaffLink:
    """Give a role to somebody who has an account. Raises Problem link_over, not_allowed (it names another person)."""
    with transaction(session):
        link = spend(session, secret_hash, now)
        if link.email not in (None, email):
            raise Problem("not_allowed", f"This invitation is for {link.email}; sign in with that address.")
        _join(session, link, staff_id, now)
    return link


def choose_password(session: Session, secret_hash: str, password_hash: str, now: datetime) -> Staff:
    """Choose a new password by a link; it ends every visit, and the second factor if it was made to.

    Raises Problem link_over.
    """
    with transaction(session):
        link = spend(session, secret_hash, now)
        if link.staff_id is None:
            raise Problem("link_over", "This link chooses no password.")
        if link.clears_factor:
            session.execute(delete(Passkey).where(Passkey.staff_id == link.staff_id))
            session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == link.staff_id))
            session.execute(update(Staff).where(Staff.id == link.staff_id).values(totp_secret=None, totp_counter=None))
        end_visits(session, link.staff_id)
        session.execute(update(Staff).where(Staff.id == link.staff_id).values(password=password_hash))
        return session.get_one(Staff, link.staff_id)


def change_person(session: Session, staff_id: str, name: str, locale: str) -> None:
    """Change how somebody is called, and the language of their pages."""
    with transaction(session):
        session.execute(update(Staff).where(Staff.id == staff_id).values(name=name, locale=locale))


def change_password(session: Session, staff_id: str, password_hash: str) -> str:
    """Change it and end every visit; what names the next ones."""
    with transaction(session):
        session.execute(update(Staff).where(Staff.id == staff_id).values(password=password_hash))
        return end_visits(session, staff_id)


def keep_app(session: Session, staff_id: str, secret: str, counter: int) -> None:
    """Take the codes of an authenticator app as a second factor; its first code, which was just shown, is used up."""
    with transaction(session):
        session.execute(update(Staff).where(Staff.id == staff_id).values(totp_secret=secret, totp_counter=counter))


def keep_passkey(session: Session, place: Place, challenge: Challenge | None, staff_id: str, shown: dict[str, Any],
                 name: str, now: datetime) -> Passkey:
    """Take a new passkey as a second factor. Raises Problem passkey_refused, too_many."""
    with transaction(session):
        spent = spend_challenge(session, challenge, "register", now)
        if spent.staff_id != staff_id:
            raise Problem("passkey_refused", "This was made for another account; try again.")
        return add_passkey(session, place, spent, shown, name, now)


def show_factor(session: Session, place: Place, challenge: Challenge | None, purpose: str, shown: dict[str, Any],
                now: datetime) -> Staff:
    """Whose passkey answered a challenge. Raises Problem passkey_refused."""
    with transaction(session):
        spent = spend_challenge(session, challenge, purpose, now)
        passkey = show_passkey(session, place, spent, shown, now)
        staff = session.get_one(Staff, passkey.staff_id)
        if not staff.active:
            raise Problem("passkey_refused", "This account is shut.")
        return staff


def note_sign_in(session: Session, staff_id: str, shown_token: str, now: datetime) -> str:
    """Somebody signed in wholly: the token by which this browser is known from here on."""
    with transaction(session):
        session.execute(update(Staff).where(Staff.id == staff_id).values(seen_at=now))
        return know_device(session, staff_id, shown_token, now)


def remove_passkey(session: Session, staff_id: str, roles: list[Role], passkey_id: str) -> None:
    """Raises Problem not_found, factor_needed."""
    with transaction(session):
        _lock(session, staff_id)
        gone = delete(Passkey).where(Passkey.id == passkey_id, Passkey.staff_id == staff_id)
        if session.scalar(gone.returning(Passkey.id)) is None:
            raise Problem("not_found", "There is no such passkey.")
        _require_factor(session, staff_id, roles)


def remove_app(session: Session, staff_id: str, roles: list[Role]) -> None:
    """Raises Problem factor_needed."""
    with transaction(session):
        _lock(session, staff_id)
        session.execute(update(Staff).where(Staff.id == staff_id).values(totp_secret=None, totp_counter=None))
        _require_factor(session, staff_id, roles)


def make_recovery_codes(session: Session, staff_id: str) -> list[str]:
    """Ten new recovery codes; those before are worth nothing from here on."""
    with transaction(session):
        return new_recovery_codes(session, staff_id)


def end_all_visits(session: Session, staff_id: str) -> str:
    """Sign somebody out everywhere; what names their next visits."""
    with transaction(session):
        return end_visits(session, staff_id)


def _join(session: Session, link: StaffLink, staff_id: str, now: datetime) -> None:
    if link.brand_id is None or link.role is None:
        raise Problem("link_over", "This link invites to no brand.")
    add_member(session, staff_id, link.brand_id, link.role, now)


def _lock(session: Session, staff_id: str) -> None:
    """One at a time takes a factor away: of two that remove the last two, one is refused."""
    session.execute(select(Staff.id).where(Staff.id == staff_id).with_for_update())


def _require_factor(session: Session, staff_id: str, roles: list[Role]) -> None:
    """After a removal: raises Problem factor_needed when a role asks for what is no longer there. Without any factor
    recovery codes open nothing, so they go too.
    """
    staff = session.get_one(Staff, staff_id, populate_existing=True)
    if staff.totp_secret is not None or passkeys_of(session, staff_id):
        return
    if needs_factor(roles):
        raise Problem("factor_needed", "Your role asks for a second step; add another one before you remove the last.")
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
