"""Voucher codes: sealed at rest, one code to one award, handed out at the claim and never listed."""

import hashlib
import hmac
import os
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    TextClause,
    false,
    func,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base

NONCE_BYTES = 12
FINGERPRINT_BYTES = 16
MOST_CHARACTERS = 200
HAS_AWARD = text("award_id IS NOT NULL")


def is_left(prefix: str = "voucher_code.") -> TextClause:
    """That a code may still be handed out: the index's own words, or SQLite would not use it."""
    return text(f"({prefix}award_id IS NULL AND NOT {prefix}is_withdrawn)")


class NoCodeLeft(Exception):
    """A prize has a unit promised but no code for it: a bug, never a matter of luck."""


class SealBroken(Exception):
    """A stored code cannot be opened: the key is another one, or the row was tampered with."""


class VoucherCode(Base):
    """`sealed` is nonce + AES-GCM(code), bound to the prize. Codes are handed out by id, withdrawn from the end.

    `fingerprint` is a keyed hash of prize and code, so that it is unique for each prize and tells nobody whether
    two prizes share a code.
    """

    __tablename__ = "voucher_code"
    __table_args__ = (
        CheckConstraint("award_id IS NULL OR NOT is_withdrawn", name="one_fate"),
        # Not a unique key: its many NULLs would tempt SQLite to search them for a code that is left.
        Index("uq_voucher_code_award_id", "award_id", unique=True, sqlite_where=HAS_AWARD, postgresql_where=HAS_AWARD),
        Index("ix_voucher_code_left", "prize_id", "id", sqlite_where=is_left(""), postgresql_where=is_left("")),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    award_id: Mapped[str | None] = mapped_column(ForeignKey("award.id"))
    is_withdrawn: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


def sealer(key: bytes, prize_id: str) -> Callable[[str], bytes]:
    """What seals this prize's codes, each with a nonce of its own."""
    encrypt = AESGCM(_purpose(key, b"seal")).encrypt
    bound_to = prize_id.encode()

    def seal(code: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + encrypt(nonce, code.encode(), bound_to)

    return seal


def fingerprinter(key: bytes, prize_id: str) -> Callable[[str], bytes]:
    """What makes the fingerprints of this prize's codes: 16 bytes of HMAC-SHA256(key, prize id, NUL, code)."""
    own, start = _purpose(key, b"fingerprint"), prize_id.encode() + b"\0"
    return lambda code: hmac.digest(own, start + code.encode(), hashlib.sha256)[:FINGERPRINT_BYTES]


def _purpose(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, b"vouchers:" + purpose, hashlib.sha256)


def unseal(key: bytes, prize_id: str, sealed: bytes) -> str:
    """Raises SealBroken."""
    nonce, closed = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(_purpose(key, b"seal")).decrypt(nonce, closed, prize_id.encode()).decode()
    except InvalidTag:
        raise SealBroken(f"a voucher code of prize {prize_id} cannot be opened with this key") from None


def hand_out(session: Session, prize_id: str, award_id: str, key: bytes) -> str:
    """Give an award a code of its prize, or find the one that it has. Before the stock row is locked.

    Raises NoCodeLeft, SealBroken.
    """
    earlier = code_of(session, award_id, key)
    if earlier is not None:
        return earlier
    try:
        with session.begin_nested():
            sealed = _take(session, prize_id, award_id)
    except IntegrityError:  # the same award at the same moment: the other one's code is this award's
        return _get_code(session, prize_id, award_id, key)
    return unseal(key, prize_id, sealed)


def code_of(session: Session, award_id: str, key: bytes) -> str | None:
    """The code that an award was handed.

    Raises SealBroken.
    """
    row = session.execute(select(VoucherCode.prize_id, VoucherCode.sealed)
                          .where(VoucherCode.award_id == award_id)).one_or_none()
    return None if row is None else unseal(key, row.prize_id, row.sealed)


def has_code(session: Session, award_id: str) -> bool:
    """Whether an award was handed a code; nothing is opened."""
    return session.scalar(select(VoucherCode.id).where(VoucherCode.award_id == award_id)) is not None


def _get_code(session: Session, prize_id: str, award_id: str, key: bytes) -> str:
    code = code_of(session, award_id, key)
    if code is None:
        raise NoCodeLeft(f"prize {prize_id} has no code for award {award_id}")
    return code


def _take(session: Session, prize_id: str, award_id: str) -> bytes:
    """Mark the first code that nobody is taking; when all are being taken, wait for one that is let go.

    Each is one statement, and the row's own condition is its referee.
    """
    for skip in (True, False):
        first = _left_of(prize_id).order_by(VoucherCode.id).limit(1).with_for_update(skip_locked=skip)
        still_left = (VoucherCode.id == first.scalar_subquery(), is_left())
        taken = update(VoucherCode).where(*still_left).values(award_id=award_id)
        sealed = session.scalar(taken.returning(VoucherCode.sealed).execution_options(synchronize_session=False))
        if sealed is not None:
            return sealed
    raise NoCodeLeft(f"prize {prize_id} has no code for award {award_id}")


def withdraw_codes(session: Session, prize_id: str, units: int) -> bool:
    """Take codes out of play for good, the last ones first; False when fewer are left. Before the stock row."""
    last = _left_of(prize_id).order_by(VoucherCode.id.desc()).limit(units).with_for_update().cte("last")
    gone = update(VoucherCode).where(VoucherCode.id.in_(select(last.c.id)), is_left()).values(is_withdrawn=True)
    taken = session.scalars(gone.returning(VoucherCode.id).execution_options(synchronize_session=False))
    return len(taken.all()) == units


def count_codes(session: Session, prize_id: str) -> tuple[int, int, int]:
    """How many codes of a prize are left, were handed out, were withdrawn."""
    own = select(func.count()).select_from(VoucherCode).where(VoucherCode.prize_id == prize_id)
    counts = (own.where(is_left()), own.where(VoucherCode.award_id.is_not(None)), own.where(VoucherCode.is_withdrawn))
    left, handed_out, withdrawn = (session.scalar(count) or 0 for count in counts)
    return left, handed_out, withdrawn


def _left_of(prize_id: str) -> Select[int]:
    return select(VoucherCode.id).where(VoucherCode.prize_id == prize_id, is_left())
