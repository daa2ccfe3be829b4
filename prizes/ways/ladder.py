"""The ladder: who reaches a score wins the prize of that step, or the best one below it that is left."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.award import Award, Way
from prizes.award_prize import award_prize, find_award
from prizes.db import Base
from prizes.forecast_course import ByScore
from prizes.prize import Prize
from prizes.seal import sealed_by
from prizes.stock import Stock
from prizes.way import AwardTerms, BadSettings, CampaignFacts, FinishedRound, Flaw, Settings, WayToWin, Win

MOST_SCORE = 10_000_000


class LadderStep(Base):
    """`score` points win `prize_id`; several prizes may hang on one score, the dearest is tried first."""

    __tablename__ = "ladder_step"
    __table_args__ = ({"info": sealed_by("campaign_id")},)

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    score: Mapped[int] = mapped_column(Integer, primary_key=True)
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"), primary_key=True)


class Ladder(WayToWin):
    """In a campaign's file: [{"score": 1500, "prize": "cap"}, …], the consolation at the bottom."""

    way = Way.LADDER

    def is_used(self, session: Session, campaign_id: str) -> bool:
        return bool(steps_of(session, campaign_id))

    def set_up(self, session: Session, campaign_id: str, settings: Settings, prize_ids: Mapping[str, str]) -> None:
        if not isinstance(settings, list):
            raise BadSettings("ladder must be a list of steps")
        there: set[tuple[int, str]] = set()
        for number, step in enumerate(settings, start=1):
            score, prize_id = _read_step(step, number, prize_ids)
            if (score, prize_id) in there:
                raise BadSettings(f"ladder step {number}: the prize {step['prize']!r} stands at {score} points already",
                                  f"{number}.score", "step_twice", score=score)
            there.add((score, prize_id))
            add_step(session, campaign_id, score, prize_id)

    def settings_of(self, session: Session, campaign_id: str, names: Mapping[str, str]) -> Settings | None:
        steps = steps_of(session, campaign_id)
        return [{"score": step.score, "prize": names[step.prize_id]} for step in steps] or None

    def flaws(self, session: Session, campaign: CampaignFacts) -> Sequence[Flaw]:
        """A step that everybody reaches promises its prize to everybody: it must be one without an end."""
        return [Flaw("promised_to_everyone", f"The ladder promises {prize.name('en')} to every round from 0 points, "
                     "but there is only so much of it; ask for points, or make the prize unlimited.",
                     {"prize": prize.names, "prize_id": prize.id})
                for step, prize in _steps_with_prizes(session, campaign.id)
                if step.score <= 0 and not prize.is_unlimited]

    def most_awards(self, session: Session, campaign: CampaignFacts) -> Mapping[str, int | None]:
        return {step.prize_id: None for step in steps_of(session, campaign.id)}

    def demands(self, session: Session, campaign: CampaignFacts) -> Sequence[ByScore]:
        return [ByScore(step.prize_id, step.score) for step in steps_of(session, campaign.id)]

    def award_round(self, session: Session, campaign: CampaignFacts, round_: FinishedRound, terms: AwardTerms,
                    now: datetime) -> Sequence[Award]:
        win = Win(campaign.id, Way.LADDER, round_.id, round_.player_id, round_.id, round_.network)
        award = climb(session, win, round_.score, now, terms)
        return () if award is None else (award,)


def _read_step(step: object, number: int, prize_ids: Mapping[str, str]) -> tuple[int, str]:
    where = f"ladder step {number}"
    if not isinstance(step, dict) or set(step) != {"score", "prize"}:
        raise BadSettings(f"{where} must have a score and a prize, and nothing else")
    score, name = step["score"], step["prize"]
    if type(score) is not int or not 0 <= score <= MOST_SCORE:
        raise BadSettings(f"{where}: score must be a whole number from 0 to {MOST_SCORE}, not {score!r}",
                          f"{number}.score", "number", least=0, most=MOST_SCORE)
    if not isinstance(name, str) or name not in prize_ids:
        raise BadSettings(f"{where}: there is no prize {name!r}", f"{number}.prize", "no_prize")
    return score, prize_ids[name]


def add_step(session: Session, campaign_id: str, score: int, prize_id: str) -> LadderStep:
    step = LadderStep(campaign_id=campaign_id, score=score, prize_id=prize_id)
    session.add(step)
    return step


def steps_of(session: Session, campaign_id: str) -> list[LadderStep]:
    """A campaign's steps, the lowest first."""
    steps = select(LadderStep).where(LadderStep.campaign_id == campaign_id)
    return list(session.scalars(steps.order_by(LadderStep.score, LadderStep.prize_id)))


def _steps_with_prizes(session: Session, campaign_id: str) -> list[tuple[LadderStep, Prize]]:
    steps = select(LadderStep, Prize).join(Prize, Prize.id == LadderStep.prize_id)
    found = session.execute(steps.where(LadderStep.campaign_id == campaign_id).order_by(LadderStep.score))
    return [(step, prize) for step, prize in found]


def climb(session: Session, win: Win, score: int, now: datetime, terms: AwardTerms) -> Award | None:
    """Award the best step that a score reaches, has stock, and whose prize the player may still win.

    One award a round: climbing again for the same round gives the award that it has.
    """
    for prize in _prizes_reached(session, win.campaign_id, score):
        award = award_prize(session, win, prize, now, terms)
        if award is not None:
            return award
    return find_award(session, win)  # it may be this very round's award that sold the prize out


def _prizes_reached(session: Session, campaign_id: str, score: int) -> list[Prize]:
    """Best first. What looks sold out is left out to save the vain attempt; `take_one` is the referee."""
    is_left = or_(Stock.free > 0, Prize.is_unlimited)
    reached = (LadderStep.campaign_id == campaign_id, LadderStep.score <= score, is_left)
    prizes = (select(Prize).join(LadderStep, LadderStep.prize_id == Prize.id)
              .join(Stock, Stock.prize_id == Prize.id))
    best_first = (LadderStep.score.desc(), Prize.value_cents.desc(), Prize.id)
    return list(session.scalars(prizes.where(*reached).order_by(*best_first)))
