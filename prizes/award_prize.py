"""Giving a prize for a win: once for each cause, never beyond stock, never beyond a player's cap."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Holding, Way
from prizes.codes import claim_code, code_hash
from prizes.db import insert_into, new_id
from prizes.stock import Prize, take_one


@dataclass(frozen=True, repr=False)  # a key in a log line would be a leak
class AwardTerms:
    """`keep_back` (a held round) keeps every award back, the value limit (in cents) those of dear prizes."""

    claim_key: bytes
    claim_days: int
    value_limit_cents: int | None
    keep_back: bool

    def first_state(self, prize: Prize) -> AwardState:
        too_dear = self.value_limit_cents is not None and prize.value_cents > self.value_limit_cents
        return AwardState.KEPT_BACK if self.keep_back or too_dear else AwardState.OPEN


@dataclass(frozen=True)
class Win:
    """What was won by whom: the cause is what may happen only once in a campaign by this way."""

    campaign_id: str
    way: Way
    cause: str
    player_id: str
    round_id: str


def award_prize(session: Session, win: Win, prize: Prize, now: datetime, terms: AwardTerms) -> Award | None:
    """Give a prize for a win, or find the award that this win has had; None when stock or cap forbid it.

    Inside a savepoint, the award first and the stock row last: everyone who wins this prize waits for the
    stock row's lock, which is held until the commit, so nothing that can be done before is done after it. Of
    the same win many times at once one passes the award's unique key and the others wait there for its
    commit. When there is no unit, or the player has enough, the savepoint takes the award away again.
    """
    with session.begin_nested() as attempt:
        award = _enter(session, win, prize, now, terms)
        if award is None:
            return find_award(session, win)
        if _hold_one(session, prize, win.player_id) and take_one(session, prize.id, award.id, now):
            return award
        attempt.rollback()
    return None


def _enter(session: Session, win: Win, prize: Prize, now: datetime, terms: AwardTerms) -> Award | None:
    award_id = new_id()
    row = {"id": award_id, "prize_id": prize.id, **vars(win), "state": terms.first_state(prize),
           "awarded_at": now, "claim_before": now + timedelta(days=terms.claim_days),
           "code_hash": code_hash(claim_code(terms.claim_key, award_id))}
    once = insert_into(session, Award).values(row).on_conflict_do_nothing(
        index_elements=["campaign_id", "way", "cause"])
    return session.scalar(once.returning(Award))


def _hold_one(session: Session, prize: Prize, player_id: str) -> bool:
    """Count one more unit of the prize for the player; False when that would pass the cap."""
    first = insert_into(session, Holding).values(prize_id=prize.id, player_id=player_id, units=1)
    one_more = first.on_conflict_do_update(index_elements=["prize_id", "player_id"],
                                           set_={"units": Holding.units + 1},
                                           where=Holding.units < prize.per_player)
    return session.scalar(one_more.returning(Holding.units)) is not None


def find_award(session: Session, win: Win) -> Award | None:
    """The award that a win has had."""
    return session.scalar(select(Award).where(Award.campaign_id == win.campaign_id, Award.way == win.way,
                                              Award.cause == win.cause))
