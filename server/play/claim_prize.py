"""A winner claims a prize: with the code alone, so it works without a token and on another device."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from prizes.award import Award
from prizes.claim import ClaimExpired, ClaimNotFound, ClaimRefused, ClaimTaken, Contact, claim
from prizes.prize import Prize
from server.clock import rfc3339
from server.db import transaction
from server.errors import Problem
from server.wire import text_of

MOST_IN_CODE = 64  # a code has 23 characters; people add spaces
MOST_IN_EMAIL = 254  # RFC 5321, 4.5.3.1.3: a path of 256 octets, its angle brackets included
MOST_IN_NAME = 120
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")  # plausible; only a message to it can tell more

CODES: dict[type[ClaimRefused], str] = {
    ClaimNotFound: "claim_not_found",
    ClaimTaken: "claim_taken",
    ClaimExpired: "claim_expired",
}


@dataclass(frozen=True)
class ClaimedPrize:
    """A claim that stands; the prize's name is in the language asked for."""

    award_id: str
    prize_id: str
    prize_name: str
    claimed_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {"claim": {"award_id": self.award_id, "prize": {"id": self.prize_id, "name": self.prize_name},
                          "claimed_at": rfc3339(self.claimed_at), "state": "claimed"}}


def parse_claim(body: dict[str, Any]) -> tuple[str, Contact]:
    """The claim code and the contact of a claim's body.

    Raises Problem malformed or too_large.
    """
    code = text_of(body, "claim_code", most=MOST_IN_CODE)
    email = text_of(body, "email", most=MOST_IN_EMAIL)
    name = text_of(body, "name", most=MOST_IN_NAME, required=False)
    if not EMAIL.fullmatch(email) or _has_control(email):
        raise Problem("malformed", "`email` must be an e-mail address, like alice@example.org.")
    if _has_control(name):
        raise Problem("malformed", "`name` must be one line of text.")
    return code, Contact(email=email, name=name)


def _has_control(text: str) -> bool:
    """Such characters break lines in letters, labels and exports."""
    return any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in text)


def claim_prize(session: Session, code: str, contact: Contact, locale: str, now: datetime) -> ClaimedPrize:
    """Claim the award of a code; the same code and contact again get the same answer.

    Raises Problem claim_not_found, claim_taken or claim_expired.
    """
    try:
        with transaction(session):
            claimed = claim(session, code, contact, now)
    except ClaimRefused as refused:
        raise Problem(CODES[type(refused)], str(refused)) from None
    award = session.get_one(Award, claimed.award_id)
    prize = session.get_one(Prize, award.prize_id)
    return ClaimedPrize(award.id, prize.id, prize.name(locale), claimed.claimed_at)
