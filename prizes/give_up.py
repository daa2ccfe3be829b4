"""Awards that are given up: not claimed in time, taken back with a round, above a cap, or revoked by staff.

Their units go back to stock through the ledger, and each way decides who may have them next.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from prizes.award import UNCLAIMED, Award, AwardState, Desk
from prizes.caps import count_out
from prizes.db import insert_into
from prizes.ledger import THE_PROGRAM
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
    """Give back to stock what was not claimed in time, the oldest first, at most `most`; how many.

    A row that somebody claims at this instant is locked: it is skipped, and seen again at the next call.
    """
    overdue = (Award.state == AwardState.OPEN, Award.claim_before <= now)
    oldest = select(Award.id).where(*overdue).order_by(Award.claim_before).limit(most)
    lock_desks(session, session.scalars(select(Award.campaign_id).where(Award.id.in_(oldest))))
    locked = session.scalars(oldest.with_for_update(skip_locked=True)).all()
    expired = _changed(session, update(Award).where(Award.id.in_(locked), *overdue).values(state=AwardState.EXPIRED))
    free_units(session, expired, "not_claimed", now)
    return len(expired)


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
    """Undo what the awards held: first every tally, then the stock rows, always in the same order.

    Everybody locks desks, then awards, then tallies, then stock, each sorted: so nobody waits in a circle.
    """
    count_out(session, [award.id for award in awards])
    for prize_id, of_prize in groupby(awards, key=attrgetter("prize_id")):
        put_back(session, prize_id, [award.id for award in of_prize], reason, now, by)
    for award in awards:
        if award.way in WAYS:
            WAYS[award.way].give_again(session, award, now)
