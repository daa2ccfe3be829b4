"""Opening a gift that was drawn: it takes the first winning moment that is due and whose prize it may win."""

import hmac
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from prizes.award import Award, Way
from prizes.award_prize import award_prize, find_award
from prizes.db import insert_into
from prizes.moments import (
    EPOCH,
    MILLISECOND,
    Due,
    Times,
    commitment_to,
    count_due,
    first_due,
    moments_key,
    moments_of,
    rolled_to,
)
from prizes.plan_moments import recipe_of
from prizes.planned import PlannedPrize, RolledMoment, TakenMoment, WinningPlan, planned_prizes
from prizes.prize import Prize
from prizes.way import AwardTerms, CampaignFacts, FinishedRound, Win

HOLD = timedelta(hours=48)  # who won on the spot and does not claim by then lets somebody else have it
ROLLS_LOOKED_AT = 1_000  # of each prize, the oldest first: those are due a day later, so that none waits for ever

log = logging.getLogger(__name__)


@dataclass(frozen=True, repr=False)  # it knows the moments that are still to come
class Secrets:
    """A sealed plan with its key."""

    plan: WinningPlan
    key: bytes
    moments: Mapping[str, Times]


@dataclass(frozen=True)
class Taken:
    """A moment that this transaction has taken; a rolled one has no number."""

    number: int | None
    at: int


def open_gift(session: Session, plan: WinningPlan, campaign: CampaignFacts, round_: FinishedRound, gift: str,
              terms: AwardTerms, now: datetime) -> Award | None:
    """What a gift wins that was drawn; opening it again finds what it won. None when no moment is due, or none whose
    prize may be given now: such a one stays due for the next gift.
    """
    win = Win(campaign.id, Way.INSTANT_WIN, f"{round_.id}:{gift}", round_.player_id, round_.id, round_.network, HOLD)
    earlier = find_award(session, win)
    secrets = _secrets_of(session, plan, campaign, terms) if earlier is None else None
    if secrets is None:
        return earlier
    for due in _due(session, secrets, now):
        award = _take(session, secrets, due, win, terms, now)
        if award is not None:
            return award
    return None


def _secrets_of(session: Session, plan: WinningPlan, campaign: CampaignFacts, terms: AwardTerms) -> Secrets | None:
    """None before sealing, and when the key is not the one that the plan was made with: it would make other moments
    of it, and the published commitment a lie.
    """
    if plan.nonce is None or plan.commitment is None:
        return None
    key = moments_key(terms.plan_key, plan.campaign_id, plan.nonce)
    if not hmac.compare_digest(commitment_to(key), plan.commitment):
        log.error("the winning moments of campaign %s were planned with another key; nothing is won", campaign.id)
        return None
    return Secrets(plan, key, moments_of(key, recipe_of(session, plan, campaign.timezone)))


def _due(session: Session, secrets: Secrets, now: datetime) -> list[Due]:
    taken = {prize.prize_id: prize.taken for prize in planned_prizes(session, secrets.plan.campaign_id)}
    return first_due(secrets.moments, taken, _rolled(session, secrets), now)


def _rolled(session: Session, secrets: Secrets) -> Iterable[Due]:
    """The rolled moments that nobody took, some of them still to come."""
    place = func.row_number().over(partition_by=RolledMoment.prize_id,
                                   order_by=(RolledMoment.given_up_at, RolledMoment.award_id))
    free = (RolledMoment.campaign_id == secrets.plan.campaign_id, RolledMoment.taken_at.is_(None))
    oldest = select(RolledMoment, place.label("place")).where(*free).subquery()
    roll = aliased(RolledMoment, oldest)
    for found in session.scalars(select(roll).where(oldest.c.place <= ROLLS_LOOKED_AT)):
        yield Due(_rolled_to(secrets, found), found.prize_id, found.award_id)


def _rolled_to(secrets: Secrets, roll: RolledMoment) -> int:
    return rolled_to(secrets.key, roll.award_id, roll.given_up_at, secrets.plan.closes_at or roll.given_up_at)


def _take(session: Session, secrets: Secrets, due: Due, win: Win, terms: AwardTerms, now: datetime) -> Award | None:
    """Take a moment and award its prize, or neither: the savepoint lets it be due again."""
    with session.begin_nested() as attempt:
        taken = _take_rolled(session, due, now) if due.rolled_from else _take_planned(session, secrets, due, now)
        if taken is None:
            return None
        prize = session.get_one(Prize, due.prize_id)
        award = award_prize(session, win, prize, now, terms)
        if award is not None and _note(session, award, taken, due.rolled_from, now):
            return award
        attempt.rollback()
    return award  # of this very win, when another transaction was faster with it


def _take_planned(session: Session, secrets: Secrets, due: Due, now: datetime) -> Taken | None:
    """The condition is part of the UPDATE: of many at once, no two take the same moment or one that is not due."""
    times = secrets.moments[due.prize_id]
    still_due = (PlannedPrize.prize_id == due.prize_id, PlannedPrize.taken < count_due(times, now))
    one_more = update(PlannedPrize).where(*still_due).values(taken=PlannedPrize.taken + 1)
    taken = session.scalar(one_more.returning(PlannedPrize.taken).execution_options(synchronize_session=False))
    return None if taken is None else Taken(taken - 1, int(times[taken - 1]))


def _take_rolled(session: Session, due: Due, now: datetime) -> Taken | None:
    free = (RolledMoment.award_id == due.rolled_from, RolledMoment.taken_at.is_(None))
    once = update(RolledMoment).where(*free).values(taken_at=now)
    award_id = session.scalar(once.returning(RolledMoment.award_id).execution_options(synchronize_session=False))
    return None if award_id is None else Taken(None, due.at)


def _note(session: Session, award: Award, taken: Taken, rolled_from: str | None, now: datetime) -> bool:
    """Write down who took the moment; False when the award has taken one before."""
    row = {"award_id": award.id, "prize_id": award.prize_id, "number": taken.number, "rolled_from": rolled_from,
           "moment": EPOCH + taken.at * MILLISECOND, "at": now}
    once = insert_into(session, TakenMoment).values(row).on_conflict_do_nothing(index_elements=["award_id"])
    return session.scalar(once.returning(TakenMoment.award_id)) is not None
