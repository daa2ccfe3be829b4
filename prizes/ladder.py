"""The ladder: who reaches a score wins the prize of that step, or the best one below it that is left."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.award import Award, Way
from prizes.award_prize import AwardTerms, Win, award_prize, find_award
from prizes.db import Base
from prizes.stock import Prize, Stock

__all__ = ["AwardTerms", "LadderStep", "add_step", "climb", "steps_of"]


class LadderStep(Base):
    """`score` points win `prize_id`; several prizes may hang on one score, the dearest is tried first."""

    __tablename__ = "ladder_step"

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    score: Mapped[int] = mapped_column(Integer, primary_key=True)
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"), primary_key=True)


def add_step(session: Session, campaign_id: str, score: int, prize_id: str) -> LadderStep:
    step = LadderStep(campaign_id=campaign_id, score=score, prize_id=prize_id)
    session.add(step)
    return step


def steps_of(session: Session, campaign_id: str) -> list[LadderStep]:
    """A campaign's steps, the lowest first."""
    steps = select(LadderStep).where(LadderStep.campaign_id == campaign_id)
    return list(session.scalars(steps.order_by(LadderStep.score, LadderStep.prize_id)))


def climb(session: Session, campaign_id: str, score: int, player_id: str, round_id: str, now: datetime,
          terms: AwardTerms) -> Award | None:
    """Award the best step that a score reaches, has stock, and whose prize the player may still hold.

    One award a round: climbing again for the same round gives the award that it has.
    """
    win = Win(campaign_id, Way.LADDER, cause=round_id, player_id=player_id, round_id=round_id)
    for prize in _prizes_reached(session, campaign_id, score):
        award = award_prize(session, win, prize, now, terms)
        if award is not None:
            return award
    return find_award(session, win)  # it may be this very round's award that sold the prize out


def _prizes_reached(session: Session, campaign_id: str, score: int) -> list[Prize]:
    """Best first. What looks sold out is left out to save the vain attempt; `take_one` is the referee."""
    reached = (LadderStep.campaign_id == campaign_id, LadderStep.score <= score, Stock.free > 0)
    prizes = (select(Prize).join(LadderStep, LadderStep.prize_id == Prize.id)
              .join(Stock, Stock.prize_id == Prize.id))
    best_first = (LadderStep.score.desc(), Prize.value_cents.desc(), Prize.id)
    return list(session.scalars(prizes.where(*reached).order_by(*best_first)))
