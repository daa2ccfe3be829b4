"""The audit: do counters, ledger, awards, claims and players' holdings tell the same story?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from prizes.award import Award, AwardState, Holding
from prizes.claim import Claim
from prizes.stock import Move, Prize, Stock, StockEntry

# What each move adds to each column of the stock row.
FLOWS: Mapping[str, Mapping[Move, int]] = {
    "received": {Move.RECEIVED: +1, Move.CORRECTED: +1},
    "free": {Move.RECEIVED: +1, Move.CORRECTED: +1, Move.RETURNED: +1, Move.RESERVED: -1, Move.WITHDRAWN: -1},
    "reserved": {Move.RESERVED: +1, Move.AWARDED: -1, Move.RETURNED: -1},
    "awarded": {Move.AWARDED: +1},
    "withdrawn": {Move.WITHDRAWN: +1},
}
UNCLAIMED = (AwardState.KEPT_BACK, AwardState.OPEN)
GIVEN_UP = (AwardState.EXPIRED, AwardState.RETURNED)

Part = Select[tuple[str, str, int, int]]


@dataclass(frozen=True)
class Discrepancy:
    """`subject_id` is a prize's id, an award's, or a prize's and a player's with a slash between."""

    subject_id: str
    what: str
    expected: int
    found: int


def audit(session: Session) -> list[Discrepancy]:
    """Everything that disagrees; an empty list when the books are right.

    One statement sees everything at one instant, so it may run while awards go on.
    """
    story = union_all(*_ledger_parts(), *_award_parts(), *_line_parts(), *_holding_parts()).subquery("story")
    subject_id, what, expected, found = story.columns
    disagreeing = select(story).where(expected != found).order_by(what, subject_id)
    return [Discrepancy(*row) for row in session.execute(disagreeing)]


def _part(subject_id: Any, what: str, expected: Any, found: Any) -> Part:
    return select(subject_id.label("subject_id"), literal(what).label("what"),
                  func.coalesce(expected, 0).label("expected"), func.coalesce(found, 0).label("found"))


def _ledger_parts() -> list[Part]:
    """Each column of a stock row is what the ledger's lines make of it."""
    return [_ledger_part(column, flow) for column, flow in FLOWS.items()]


def _ledger_part(column: str, flow: Mapping[Move, int]) -> Part:
    counted = getattr(Stock, column)
    signed = [(StockEntry.move == move, sign * StockEntry.units) for move, sign in flow.items()]
    written = func.sum(case(*signed, else_=0))
    return (_part(Prize.id, f"stock {column}, by the ledger", written, counted).select_from(Prize)
            .outerjoin(Stock, Stock.prize_id == Prize.id)
            .outerjoin(StockEntry, StockEntry.prize_id == Prize.id).group_by(Prize.id, counted))


def _award_parts() -> list[Part]:
    """What is reserved waits for a claim, what is awarded has one."""
    return [_award_part("reserved", Stock.reserved, UNCLAIMED),
            _award_part("awarded", Stock.awarded, (AwardState.CLAIMED,))]


def _award_part(column: str, counted: Any, states: tuple[AwardState, ...]) -> Part:
    own = (Award.prize_id == Prize.id) & Award.state.in_(states)
    return (_part(Prize.id, f"stock {column}, by awards", func.count(Award.id), counted).select_from(Prize)
            .outerjoin(Stock, Stock.prize_id == Prize.id).outerjoin(Award, own).group_by(Prize.id, counted))


def _line_parts() -> list[Part]:
    """Each award has exactly the ledger lines and the claim that its state asks for."""
    is_claimed = case((Award.state == AwardState.CLAIMED, 1), else_=0)
    is_given_up = case((Award.state.in_(GIVEN_UP), 1), else_=0)
    claims = (_part(Award.id, "claims of an award", is_claimed, func.count(Claim.award_id)).select_from(Award)
              .outerjoin(Claim, Claim.award_id == Award.id).group_by(Award.id, Award.state))
    return [_line_part(Move.RESERVED, literal(1)), _line_part(Move.AWARDED, is_claimed),
            _line_part(Move.RETURNED, is_given_up), claims]


def _line_part(move: Move, expected: ColumnElement[int]) -> Part:
    own = ((StockEntry.award_id == Award.id) & (StockEntry.prize_id == Award.prize_id)
           & (StockEntry.units == 1) & (StockEntry.move == move))
    return (_part(Award.id, f"ledger lines of an award, {move}", expected, func.count(StockEntry.id))
            .select_from(Award).outerjoin(StockEntry, own).group_by(Award.id, Award.state))


def _holding_parts() -> list[Part]:
    """A player holds as many units as they have awards that were not given up."""
    player = Prize.id + "/" + Holding.player_id
    own = (Award.prize_id == Holding.prize_id) & (Award.player_id == Holding.player_id)
    held = (_part(player, "units a player holds", func.count(Award.id), Holding.units).select_from(Holding)
            .join(Prize, Prize.id == Holding.prize_id).outerjoin(Award, own & Award.state.not_in(GIVEN_UP))
            .group_by(Prize.id, Holding.player_id, Holding.units))
    counted = (_part(Award.id, "counts of an award's holder", literal(1), func.count(Holding.units))
               .select_from(Award).outerjoin(Holding, own).group_by(Award.id))
    return [held, counted]
