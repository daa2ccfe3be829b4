"""Codes: six digits of an authenticator app, each good once; and recovery codes for who has lost it."""

import hashlib
import re
import secrets
from datetime import datetime

from flask_security.totp import Totp
from passlib.totp import TokenError  # type: ignore[import-untyped]  # it has no types
from sqlalchemy import ForeignKey, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base
from server.backoffice.staff.person import Staff

ISSUER = "Popshot"
CLOCKS_APART_S = 30  # a phone's clock and ours
RECOVERY_CODES = 10
DIGITS = re.compile(r"[0-9]{6}")


class RecoveryCode(Base):
    """One of a person's ten; 48 random bits behind ten free tries need no slow hash."""

    __tablename__ = "recovery_code"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime | None]


class Codes(Totp):
    """Flask-Security's, which keeps secrets encrypted; with our clock, and remembering the last code that was used."""

    def __init__(self, key: bytes) -> None:
        super().__init__({1: key.hex()}, ISSUER)

    def match(self, secret: str, code: str, now: datetime, last: int | None) -> int | None:
        """The half minute that a code is of; None for a wrong one, or one that is not newer than the last."""
        if not DIGITS.fullmatch(code):
            return None
        try:
            found = self._totp.verify(code, secret, time=int(now.timestamp()), window=CLOCKS_APART_S,
                                      last_counter=last)
        except TokenError:
            return None
        counter: int = found.counter
        return counter


def use_code(session: Session, codes: Codes, staff: Staff, given: str, now: datetime) -> bool:
    """Whether a code is right and was not used before, inside the caller's transaction: an app's or a recovery code."""
    code = given.replace(" ", "").replace("-", "").lower()
    if DIGITS.fullmatch(code):
        return staff.totp_secret is not None and _use_digits(session, codes, staff, code, now)
    unused = update(RecoveryCode).where(RecoveryCode.staff_id == staff.id, RecoveryCode.hash == _hash(staff.id, code),
                                        RecoveryCode.used_at.is_(None))
    return session.scalar(unused.values(used_at=now).returning(RecoveryCode.hash)) is not None


def _use_digits(session: Session, codes: Codes, staff: Staff, code: str, now: datetime) -> bool:
    """Of two with the same code at once one is let past."""
    counter = codes.match(staff.totp_secret or "", code, now, staff.totp_counter)
    if counter is None:
        return False
    newer = update(Staff).where(Staff.id == staff.id,
                                Staff.totp_counter.is_(None) | (Staff.totp_counter < counter))
    return session.scalar(newer.values(totp_counter=counter).returning(Staff.id)) is not None


def new_recovery_codes(session: Session, staff_id: str) -> list[str]:
    """Ten new ones instead of those before, inside the caller's transaction; told this once."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    made = [secrets.token_hex(6) for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(staff_id=staff_id, hash=_hash(staff_id, code)) for code in made)
    return ["-".join((code[:4], code[4:8], code[8:])) for code in made]


def can_use_codes(session: Session, staff: Staff) -> bool:
    """Whether there is any code that somebody could type."""
    return staff.totp_secret is not None or recovery_codes_left(session, staff.id) > 0


def recovery_codes_left(session: Session, staff_id: str) -> int:
    unused = (RecoveryCode.staff_id == staff_id, RecoveryCode.used_at.is_(None))
    return session.scalars(select(func.count()).select_from(RecoveryCode).where(*unused)).one()


def _hash(staff_id: str, code: str) -> str:
    return hashlib.sha256(f"{staff_id}:{code}".encode("utf-8", "surrogatepass")).hexdigest()
