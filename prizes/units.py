"""Units that staff bring in or take out. Those of a voucher prize are its codes, and move with them."""

from datetime import datetime

from sqlalchemy.orm import Session

from prizes.ledger import THE_PROGRAM
from prizes.prize import Prize, PrizeKind
from prizes.stock import restock, withdraw
from prizes.vouchers import withdraw_codes


class UnitsAreCodes(Exception):
    """A voucher prize's units cannot be received without codes; the sentence may be shown to staff."""


def receive_units(session: Session, prize_id: str, units: int, now: datetime, reason: str,
                  by: str = THE_PROGRAM, entry_id: str | None = None) -> bool:
    """Receive units; False when there is no such prize.

    Raises UnitsAreCodes.
    """
    if is_voucher(session, prize_id):
        raise UnitsAreCodes("The units of a voucher prize come with its codes; run: "
                            f"popshot prize codes import {prize_id} FILE.csv")
    return restock(session, prize_id, units, now, reason, by, entry_id)


def withdraw_units(session: Session, prize_id: str, units: int, now: datetime, reason: str,
                   by: str = THE_PROGRAM, entry_id: str | None = None) -> bool:
    """Take free units out of play for good, a voucher prize's with their codes; False when fewer are free.

    The codes come first: the stock row is locked last, by everybody.
    """
    with session.begin_nested() as attempt:
        has_codes = not is_voucher(session, prize_id) or withdraw_codes(session, prize_id, units)
        if has_codes and withdraw(session, prize_id, units, now, reason, by, entry_id):
            return True
        attempt.rollback()
    return False


def is_voucher(session: Session, prize_id: str) -> bool:
    prize = session.get(Prize, prize_id)
    return prize is not None and prize.kind == PrizeKind.VOUCHER
