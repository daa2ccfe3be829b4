"""One award: what, who, why, and what has become of it, step by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Way
from prizes.claim import Claim, ClaimContact
from prizes.ledger import THE_PROGRAM, Move, StockEntry
from prizes.prize import Prize
from prizes.staff_word import sendings_of
from prizes.ways.ladder import LadderStep
from server.campaigns.campaign import Campaign
from server.fairplay.review import Review, ReviewRuling
from server.play.round import Round
from server.players.player import Player


class Step(StrEnum):
    """What may become of an award: the words of its timeline."""

    AWARDED = "awarded"
    RELEASED = "released"
    REJECTED = "rejected"
    CLAIMED = "claimed"
    SENT = "sent"
    TAKEN_BACK = "taken_back"  # the word that it was sent
    EXPIRED = "expired"
    RETURNED = "returned"
    REVOKED = "revoked"


GIVEN_UP = {AwardState.EXPIRED: Step.EXPIRED, AwardState.RETURNED: Step.RETURNED, AwardState.REVOKED: Step.REVOKED}


@dataclass(frozen=True)
class Happened:
    """A step, when, by whom (a staff id, "" for the program) and the word of its reason, if it has one."""

    at: datetime
    step: Step
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Cause:
    """Why it was won, in numbers: the place, slot, wave or step that the way names, and who was there before."""

    way: Way
    number: int | None = None
    turn: int = 1


@dataclass(frozen=True)
class ShownAward:
    """`contact` is there when it was asked for, was given, and was not erased."""

    award: Award
    prize: Prize
    campaign: Campaign
    round: Round | None
    alias: str | None
    cause: Cause
    contact: ClaimContact | None
    steps: list[Happened]

    @property
    def is_owed(self) -> bool:
        """Whether it waits to be sent."""
        return self.award.state == AwardState.CLAIMED


def show_award(session: Session, award: Award, campaign: Campaign, *, with_contact: bool) -> ShownAward:
    """Everything about an award; its winner's name and address only when asked for."""
    player = session.get(Player, award.player_id)
    return ShownAward(
        award=award, prize=session.get_one(Prize, award.prize_id), campaign=campaign,
        round=session.get(Round, award.round_id), alias=player.alias if player else None,
        cause=_cause(session, award), contact=session.get(ClaimContact, award.id) if with_contact else None,
        steps=sorted(_steps(session, award), key=lambda step: step.at))


def _cause(session: Session, award: Award) -> Cause:
    """What a cause says (prizes/ways/): "place.turn", "slot.turn", "round:wave.index", "hits:player", a round."""
    first = award.cause.partition(":")[0]
    match award.way:
        case Way.STANDINGS | Way.DRAW:
            number, _, turn = award.cause.partition(".")
            return Cause(award.way, _number(number), _number(turn) or 1)
        case Way.INSTANT_WIN:
            return Cause(award.way, _number(award.cause.partition(":")[2].partition(".")[0]))
        case Way.COMMUNITY:
            return Cause(award.way, _number(first))
        case _:
            steps = select(LadderStep.score).where(LadderStep.campaign_id == award.campaign_id,
                                                   LadderStep.prize_id == award.prize_id)
            return Cause(award.way, session.scalar(steps.order_by(LadderStep.score).limit(1)))


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else None


def _steps(session: Session, award: Award) -> Iterator[Happened]:
    yield Happened(award.awarded_at, Step.AWARDED)
    yield from _rulings(session, award)
    claimed = session.get(Claim, award.id)
    if claimed is not None:
        yield Happened(claimed.claimed_at, Step.CLAIMED)
    for sending in sendings_of(session, award.id):
        yield Happened(sending.at, Step(sending.deed.value), sending.by)
    if award.state in GIVEN_UP:
        given_up = (StockEntry.award_id == award.id, StockEntry.move.in_((Move.RETURNED, Move.WITHDRAWN)))
        for line in session.scalars(select(StockEntry).where(*given_up)):
            by = "" if line.by == THE_PROGRAM else line.by
            yield Happened(line.at, GIVEN_UP[award.state], by, line.reason)


def _rulings(session: Session, award: Award) -> Iterator[Happened]:
    """What people said of its round since."""
    ruled = select(Review).where(Review.round_id == award.round_id, Review.ruling.is_not(None))
    for review in session.scalars(ruled.where(Review.ruled_at >= award.awarded_at)):
        step = Step.RELEASED if review.ruling == ReviewRuling.RELEASE else Step.REJECTED
        if review.ruled_at is not None:
            yield Happened(review.ruled_at, step, review.ruled_by or "")
