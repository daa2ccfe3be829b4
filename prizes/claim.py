"""The claim: a winner shows the code, once, and says where the prize should go."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String, false, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.award import HANDED_OVER, Award, AwardState
from prizes.caps import Cap, Limit, count_in
from prizes.codes import claim_code, code_hash, normal_code
from prizes.db import Base
from prizes.give_up import free_units
from prizes.household import household_hash, person_hash
from prizes.ledger import StockEntry
from prizes.prize import Prize, PrizeKind
from prizes.stock import hand_over
from prizes.vouchers import hand_out
from prizes.way import ClaimTerms

__all__ = ["AboveCap", "Claim", "ClaimAboveCap", "ClaimContact", "ClaimExpired", "ClaimNotFound", "ClaimRefused",
           "ClaimTaken", "Contact", "claim", "claim_code", "code_hash", "find_award_by_code", "needs_of",
           "was_above_cap"]

ABOVE_CAP = "above_cap"  # the ledger's reason
NEEDS = {PrizeKind.PARCEL: ("email", "name", "address"), PrizeKind.VOUCHER: ("email",)}


class ClaimRefused(Exception):
    """A claim that cannot be granted; the sentence may be shown to who claims."""


class ClaimNotFound(ClaimRefused):
    """No award has this code, or none that may be claimed."""


class ClaimAboveCap(ClaimNotFound):
    """The award went back to stock, since an earlier claim of it would have passed a cap."""


class ClaimTaken(ClaimRefused):
    """The award has been claimed, with another contact."""


class ClaimExpired(ClaimRefused):
    """The award was not claimed in time."""


@dataclass(frozen=True)
class AboveCap:
    """The claim would have passed a cap: the award went back to stock. Returned, not raised: that is to be kept."""

    limit: Limit


class Claim(Base):
    """`body_hash` tells a repeat from another claim; its key is the code, so nothing of the contact can be read from
    it or tried out. Who has claimed before is known to the tallies alone.
    """

    __tablename__ = "claim"
    __table_args__ = ({"info": APPEND_ONLY},)

    award_id: Mapped[str] = mapped_column(ForeignKey("award.id"), primary_key=True)
    claimed_at: Mapped[datetime]
    body_hash: Mapped[str] = mapped_column(String(64))


class ClaimContact(Base):
    """Whom to send the prize to: the part that can be erased. `goes_when_sent` that of a player who was erased."""

    __tablename__ = "claim_contact"

    award_id: Mapped[str] = mapped_column(ForeignKey("award.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(String(400), default="", server_default="")
    goes_when_sent: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


@dataclass(frozen=True)
class Contact:
    """What was asked for; the rest is empty, and an address may have several lines."""

    email: str = ""
    name: str = ""
    address: str = ""

    def only(self, needs: tuple[str, ...]) -> "Contact":
        """What this prize needs of it: no more is kept than is used."""
        return Contact(**{need: getattr(self, need) for need in needs})


def needs_of(kind: PrizeKind) -> tuple[str, ...]:
    """Which parts of a contact a claim of such a prize needs."""
    return NEEDS.get(kind, ())


def claim(session: Session, code: str, contact: Contact, now: datetime,
          terms: ClaimTerms = ClaimTerms()) -> "Claim | AboveCap":  # noqa: B008  (frozen)
    """Claim the award of a code; the same code and contact again find the same claim, whenever they come.

    Raises ClaimNotFound, ClaimAboveCap, ClaimTaken or ClaimExpired.
    """
    body_hash = hash_contact(code, contact)
    award = _take(session, code, now)
    if award is None:
        return _earlier_claim(session, code, body_hash)
    first = Claim(award_id=award.id, claimed_at=now, body_hash=body_hash)
    prize = session.get_one(Prize, award.prize_id)
    refused = _count(session, award, prize, contact, terms)
    if refused is not None:
        return _give_back(session, award, refused, now)
    session.add(first)
    if contact != Contact():
        session.add(ClaimContact(award_id=award.id, **vars(contact)))
    if prize.kind == PrizeKind.VOUCHER:
        hand_out(session, prize.id, award.id, terms.voucher_key)  # codes are locked before the stock row
    hand_over(session, award.prize_id, award.id, now)
    return first


def _count(session: Session, award: Award, prize: Prize, contact: Contact, terms: ClaimTerms) -> Limit | None:
    """Count the claim for its person and household; the limit that it would pass, and then nothing is counted."""
    limits = []
    if contact.email:
        person = person_hash(terms.person_key, contact.email)
        limits += [Limit(Cap.PERSON, award.campaign_id, person, terms.per_person),
                   Limit(Cap.PERSON_PRIZE, prize.id, person, prize.per_player)]
    if contact.name and contact.address:
        household = household_hash(terms.person_key, contact.name, contact.address)
        limits.append(Limit(Cap.HOUSEHOLD, award.campaign_id, household, terms.per_household))
    with session.begin_nested() as attempt:
        refused = count_in(session, award.id, limits)
        if refused is not None:
            attempt.rollback()
    return refused


def _give_back(session: Session, award: Award, refused: Limit, now: datetime) -> AboveCap:
    session.execute(update(Award).where(Award.id == award.id).values(state=AwardState.RETURNED))
    free_units(session, [award], ABOVE_CAP, now)
    return AboveCap(refused)


def was_above_cap(session: Session, award: Award) -> bool:
    """Whether an award went back because its claim would have passed a cap: the ledger knows."""
    if award.state != AwardState.RETURNED:
        return False
    line = select(StockEntry.id).where(StockEntry.award_id == award.id, StockEntry.reason == ABOVE_CAP)
    return session.scalar(line) is not None


def find_award_by_code(session: Session, code: str) -> Award | None:
    """The award of a code, in whatever state; the hash that was found is compared in constant time."""
    wanted = code_hash(code)
    award = session.scalar(select(Award).where(Award.code_hash == wanted).execution_options(populate_existing=True))
    return award if award is not None and hmac.compare_digest(award.code_hash, wanted) else None


def hash_contact(code: str, contact: Contact) -> str:
    """HMAC-SHA256 of a contact, keyed with the code: that is stored nowhere, so nobody can try names out."""
    said = f"{contact.email}\0{contact.name}\0{contact.address}"  # the wire lets no NUL in: no two look alike
    return hmac.new(normal_code(code).encode("utf-8", "replace"), said.encode(), hashlib.sha256).hexdigest()


def _take(session: Session, code: str, now: datetime) -> Award | None:
    """Mark the award of a code as claimed, when it is open and in time: of many at once one passes."""
    claimable = (Award.code_hash == code_hash(code), Award.state == AwardState.OPEN, Award.claim_before > now)
    taken = update(Award).where(*claimable).values(state=AwardState.CLAIMED)
    return session.scalar(taken.returning(Award).execution_options(populate_existing=True))


def _earlier_claim(session: Session, code: str, body_hash: str) -> Claim:
    award = find_award_by_code(session, code)
    gone = (AwardState.KEPT_BACK, AwardState.RETURNED, AwardState.REVOKED)
    if award is not None and was_above_cap(session, award):
        raise ClaimAboveCap("This prize went back: one person or household had as many as it may have.")
    if award is None or award.state in gone:
        raise ClaimNotFound("No prize waits under this code.")
    if award.state not in HANDED_OVER:
        raise ClaimExpired(f"This prize could be claimed until {award.claim_before:%Y-%m-%d %H:%M} UTC.")
    earlier = session.get_one(Claim, award.id)
    if not hmac.compare_digest(earlier.body_hash, body_hash):
        when = f"{earlier.claimed_at:%Y-%m-%d %H:%M}"
        raise ClaimTaken(f"This prize was claimed at {when} UTC, with other details.")
    return earlier
