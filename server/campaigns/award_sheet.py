"""A campaign's awards as a sheet, for whoever sends the prizes. No claim code and no voucher code is in it.

One award a row, the oldest first; moments in UTC. `name`, `email` and `address` are empty until the claim, and again
once the person has had them erased.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState
from prizes.claim import Claim, ClaimContact
from prizes.prize import Prize
from prizes.sheets.write import Cell

AWARD_COLUMNS = ("award_id", "awarded_at", "way", "prize_id", "prize", "value_cents", "currency", "state",
                 "claim_before", "claimed_at", "name", "email", "address", "round_id")  # fmt: skip
CONTACT = ("name", "email", "address")
AT_ONCE = 1_000  # rows held in memory


def export_awards(session: Session, campaign_id: str, state: AwardState | None = None) -> Iterator[list[Cell]]:
    """The awards of a campaign as rows of `AWARD_COLUMNS`, read as they are asked for."""
    wanted = _awards().where(Award.campaign_id == campaign_id)
    if state is not None:
        wanted = wanted.where(Award.state == state)
    oldest_first = wanted.order_by(Award.awarded_at, Award.id).execution_options(yield_per=AT_ONCE)
    for row in session.execute(oldest_first):
        yield [_cell(name, value) for name, value in zip(AWARD_COLUMNS, row, strict=True)]


def _awards() -> Select[*tuple[Any, ...]]:
    """Columns in the order of AWARD_COLUMNS; what a claim keeps of a contact is there."""
    kept = ClaimContact.__table__.columns
    contact = [kept[name] if name in kept else literal("") for name in CONTACT]
    return (select(Award.id, Award.awarded_at, Award.way, Award.prize_id, Prize.names, Prize.value_cents,
                   Prize.currency, Award.state, Award.claim_before, Claim.claimed_at, *contact, Award.round_id)
            .join(Prize, Prize.id == Award.prize_id)
            .outerjoin(Claim, Claim.award_id == Award.id)
            .outerjoin(ClaimContact, ClaimContact.award_id == Award.id))


def _cell(name: str, value: Any) -> Cell:
    if name == "prize":
        return str(value.get("en") or next(iter(value.values()), ""))
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value if isinstance(value, int) or value is None else str(value)
