"""Places and draw slots: prizes given at the end, each to the next in a line that was fixed before.

A slot whose award is given up goes to the next candidate of the frozen line, never to one that somebody chooses. When
the line has no more, the slot is over and is listed as unclaimed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, Integer, Select, String, and_, false, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.award import UNCLAIMED, Award, AwardState, Way
from prizes.award_prize import award_prize, could_win
from prizes.caps import Cap, Limit, is_full
from prizes.db import Base
from prizes.prize import Prize
from prizes.way import AwardTerms, Win


class PassedOver(StrEnum):
    """Why somebody stands in a line who could never be next: the line shows it to those who check it."""

    SAME_PLAYER = "same_player"  # stands further ahead already
    STRUCK = "struck"  # the round was rejected before the line was made


class Slot(Base):
    """One prize to be given at the end. `turn` counts those who have had it; `award_id` is the present one's."""

    __tablename__ = "slot"

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    way: Mapped[Way] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"))
    turn: Mapped[int] = mapped_column(Integer, default=0)
    award_id: Mapped[str | None] = mapped_column(ForeignKey("award.id"), unique=True)
    is_over: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class Candidate(Base):
    """Who stands where in the line; a player stands in it once, save where `passed_over` says why."""

    __tablename__ = "candidate"

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    way: Mapped[Way] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    player_id: Mapped[str] = mapped_column(String(32))
    round_id: Mapped[str] = mapped_column(String(32))
    score: Mapped[int | None] = mapped_column(Integer)
    is_used: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    passed_over: Mapped[PassedOver | None]


@dataclass(frozen=True)
class InLine:
    """One who may be next, or who is passed over."""

    player_id: str
    round_id: str
    score: int | None = None
    passed_over: PassedOver | None = None


def has_slots(session: Session, campaign_id: str, way: Way) -> bool:
    own = (Slot.campaign_id == campaign_id, Slot.way == way)
    return session.scalar(select(Slot.number).where(*own).limit(1)) is not None


def open_slots(session: Session, campaign_id: str, way: Way, prize_ids: Sequence[str], line: Iterable[InLine]) -> None:
    """Fix the slots, the first one first, and who stands in line for them; once a campaign and way."""
    session.add_all(Slot(campaign_id=campaign_id, way=way, number=number, prize_id=prize_id)
                    for number, prize_id in enumerate(prize_ids, start=1))
    session.add_all(Candidate(campaign_id=campaign_id, way=way, position=position, player_id=one.player_id,
                              round_id=one.round_id, score=one.score, passed_over=one.passed_over,
                              is_used=one.passed_over is not None)
                    for position, one in enumerate(line, start=1))
    session.flush()


def fill_slots(session: Session, campaign_id: str, way: Way, terms: AwardTerms, now: datetime) -> int:
    """Give each vacant slot to the next in line; how many were given, or found to be over."""
    return sum(_give(session, slot, terms, now) for slot in _vacant(session, campaign_id, way))


def is_fillable(session: Session, campaign_id: str, way: Way, terms: AwardTerms, now: datetime) -> bool:
    """Whether `fill_slots` would change anything now. Reads."""
    first_of_each = {slot.prize_id: slot for slot in reversed(_vacant(session, campaign_id, way))}
    return any(_is_due(session, slot, terms, now) for slot in first_of_each.values())


def _is_due(session: Session, slot: Slot, terms: AwardTerms, now: datetime) -> bool:
    prize, following = session.get_one(Prize, slot.prize_id), _next_in_line(session, slot)
    if following is None or _has_enough(session, prize, following):
        return True
    return could_win(session, _win(slot, following), prize, now, terms)


def _vacant(session: Session, campaign_id: str, way: Way) -> Sequence[Slot]:
    vacant = select(Slot).where(Slot.campaign_id == campaign_id, Slot.way == way, Slot.award_id.is_(None),
                                Slot.is_over.is_(False))
    return session.scalars(vacant.order_by(Slot.number)).all()


def _give(session: Session, slot: Slot, terms: AwardTerms, now: datetime) -> bool:
    """Whether the slot was given, or found to be over.

    Who has enough of the prize is passed over. When nobody could have it now (no unit is free, a release is to come,
    the day's cap is reached) slot and line wait: else one slot would use up the reserves of all.
    """
    prize = session.get_one(Prize, slot.prize_id)
    while (following := _next_in_line(session, slot)) is not None:
        award = award_prize(session, _win(slot, following), prize, now, terms)
        if award is None and not _has_enough(session, prize, following):
            return False
        following.is_used = True
        if award is not None:
            slot.turn, slot.award_id = slot.turn + 1, award.id
        session.flush()
        if award is not None:
            return True
    slot.is_over = True
    session.flush()
    return True


def _has_enough(session: Session, prize: Prize, following: Candidate) -> bool:
    return is_full(session, Limit(Cap.PLAYER, prize.id, following.player_id, prize.per_player))


def _win(slot: Slot, following: Candidate) -> Win:
    cause = f"{slot.number}.{slot.turn + 1}"
    return Win(slot.campaign_id, slot.way, cause, following.player_id, following.round_id)


def _next_in_line(session: Session, slot: Slot) -> Candidate | None:
    waiting = select(Candidate).where(Candidate.campaign_id == slot.campaign_id, Candidate.way == slot.way,
                                      Candidate.is_used.is_(False))
    return session.scalar(waiting.order_by(Candidate.position).limit(1))


def may_still_win(session: Session, campaign_id: str, round_id: str) -> bool:
    """Whether a round stands in a line whose slots are not all given for good: one is vacant, or not claimed yet."""
    not_for_good = or_(Slot.award_id.is_(None), Award.state.in_(UNCLAIMED))
    may_pass_on = (select(Candidate.position)
                   .join(Slot, and_(Slot.campaign_id == Candidate.campaign_id, Slot.way == Candidate.way))
                   .outerjoin(Award, Award.id == Slot.award_id)
                   .where(Candidate.campaign_id == campaign_id, Candidate.round_id == round_id,
                          Candidate.is_used.is_(False), Slot.is_over.is_(False), not_for_good))
    return session.scalar(may_pass_on.limit(1)) is not None


def vacate(session: Session, award: Award) -> None:
    """The slot of an award that was given up waits for the next in line."""
    session.execute(update(Slot).where(Slot.award_id == award.id).values(award_id=None))


def strike(session: Session, campaign_id: str, way: Way, round_id: str) -> None:
    """Somebody whose round was rejected leaves the line."""
    own = (Candidate.campaign_id == campaign_id, Candidate.way == way, Candidate.round_id == round_id)
    session.execute(update(Candidate).where(*own).values(is_used=True))


def kept_back_in_slots(campaign_id: str) -> Select[Award]:
    """The query of the awards of a campaign's slots that wait for a person's word."""
    own = (Slot.campaign_id == campaign_id, Award.state == AwardState.KEPT_BACK)
    return select(Award).join(Slot, Slot.award_id == Award.id).where(*own).order_by(Award.id)


@dataclass(frozen=True)
class Given:
    """A slot as it stands; without an award it is vacant, or over."""

    slot: Slot
    award: Award | None


def slots_of(session: Session, campaign_id: str, way: Way) -> list[Given]:
    """Every slot of a campaign by one way, the first one first."""
    own = (Slot.campaign_id == campaign_id, Slot.way == way)
    found = select(Slot, Award).outerjoin(Award, Award.id == Slot.award_id).where(*own).order_by(Slot.number)
    return [Given(slot, award) for slot, award in session.execute(found)]
