"""Awards that are given up: not claimed or ruled on in time, taken back with a round, above a cap, revoked by staff.

Their units go back to stock through the ledger, and each way decides who may have them next.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import ColumnElement, Update, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from prizes.award import RULED_WITHIN, UNCLAIMED, Award, AwardState, Desk
from prizes.caps import count_out
from prizes.db import insert_into
from prizes.ledger import THE_PROGRAM
from prizes.slots import Slot
from prizes.stock import put_back
from prizes.ways import WAYS


def return_awards(session: Session, round_id: str, now: datetime, reason: str, by: str = THE_PROGRAM) -> int:
    """Take back what a round won and nobody has claimed yet; how many awards that were."""
    unclaimed = (Award.round_id == round_id, Award.state.in_(UNCLAIMED))
    lock_desks(session, session.scalars(select(Award.campaign_id).where(*unclaimed)))
    returned = _changed(session, update(Award).where(*unclaimed).values(state=AwardState.RETURNED))
    free_units(session, returned, reason, now, by)
    return len(returned)


def expire_awards(session: Session, now: datetime, most: int) -> int:
    """Give back to stock what was not claimed in time, and what was kept back and not ruled on in time, at most `most`;
    how many.

    A row that somebody claims or releases at this instant is locked: it is skipped, and seen again at the next call.
    """
    oldest = select(Award.id).where(is_overdue(now)).order_by(Award.claim_before).limit(most)
    lock_desks(session, session.scalars(select(Award.campaign_id).where(Award.id.in_(oldest))))
    locked = session.scalars(oldest.with_for_update(skip_locked=True)).all()
    given_up = [(award, reason) for reason, state, overdue in _ends(now)
                for award in _changed(session, update(Award).where(Award.id.in_(locked), overdue).values(state=state))]
    _free(session, given_up, now, THE_PROGRAM)
    return len(given_up)


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """The condition that an award has waited long enough for its claim, or for a person's word."""
    return or_(*(overdue for _, _, overdue in _ends(now)))


def _ends(now: datetime) -> tuple[tuple[str, AwardState, ColumnElement[bool]], ...]:
    """What ends an award that waits: the ledger's reason, the state that follows, the condition.

    Places and draws wait on for a word: they are given when nobody plays any more and keep nothing from anybody.
    """
    not_claimed = and_(Award.state == AwardState.OPEN, Award.claim_before <= now)
    not_ruled_on = and_(Award.state == AwardState.KEPT_BACK, Award.awarded_at <= now - RULED_WITHIN,
                        ~exists().where(Slot.award_id == Award.id))
    return (("not_claimed", AwardState.EXPIRED, not_claimed), ("not_ruled_on", AwardState.RETURNED, not_ruled_on))


def lock_desks(session: Session, campaign_ids: Iterable[str]) -> None:
    """Wait until nobody else moves several prizes of these campaigns; held until the transaction ends."""
    for campaign_id in sorted(set(campaign_ids)):
        row = insert_into(session, Desk).values(campaign_id=campaign_id)
        session.execute(row.on_conflict_do_update(index_elements=["campaign_id"], set_={"campaign_id": campaign_id}))


def _changed(session: Session, change: Update) -> list[Award]:
    """Run an UPDATE of awards; those that it changed, in the order in which stock is locked."""
    awards = session.scalars(change.returning(Award).execution_options(populate_existing=True))
    return sorted(awards, key=attrgetter("prize_id", "id"))


def free_units(session: Session, awards: Sequence[Award], reason: str, now: datetime, by: str = THE_PROGRAM) -> None:
    """Undo what the awards held, and let each way decide who may have it next."""
    _free(session, [(award, reason) for award in awards], now, by)


def _free(session: Session, given_up: Sequence[tuple[Award, str]], now: datetime, by: str) -> None:
    """Awards with their reasons: first every tally, then the stock rows, always in the same order.

    Everybody locks desks, then awards, then tallies, then stock, each sorted: so nobody waits in a circle.
    """
    def prize_and_reason(one: tuple[Award, str]) -> tuple[str, str]:
        return one[0].prize_id, one[1]

    count_out(session, [award.id for award, _ in given_up])
    for (prize_id, reason), of_prize in groupby(sorted(given_up, key=prize_and_reason), prize_and_reason):
        put_back(session, prize_id, [award.id for award, _ in of_prize], reason, now, by)
    for award, _ in given_up:
        if award.way in WAYS:
            WAYS[award.way].give_again(session, award, now)
