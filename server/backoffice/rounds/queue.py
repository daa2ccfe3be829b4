"""What waits for a person's look: rounds that were held, prizes kept back for their value, places with a prize."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, func, literal, select, tuple_
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Way
from prizes.db import UtcDateTime
from prizes.prize import Prize
from prizes.slots import Slot
from server.campaigns.campaign import Campaign
from server.fairplay.review import Review
from server.play.round import Round
from server.players.player import Player

A_PAGE = 50


class Place(NamedTuple):
    """Where a look stands in its list: when it was asked for, or ruled on, and its id."""

    at: datetime
    id: str


@dataclass(frozen=True)
class Look:
    """A round that waits, or was ruled on; `alias` is None once its player is erased."""

    review: Review
    round: Round
    alias: str | None


@dataclass(frozen=True)
class PlaceLook:
    """A place with a prize that waits for a person, and the round that has it."""

    slot: Slot
    award: Award
    prize: Prize
    round: Round
    alias: str | None


def rounds_to_review(session: Session, brand_ids: Sequence[str]) -> int:
    """How many rounds of these brands wait for a look; places are counted by themselves."""
    waiting = select(func.count()).select_from(Review).where(
        Review.campaign_id.in_(_campaigns_of(brand_ids)), *_waits())
    return session.scalar(waiting) or 0


def places_to_confirm(session: Session, brand_ids: Sequence[str]) -> int:
    """How many places with a prize wait for a person's word."""
    waiting = (select(func.count()).select_from(Slot).join(Award, Award.id == Slot.award_id)
               .where(Slot.campaign_id.in_(_campaigns_of(brand_ids)), *_place_waits()))
    return session.scalar(waiting) or 0


def _campaigns_of(brand_ids: Sequence[str]) -> Select[str]:
    return select(Campaign.id).where(Campaign.brand_id.in_(brand_ids))


def waiting_looks(session: Session, campaign_ids: Sequence[str], after: Place | None = None,
                  most: int = A_PAGE) -> list[Look]:
    """The rounds of these campaigns that wait, the one that was asked for first at the top."""
    waiting = _looks(campaign_ids, *_waits())
    if after is not None:
        waiting = waiting.where(_key(Review.asked_at) > _value(after))
    return _read(session, waiting.order_by(Review.asked_at, Review.id).limit(most))


def look_before(session: Session, campaign_ids: Sequence[str], before: Place) -> Look | None:
    """The one that waits just before a place in the queue."""
    earlier = _looks(campaign_ids, *_waits()).where(_key(Review.asked_at) < _value(before))
    found = _read(session, earlier.order_by(Review.asked_at.desc(), Review.id.desc()).limit(1))
    return found[0] if found else None


def ruled_looks(session: Session, campaign_ids: Sequence[str], after: Place | None = None,
                most: int = A_PAGE) -> list[Look]:
    """What people ruled, the last ruling first."""
    ruled = select(Review.id).where(Review.campaign_id.in_(campaign_ids), Review.ruling.is_not(None))
    if after is not None:
        ruled = ruled.where(_key(Review.ruled_at) < _value(after))
    ids = session.scalars(ruled.order_by(Review.ruled_at.desc(), Review.id.desc()).limit(most)).all()
    looks = {look.review.id: look for look in _read(session, _looks(campaign_ids, Review.id.in_(ids)))}
    return [looks[review_id] for review_id in ids if review_id in looks]


def waiting_places(session: Session, campaign_ids: Sequence[str]) -> list[PlaceLook]:
    """The places that wait, campaign by campaign, the best first; they are a thousand a campaign at most."""
    waiting = (select(Slot, Award, Prize, Round, Player.alias).join(Award, Award.id == Slot.award_id)
               .join(Prize, Prize.id == Award.prize_id).join(Round, Round.id == Award.round_id)
               .outerjoin(Player, Player.id == Award.player_id)
               .where(Slot.campaign_id.in_(campaign_ids), *_place_waits()))
    return [PlaceLook(*row) for row in session.execute(waiting.order_by(Slot.campaign_id, Slot.number))]


def find_place(session: Session, round_id: str) -> PlaceLook | None:
    """The place that waits with a round in it."""
    waiting = (select(Slot, Award, Prize, Round, Player.alias).join(Award, Award.id == Slot.award_id)
               .join(Prize, Prize.id == Award.prize_id).join(Round, Round.id == Award.round_id)
               .outerjoin(Player, Player.id == Award.player_id).where(Award.round_id == round_id, *_place_waits()))
    row = session.execute(waiting.order_by(Slot.number).limit(1)).one_or_none()
    return None if row is None else PlaceLook(*row)


def _place_waits() -> tuple[ColumnElement[bool], ...]:
    return Slot.way == Way.STANDINGS, Award.state == AwardState.KEPT_BACK


def _waits() -> tuple[ColumnElement[bool], ...]:
    """That nobody ruled yet, and that the round is not looked at for its place."""
    in_a_place = select(Award.round_id).join(Slot, Slot.award_id == Award.id).where(*_place_waits())
    return Review.ruling.is_(None), Review.round_id.not_in(in_a_place)


def _looks(campaign_ids: Sequence[str], *conditions: ColumnElement[bool]) -> Select[Review, Round, str | None]:
    return (select(Review, Round, Player.alias).join(Round, Round.id == Review.round_id)
            .outerjoin(Player, Player.id == Round.player_id)
            .where(Review.campaign_id.in_(campaign_ids), *conditions))


def _read(session: Session, looks: Select[Review, Round, str | None]) -> list[Look]:
    return [Look(*row) for row in session.execute(looks)]


def _key(moment: Any) -> Any:
    return tuple_(moment, Review.id)


def _value(place: Place) -> Any:
    return tuple_(literal(place.at, UtcDateTime()), literal(place.id, String()))
