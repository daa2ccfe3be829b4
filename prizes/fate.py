"""What became of everybody in the line of a draw: enough for others to say why each slot went to whom it went."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Way
from prizes.draw import DrawStruck, frozen_at, mark_of
from prizes.slots import Candidate, PassedOver


class Fate(StrEnum):
    """Of one in line. Whoever was given a slot keeps its number, also when they lost it again."""

    WON = "won"
    RESERVE = "reserve"  # waits for a slot that falls vacant
    SAME_PLAYER = "same_player"  # passed over: stands further ahead already
    STRUCK = "struck"  # passed over: rejected between the freeze and the draw
    REJECTED = "rejected"  # since the draw
    HAS_ENOUGH = "has_enough"  # passed over, or given up at the claim: a cap forbids another one
    EXPIRED = "expired"  # not claimed in time
    REVOKED = "revoked"  # taken back by staff


OF_STATE = {AwardState.EXPIRED: Fate.EXPIRED, AwardState.REVOKED: Fate.REVOKED}
OF_PASSED = {PassedOver.SAME_PLAYER: Fate.SAME_PLAYER, PassedOver.STRUCK: Fate.STRUCK}


@dataclass(frozen=True)
class Drawn:
    """The entry that was drawn in a place of the line, counted from 1; `slot` and `turn` once it was given one."""

    place: int
    round_id: str
    player: str
    fate: Fate
    slot: int | None
    turn: int | None


def drawn_line(session: Session, campaign_id: str) -> list[Drawn]:
    """The line of a campaign's draw in drawn order; empty before the draw, and when its list has no marks of players.
    """
    frozen = frozen_at(session, campaign_id)
    if frozen is None or frozen.player_key is None:
        return []
    key, struck = bytes.fromhex(frozen.player_key), {entry.round_id for entry in struck_entries(session, campaign_id)}
    given = and_(Award.campaign_id == campaign_id, Award.way == Way.DRAW, Award.round_id == Candidate.round_id)
    line = select(Candidate, Award).outerjoin(Award, given).where(
        Candidate.campaign_id == campaign_id, Candidate.way == Way.DRAW).order_by(Candidate.position)
    return [_drawn(one, award, mark_of(key, one.player_id), one.round_id in struck)
            for one, award in session.execute(line)]


def struck_entries(session: Session, campaign_id: str) -> list[DrawStruck]:
    """The entries whose rounds were rejected after the freeze, in the order of the list."""
    own = select(DrawStruck).where(DrawStruck.campaign_id == campaign_id)
    return sorted(session.scalars(own), key=lambda entry: entry.round_id)


def _drawn(one: Candidate, award: Award | None, player: str, is_struck: bool) -> Drawn:
    slot, turn = map(int, award.cause.split(".")) if award is not None else (None, None)
    return Drawn(one.position, one.round_id, player, _fate(one, award, is_struck), slot, turn)


def _fate(one: Candidate, award: Award | None, is_struck: bool) -> Fate:
    if one.passed_over is not None:
        return OF_PASSED[one.passed_over]
    if award is not None and award.state != AwardState.RETURNED:
        return OF_STATE.get(award.state, Fate.WON)
    if is_struck:
        return Fate.REJECTED
    return Fate.HAS_ENOUGH if one.is_used else Fate.RESERVE
