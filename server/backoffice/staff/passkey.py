"""Passkeys: making one, showing one. The library checks the signatures; here each challenge counts once.

A challenge goes to the browser in the visit's signed cookie. That it was answered is written down with what the answer
did, so that the same answer is worth nothing a second time.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.options_to_json_dict import options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from prizes.db import Base, insert_into
from server.backoffice.staff.person import MOST_ID, Passkey, Staff
from server.backoffice.walls import is_digits
from server.errors import Problem

CHALLENGE_FOR = timedelta(minutes=5)
MOST_PASSKEYS = 20
WRONG = "This passkey did not answer as it should; try again."
BROKEN = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)


class SpentChallenge(Base):
    """A challenge that was answered."""

    __tablename__ = "spent_challenge"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Place:
    """Where passkeys belong to: the host of the public address, and the origin that the browser must name."""

    host: str
    origin: str


@dataclass(frozen=True)
class Challenge:
    """What the browser must sign, and until when; `purpose` and `staff_id` are what it was made for."""

    value: str
    purpose: str
    staff_id: str
    until: int

    def as_json(self) -> list[Any]:
        return [self.value, self.purpose, self.staff_id, self.until]


def place_of(public_url: str) -> Place | None:
    """None where no browser makes passkeys: at an address of digits, and without TLS anywhere but on this machine."""
    address = urlsplit(public_url)
    host = address.hostname or ""
    is_safe = address.scheme == "https" or host == "localhost" or host.endswith(".localhost")
    if not is_safe or is_digits(address.netloc):
        return None
    return Place(host, f"{address.scheme}://{address.netloc}")


def registration_options(session: Session, place: Place, staff: Staff) -> dict[str, Any]:
    """What the browser needs to make a passkey: the members of PublicKeyCredentialCreationOptionsJSON."""
    return options_to_json_dict(generate_registration_options(
        rp_id=place.host, rp_name="Popshot", user_id=staff.id.encode(), user_name=staff.email,
        user_display_name=staff.name, exclude_credentials=_descriptors(session, staff.id),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED)))


def sign_options(session: Session, place: Place, staff_id: str | None) -> dict[str, Any]:
    """What the browser needs to show one: one of a person's, or any that it knows, which then must know its holder."""
    wanted = UserVerificationRequirement.REQUIRED if staff_id is None else UserVerificationRequirement.PREFERRED
    known = None if staff_id is None else _descriptors(session, staff_id)
    return options_to_json_dict(generate_authentication_options(rp_id=place.host, allow_credentials=known,
                                                                user_verification=wanted))


def spend_challenge(session: Session, challenge: Challenge | None, purpose: str, now: datetime) -> Challenge:
    """A challenge counts once, inside the caller's transaction. Raises Problem passkey_refused."""
    if challenge is None or challenge.purpose != purpose or now.timestamp() > challenge.until:
        raise Problem("passkey_refused", "This took too long, or was answered before; try again.")
    session.execute(delete(SpentChallenge).where(SpentChallenge.at < now - 2 * CHALLENGE_FOR))
    hashed = hashlib.sha256(challenge.value.encode()).hexdigest()
    spent = insert_into(session, SpentChallenge).values(hash=hashed, at=now).on_conflict_do_nothing()
    if session.scalar(spent.returning(SpentChallenge.hash)) is None:
        raise Problem("passkey_refused", "This was answered before; try again.")
    return challenge


def add_passkey(session: Session, place: Place, challenge: Challenge, shown: dict[str, Any], name: str,
                now: datetime) -> Passkey:
    """Keep a new passkey of the person whom the challenge was made for, inside the caller's transaction.

    Raises Problem passkey_refused, too_many.
    """
    if len(_descriptors(session, challenge.staff_id)) >= MOST_PASSKEYS:
        raise Problem("too_many", f"An account has at most {MOST_PASSKEYS} passkeys; remove one first.")
    try:
        made = verify_registration_response(credential=shown, expected_rp_id=place.host, expected_origin=place.origin,
                                            expected_challenge=base64url_to_bytes(challenge.value))
    except BROKEN:
        raise Problem("passkey_refused", WRONG) from None
    row = insert_into(session, Passkey).values(
        id=bytes_to_base64url(made.credential_id), staff_id=challenge.staff_id, name=name,
        public_key=made.credential_public_key, sign_count=made.sign_count, made_at=now)
    passkey: Passkey | None = session.scalar(row.on_conflict_do_nothing().returning(Passkey))
    if passkey is None:
        raise Problem("passkey_refused", "This passkey is known already.")
    return passkey


def show_passkey(session: Session, place: Place, challenge: Challenge, shown: dict[str, Any], now: datetime) -> Passkey:
    """The passkey that signed a challenge, inside the caller's transaction. One made for nobody in particular takes
    anybody's, if the device made sure of its holder. Raises Problem passkey_refused.
    """
    try:
        given = parse_authentication_credential_json(shown)
        passkey = session.get(Passkey, given.id) if len(given.id) <= MOST_ID else None
        if passkey is None or challenge.staff_id not in ("", passkey.staff_id):
            raise Problem("passkey_refused", "This passkey belongs to no account here, or to another one.")
        signed = verify_authentication_response(
            credential=given, expected_challenge=base64url_to_bytes(challenge.value), expected_rp_id=place.host,
            expected_origin=place.origin, credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count, require_user_verification=challenge.staff_id == "")
    except BROKEN:
        raise Problem("passkey_refused", WRONG) from None
    _note_use(session, passkey, signed.new_sign_count, now)
    return passkey


def passkeys_of(session: Session, staff_id: str) -> list[Passkey]:
    return list(session.scalars(select(Passkey).where(Passkey.staff_id == staff_id).order_by(Passkey.made_at)))


def _note_use(session: Session, passkey: Passkey, sign_count: int, now: datetime) -> None:
    """Of two answers at once with the same count one is a copy."""
    known = (Passkey.id == passkey.id, (Passkey.sign_count < sign_count) | (Passkey.sign_count == 0))
    used = update(Passkey).where(*known).values(sign_count=sign_count, used_at=now)
    if session.scalar(used.returning(Passkey.id)) is None:
        raise Problem("passkey_refused", WRONG)


def _descriptors(session: Session, staff_id: str) -> list[PublicKeyCredentialDescriptor]:
    ids = session.scalars(select(Passkey.id).where(Passkey.staff_id == staff_id))
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(known)) for known in ids]

