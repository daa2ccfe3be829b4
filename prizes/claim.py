"""The claim: a winner shows the code, once, and says where the prize should go."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.award import Award, AwardState
from prizes.codes import claim_code, code_hash, normal_code
from prizes.db import Base
from prizes.stock import hand_over

__all__ = ["Claim", "ClaimContact", "ClaimExpired", "ClaimNotFound", "ClaimRefused", "ClaimTaken", "Contact",
           "claim", "claim_code", "code_hash"]


class ClaimRefused(Exception):
    """A claim that cannot be granted; the sentence may be shown to who claims."""


class ClaimNotFound(ClaimRefused):
    """No award has this code, or none that may be claimed."""


class ClaimTaken(ClaimRefused):
    """The award has been claimed, with another contact."""


class ClaimExpired(ClaimRefused):
    """The award was not claimed in time."""


class Claim(Base):
    """`body_hash` tells a repeat from another claim; nothing of the contact can be read from it."""

    __tablename__ = "claim"
    __table_args__ = ({"info": APPEND_ONLY},)

    award_id: Mapped[str] = mapped_column(ForeignKey("award.id"), primary_key=True)
    claimed_at: Mapped[datetime]
    body_hash: Mapped[str] = mapped_column(String(64))


class ClaimContact(Base):
    """Whom to send the prize to: the part that can be erased."""

    __tablename__ = "claim_contact"

    award_id: Mapped[str] = mapped_column(ForeignKey("award.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))


@dataclass(frozen=True)
class Contact:
    """`name` may be empty."""

    email: str
    name: str


def claim(session: Session, code: str, contact: Contact, now: datetime) -> Claim:
    """Claim the award of a code; the same code and contact again find the same claim, whenever they come.

    Raises ClaimNotFound, ClaimTaken or ClaimExpired.
    """
    body_hash = hash_contact(code, contact)
    award = _take(session, code, now)
    if award is None:
        return _earlier_claim(session, code, body_hash)
    first = Claim(award_id=award.id, claimed_at=now, body_hash=body_hash)
    session.add_all([first, ClaimContact(award_id=award.id, name=contact.name, email=contact.email)])
    hand_over(session, award.prize_id, award.id, now)
    return first


def hash_contact(code: str, contact: Contact) -> str:
    """HMAC-SHA256 of a contact, keyed with the code: that is stored nowhere, so nobody can try names out."""
    said = f"{contact.email}\0{contact.name}"  # the wire lets no NUL in, so no two contacts look alike
    return hmac.new(normal_code(code).encode("utf-8", "replace"), said.encode(), hashlib.sha256).hexdigest()


def _take(session: Session, code: str, now: datetime) -> Award | None:
    """Mark the award of a code as claimed, when it is open and in time: of many at once one passes."""
    claimable = (Award.code_hash == code_hash(code), Award.state == AwardState.OPEN, Award.claim_before > now)
    taken = update(Award).where(*claimable).values(state=AwardState.CLAIMED)
    return session.scalar(taken.returning(Award).execution_options(populate_existing=True))


def _earlier_claim(session: Session, code: str, body_hash: str) -> Claim:
    award = session.scalar(select(Award).where(Award.code_hash == code_hash(code))
                           .execution_options(populate_existing=True))
    if award is None or award.state in (AwardState.KEPT_BACK, AwardState.RETURNED):
        raise ClaimNotFound("No prize waits under this code.")
    if award.state != AwardState.CLAIMED:
        raise ClaimExpired(f"This prize could be claimed until {award.claim_before:%Y-%m-%d %H:%M} UTC.")
    earlier = session.get_one(Claim, award.id)
    if not hmac.compare_digest(earlier.body_hash, body_hash):
        when = f"{earlier.claimed_at:%Y-%m-%d %H:%M}"
        raise ClaimTaken(f"This prize was claimed at {when} UTC, with other details.")
    return earlier
