"""Giving a prize for a win: once for each cause, never beyond stock, a release or a cap."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Award
from prizes.caps import Cap, Limit, count_in, is_full
from prizes.codes import claim_code, code_hash
from prizes.db import insert_into, new_id
from prizes.prize import Prize, still_locked
from prizes.stock import Stock, make_one, take_one
from prizes.way import AwardTerms, Win

__all__ = ["AwardTerms", "Win", "award_prize", "could_win", "find_award"]


def award_prize(session: Session, win: Win, prize: Prize, now: datetime, terms: AwardTerms) -> Award | None:
    """Give a prize for a win, or find the award that this win has had; None when stock or a cap forbid it.

    Inside a savepoint, the award first and the stock row last: everyone who wins this prize waits for the
    stock row's lock, which is held until the commit, so nothing that can be done before is done after it. Of
    the same win many times at once one passes the award's unique key and the others wait there for its
    commit. When there is no unit, or a cap is reached, the savepoint takes the award away again.
    """
    locked = 0 if prize.is_unlimited else still_locked(session, prize, now)
    with session.begin_nested() as attempt:
        award = _enter(session, win, prize, now, terms)
        if award is None:
            return find_award(session, win)
        if count_in(session, award.id, limits_at_win(win, prize, now, terms)) is None:
            if prize.is_unlimited:
                make_one(session, prize.id, award.id, now)
                return award
            if take_one(session, prize.id, award.id, now, locked):
                return award
        attempt.rollback()
    return None


def could_win(session: Session, win: Win, prize: Prize, now: datetime, terms: AwardTerms) -> bool:
    """Whether `award_prize` would find a unit and room under every cap. Reads: by the next moment it may be untrue."""
    free = session.scalar(select(Stock.free).where(Stock.prize_id == prize.id)) or 0
    has_unit = prize.is_unlimited or free > still_locked(session, prize, now)
    return has_unit and not any(is_full(session, limit) for limit in limits_at_win(win, prize, now, terms))


def _enter(session: Session, win: Win, prize: Prize, now: datetime, terms: AwardTerms) -> Award | None:
    award_id = new_id()
    hold = timedelta(days=terms.claim_days) if win.hold is None else win.hold
    row = {"id": award_id, "prize_id": prize.id, "campaign_id": win.campaign_id, "way": win.way, "cause": win.cause,
           "player_id": win.player_id, "round_id": win.round_id, "state": terms.first_state(prize), "awarded_at": now,
           "claim_before": now + hold, "code_hash": code_hash(claim_code(terms.claim_key, award_id))}
    once = insert_into(session, Award).values(row).on_conflict_do_nothing(
        index_elements=["campaign_id", "way", "cause"])
    return session.scalar(once.returning(Award))


def limits_at_win(win: Win, prize: Prize, now: datetime, terms: AwardTerms) -> list[Limit]:
    """The caps that are known at the win; those of a person and a household follow at the claim.

    A day and an hour are those of the campaign's zone. The hour that a clock is put back over is two hours.
    """
    local = now.astimezone(ZoneInfo(terms.timezone))
    day = f"{local:%Y-%m-%d}"
    limits = [Limit(Cap.PLAYER, prize.id, win.player_id, prize.per_player)]
    if terms.per_network is not None and win.network is not None:
        limits.append(Limit(Cap.NETWORK, win.campaign_id, f"{day}/{win.network}", terms.per_network))
    if prize.per_day is not None:
        limits.append(Limit(Cap.DAY, prize.id, day, prize.per_day))
    if prize.per_hour is not None:
        limits.append(Limit(Cap.HOUR, prize.id, f"{local:%Y-%m-%dT%H%z}", prize.per_hour))
    return limits


def find_award(session: Session, win: Win) -> Award | None:
    """The award that a win has had."""
    return session.scalar(select(Award).where(Award.campaign_id == win.campaign_id, Award.way == win.way,
                                              Award.cause == win.cause))


