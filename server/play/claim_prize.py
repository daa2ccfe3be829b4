"""A winner claims a prize: with the code alone, so it works without a token and on another device."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from prizes.award import Award, AwardState
from prizes.caps import Cap
from prizes.claim import (
    AboveCap,
    Claim,
    ClaimAboveCap,
    ClaimExpired,
    ClaimNotFound,
    ClaimRefused,
    ClaimTaken,
    Contact,
    claim,
    find_award_by_code,
    needs_of,
)
from prizes.prize import Prize, PrizeKind
from prizes.vouchers import code_of
from server import outbox
from server.campaigns.campaign import Campaign
from server.clock import rfc3339
from server.db import transaction
from server.errors import Problem
from server.play.terms import PlayTerms
from server.wire import json_type, text_of

MOST_IN_CODE = 64  # a code has 23 characters; people add spaces
MOST_IN_EMAIL = 254  # RFC 5321, 4.5.3.1.3: a path of 256 octets, its angle brackets included
MOST_IN_NAME = 120
MOST_IN_ADDRESS = 400
ADDRESS_LINES = ("street", "more", "postcode", "city", "country")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")  # plausible; only a message to it can tell more

CODES: dict[type[ClaimRefused], str] = {
    ClaimNotFound: "claim_not_found",
    ClaimAboveCap: "cap_reached",
    ClaimTaken: "claim_taken",
    ClaimExpired: "claim_expired",
}
ABOVE = {
    Cap.PERSON: "You have claimed as many prizes of this campaign as one person may have, {most} in all.",
    Cap.PERSON_PRIZE: "You have claimed this prize as often as one person may have it, {most} in all.",
    Cap.HOUSEHOLD: "Your household has claimed as many prizes of this campaign as it may have, {most} in all.",
}


@dataclass(frozen=True)
class ClaimedPrize:
    """A claim that stands, and what it yields; the prize's name is in the language asked for."""

    award: Award
    prize: Prize
    claim: Claim
    yields: dict[str, str]
    locale: str

    def as_json(self) -> dict[str, Any]:
        prize = {"id": self.prize.id, "name": self.prize.name(self.locale), "kind": self.prize.kind}
        return {"claim": {"award_id": self.award.id, "prize": prize, "claimed_at": rfc3339(self.claim.claimed_at),
                          "state": "claimed", **self.yields}}


def parse_claim(body: dict[str, Any]) -> tuple[str, Contact]:
    """The claim code and the contact of a claim's body; which parts are needed depends on the prize.

    Raises Problem malformed or too_large.
    """
    code = text_of(body, "claim_code", most=MOST_IN_CODE)
    email = text_of(body, "email", most=MOST_IN_EMAIL, required=False)
    name = text_of(body, "name", most=MOST_IN_NAME, required=False)
    address = _parse_address(body)
    if email and (not EMAIL.fullmatch(email) or _has_control(email)):
        raise Problem("malformed", "`email` must be an e-mail address, like alice@example.org.")
    if _has_control(name):
        raise Problem("malformed", "`name` must be one line of text.")
    if any(_has_control(line) for line in address.split("\n")):
        raise Problem("malformed", "`address` must be lines of text.")
    return code, Contact(email=email, name=name, address=address)


def _parse_address(body: dict[str, Any]) -> str:
    """An address as lines: given as one text, or as an object of `ADDRESS_LINES`."""
    given = body.get("address")
    if isinstance(given, dict):
        parts = [text_of(given, line, most=MOST_IN_ADDRESS, required=False) for line in ADDRESS_LINES]
        text = "\n".join(filter(None, parts))
    elif given is None or isinstance(given, str):
        text = text_of(body, "address", most=MOST_IN_ADDRESS, required=False)
    else:
        raise Problem("malformed", f"`address` must be a text or an object, not {json_type(given)}.")
    if len(text) > MOST_IN_ADDRESS:
        raise Problem("too_large", f"`address` has {len(text)} characters; {MOST_IN_ADDRESS} are the most.")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _has_control(text: str) -> bool:
    """Such characters break lines in letters, labels and exports."""
    return any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in text)


def claim_prize(session: Session, code: str, contact: Contact, terms: PlayTerms, locale: str,
                now: datetime) -> ClaimedPrize:
    """Claim the award of a code; the same code and contact again get the same answer.

    Raises Problem claim_not_found, claim_taken, claim_expired, malformed (something that the prize needs is
    missing) or cap_reached; then the award has gone back to stock.
    """
    award = find_award_by_code(session, code)
    if award is None:
        raise Problem("claim_not_found", "No prize waits under this code.")
    prize, campaign = session.get_one(Prize, award.prize_id), session.get_one(Campaign, award.campaign_id)
    needed = contact.only(needs_of(prize.kind))
    if award.state == AwardState.OPEN and award.claim_before > now:  # any other is refused, or answered as before
        _require_all(prize, needed)
    claim_terms = terms.claim_terms(campaign)
    try:
        with transaction(session):
            claimed = claim(session, code, needed, now, claim_terms)
            if isinstance(claimed, AboveCap):
                outbox.tell(session, award.campaign_id, "prizes", prize.id, now)
    except ClaimRefused as refused:
        raise Problem(CODES[type(refused)], str(refused)) from None
    if isinstance(claimed, AboveCap):
        raise Problem("cap_reached", ABOVE[claimed.limit.cap].format(most=claimed.limit.most))
    return ClaimedPrize(award, prize, claimed, yields_of(session, award, prize, terms, locale), locale)


def _require_all(prize: Prize, contact: Contact) -> None:
    """Raises Problem malformed for the first part that is missing."""
    for need in needs_of(prize.kind):
        if not getattr(contact, need):
            raise Problem("malformed", f"`{need}` is needed to claim a {prize.kind}.")


def yields_of(session: Session, award: Award, prize: Prize, terms: PlayTerms, locale: str) -> dict[str, str]:
    """What a claim hands its winner at once: a voucher's code, a download's address."""
    if prize.kind == PrizeKind.VOUCHER:
        code = code_of(session, award.id, terms.voucher_key)
        return {"voucher_code": code} if code else {}
    download = prize.download(locale)
    return {"download": download} if prize.kind == PrizeKind.DOWNLOAD and download else {}
