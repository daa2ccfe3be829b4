"""What staff say of an award after its claim: it was sent, or it is taken back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Integer, String, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.award import HANDED_OVER, UNCLAIMED, Award, AwardState
from prizes.caps import count_out
from prizes.db import Base
from prizes.forget import forget_contact
from prizes.give_up import free_units, lock_desks
from prizes.ledger import Move, StockEntry
from prizes.prize import Prize, PrizeKind
from prizes.stock import take_back
from prizes.ways import WAYS


class Deed(StrEnum):
    SENT = "sent"
    TAKEN_BACK = "taken_back"  # it was marked by mistake


class Sending(Base):
    """That an award was sent, or that this was taken back: the last one of an award counts. `by` is a short stable
    word, never typed text.
    """

    __tablename__ = "sending"
    __table_args__ = ({"info": APPEND_ONLY},)

    award_id: Mapped[str] = mapped_column(ForeignKey("award.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    deed: Mapped[Deed]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


@dataclass(frozen=True)
class Said:
    """Who said it, and when."""

    by: str
    at: datetime


def mark_sent(session: Session, award_id: str, by: str, now: datetime) -> bool:
    """A claimed prize is on its way; False when the award is not claimed, or was sent before."""
    if _turn(session, award_id, (AwardState.CLAIMED,), AwardState.SENT) is None:
        return False
    _write(session, award_id, Deed.SENT, by, now)
    forget_contact(session, award_id)
    return True


def unmark_sent(session: Session, award_id: str, by: str, now: datetime) -> bool:
    """It was marked as sent by mistake: it waits to be sent again; False when it is not sent.

    A contact whose person was erased meanwhile went when it was marked, and does not come back.
    """
    if _turn(session, award_id, (AwardState.SENT,), AwardState.CLAIMED) is None:
        return False
    _write(session, award_id, Deed.TAKEN_BACK, by, now)
    return True


def _write(session: Session, award_id: str, deed: Deed, by: str, now: datetime) -> None:
    """The award's row is locked by its turn, so nobody else takes this number."""
    last = session.scalar(select(func.max(Sending.number)).where(Sending.award_id == award_id)) or 0
    session.add(Sending(award_id=award_id, number=last + 1, deed=deed, by=by, at=now))
    session.flush()


def sendings_of(session: Session, award_id: str) -> list[Sending]:
    """What was said of an award's sending, the first word first."""
    return list(session.scalars(select(Sending).where(Sending.award_id == award_id).order_by(Sending.number)))


def who_sent(session: Session, award_id: str) -> Said | None:
    """Who marked an award as sent; None when nobody did, or before it was written down, or when it was taken back."""
    said = sendings_of(session, award_id)
    return Said(said[-1].by, said[-1].at) if said and said[-1].deed == Deed.SENT else None


def who_revoked(session: Session, award_id: str) -> Said | None:
    """Who took an award back: the ledger knows. None when nobody did."""
    given_up = (StockEntry.award_id == award_id, StockEntry.move.in_((Move.RETURNED, Move.WITHDRAWN)))
    line = session.scalar(select(StockEntry).join(Award, Award.id == StockEntry.award_id)
                          .where(*given_up, Award.state == AwardState.REVOKED))
    return Said(line.by, line.at) if line else None


def revoke_award(session: Session, award_id: str, reason: str, by: str, now: datetime) -> bool:
    """Take an award back, whether it is claimed or not; False when it was given up before.

    Its unit is free again, save a voucher whose code its winner has seen: that one is withdrawn. Reason and `by` are
    words, since the ledger keeps them for ever.
    """
    award = session.get(Award, award_id)
    if award is None:
        return False
    lock_desks(session, [award.campaign_id])
    unclaimed = _turn(session, award_id, UNCLAIMED, AwardState.REVOKED)
    if unclaimed is not None:
        free_units(session, [unclaimed], reason, now, by)
        return True
    claimed = _turn(session, award_id, HANDED_OVER, AwardState.REVOKED)
    if claimed is not None:
        _take_claimed_back(session, claimed, reason, by, now)
    return claimed is not None


def _take_claimed_back(session: Session, award: Award, reason: str, by: str, now: datetime) -> None:
    forget_contact(session, award.id)
    is_spent = session.get_one(Prize, award.prize_id).kind == PrizeKind.VOUCHER
    count_out(session, [award.id])
    take_back(session, award.prize_id, award.id, reason, by, now, is_spent=is_spent)
    if not is_spent:
        WAYS[award.way].give_again(session, award, now)


def _turn(session: Session, award_id: str, before: tuple[AwardState, ...], after: AwardState) -> Award | None:
    turned = update(Award).where(Award.id == award_id, Award.state.in_(before)).values(state=after)
    return session.scalar(turned.returning(Award).execution_options(populate_existing=True))
