"""The audit: do counters, ledger, awards, claims and tallies tell the same story?"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from prizes.award import GIVEN_UP, HANDED_OVER, UNCLAIMED, Award, AwardState
from prizes.caps import AwardTally, Cap, Tally
from prizes.claim import Claim
from prizes.draw import DrawEntry
from prizes.ledger import Move, Shelf, StockEntry
from prizes.planned import PlannedPrize, RolledMoment, TakenMoment
from prizes.prize import Prize, PrizeKind
from prizes.stock import Stock
from prizes.vouchers import VoucherCode, is_left

COUNTED = (Shelf.FREE, Shelf.RESERVED, Shelf.AWARDED, Shelf.WITHDRAWN)

Part = Select[tuple[str, str, int, int]]


@dataclass(frozen=True)
class Discrepancy:
    """`subject_id` is a prize's id, an award's, or what a tally counts for whom with a slash between."""

    subject_id: str
    what: str
    expected: int
    found: int


def audit(session: Session) -> list[Discrepancy]:
    """Everything that disagrees; an empty list when the books are right.

    One statement sees everything at one instant, so it may run while awards go on.
    """
    parts = [*_ledger_parts(), *_award_parts(), *_line_parts(), *_tally_parts(), *_moment_parts(), *_code_parts()]
    story = union_all(*parts).subquery("story")
    subject_id, what, expected, found = story.columns
    disagreeing = select(story).where(expected != found).order_by(what, subject_id)
    return [Discrepancy(*row) for row in session.execute(disagreeing)]


def _part(subject_id: Any, what: str, expected: Any, found: Any) -> Part:
    return select(subject_id.label("subject_id"), literal(what).label("what"),
                  func.coalesce(expected, 0).label("expected"), func.coalesce(found, 0).label("found"))


def _ledger_parts() -> list[Part]:
    """Each shelf of a stock row holds what the ledger's lines brought and did not take away."""
    return [_ledger_part(shelf, getattr(Stock, shelf)) for shelf in COUNTED] + [
        _ledger_part(Shelf.OUTSIDE, -Stock.received)]


def _ledger_part(shelf: Shelf, counted: Any) -> Part:
    came = case((StockEntry.target == shelf, StockEntry.units), else_=0)
    went = case((StockEntry.source == shelf, StockEntry.units), else_=0)
    return (_part(Prize.id, f"stock {shelf}, by the ledger", func.sum(came - went), counted).select_from(Prize)
            .outerjoin(Stock, Stock.prize_id == Prize.id)
            .outerjoin(StockEntry, StockEntry.prize_id == Prize.id).group_by(Prize.id, counted))


def _award_parts() -> list[Part]:
    """What is reserved waits for a claim, what is awarded has one."""
    return [_award_part("reserved", Stock.reserved, UNCLAIMED),
            _award_part("awarded", Stock.awarded, HANDED_OVER)]


def _award_part(column: str, counted: Any, states: tuple[AwardState, ...]) -> Part:
    own = (Award.prize_id == Prize.id) & Award.state.in_(states)
    return (_part(Prize.id, f"stock {column}, by awards", func.count(Award.id), counted).select_from(Prize)
            .outerjoin(Stock, Stock.prize_id == Prize.id).outerjoin(Award, own).group_by(Prize.id, counted))


def _line_parts() -> list[Part]:
    """Each award has exactly the ledger lines and the claim that its state asks for.

    One that staff revoked may have been claimed before; then it has both, and its unit may have been withdrawn.
    """
    had_claim = func.count(Claim.award_id.distinct())
    is_handed_over = case((Award.state.in_(HANDED_OVER), 1), (Award.state == AwardState.REVOKED, had_claim), else_=0)
    claims = (_part(Award.id, "claims of an award", is_handed_over, had_claim).select_from(Award)
              .outerjoin(Claim, Claim.award_id == Award.id).group_by(Award.id, Award.state))
    is_given_up = case((Award.state.in_(GIVEN_UP), 1), else_=0)
    return [_line_part("reserved", (Move.RESERVED,), literal(1)),
            _line_part("awarded", (Move.AWARDED,), is_handed_over),
            _line_part("given up", (Move.RETURNED, Move.WITHDRAWN), is_given_up), claims]


def _line_part(name: str, moves: tuple[Move, ...], expected: ColumnElement[int]) -> Part:
    own = ((StockEntry.award_id == Award.id) & (StockEntry.prize_id == Award.prize_id)
           & (StockEntry.units == 1) & StockEntry.move.in_(moves))
    return (_part(Award.id, f"ledger lines of an award, {name}", expected, func.count(StockEntry.id.distinct()))
            .select_from(Award).outerjoin(StockEntry, own).outerjoin(Claim, Claim.award_id == Award.id)
            .group_by(Award.id, Award.state))


def _tally_parts() -> list[Part]:
    """A tally counts the awards that raised it and were not given up, beside those that were unlinked; every such award
    raised its player's.
    """
    subject = Tally.subject_id + "/" + Tally.key
    own = ((AwardTally.subject_id == Tally.subject_id) & (AwardTally.cap == Tally.cap) & (AwardTally.key == Tally.key))
    standing = (Award.id == AwardTally.award_id) & Award.state.not_in(GIVEN_UP)
    held = (_part(subject, "awards of a tally", func.count(Award.id), Tally.units - Tally.unlinked).select_from(Tally)
            .outerjoin(AwardTally, own).outerjoin(Award, standing).where(Tally.cap != Cap.ENTRIES)
            .group_by(Tally.subject_id, Tally.cap, Tally.key, Tally.units, Tally.unlinked))
    raised = (_part(Award.id, "tallies of an award's player", literal(1), func.count(AwardTally.award_id))
              .select_from(Award)
              .outerjoin(AwardTally, (AwardTally.award_id == Award.id) & (AwardTally.cap == Cap.PLAYER))
              .group_by(Award.id))
    lost = (_part(AwardTally.award_id, "a tally of an award", literal(1), func.count(Tally.units))
            .select_from(AwardTally).outerjoin(Tally, own).group_by(AwardTally.award_id, AwardTally.cap))
    entered = ((DrawEntry.campaign_id == Tally.subject_id) & (DrawEntry.player_id == Tally.key))
    entries = (_part(subject, "entries of a player", func.count(DrawEntry.round_id), Tally.units).select_from(Tally)
               .outerjoin(DrawEntry, entered).where(Tally.cap == Cap.ENTRIES)
               .group_by(Tally.subject_id, Tally.key, Tally.units))
    return [held, raised, lost, entries]


def _moment_parts() -> list[Part]:
    """Of a planned prize as many moments are written down as its counter says, and each of a rolled one too."""
    planned = (_part(PlannedPrize.prize_id, "moments taken", func.count(TakenMoment.number), PlannedPrize.taken)
               .select_from(PlannedPrize).outerjoin(TakenMoment, TakenMoment.prize_id == PlannedPrize.prize_id)
               .group_by(PlannedPrize.prize_id, PlannedPrize.taken))
    rolled = (_part(RolledMoment.award_id, "a rolled moment taken", func.count(TakenMoment.award_id),
                    case((RolledMoment.taken_at.is_(None), 0), else_=1)).select_from(RolledMoment)
              .outerjoin(TakenMoment, TakenMoment.rolled_from == RolledMoment.award_id)
              .group_by(RolledMoment.award_id, RolledMoment.taken_at))
    return [planned, rolled]


def _code_parts() -> list[Part]:
    """Of a voucher prize, what may still be handed out has a code that is left, and each claimed award has its own.

    A code that was shown stays its award's when staff revoke that: it is spent, and so is its unit.
    """
    left = (_part(Prize.id, "voucher codes that are left", Stock.free + Stock.reserved, func.count(VoucherCode.id))
            .select_from(Prize).join(Stock, Stock.prize_id == Prize.id)
            .outerjoin(VoucherCode, (VoucherCode.prize_id == Prize.id) & is_left())
            .where(Prize.kind == PrizeKind.VOUCHER).group_by(Prize.id, Stock.free, Stock.reserved))
    is_claimed = case((Award.state.in_(HANDED_OVER), 1),
                      (Award.state == AwardState.REVOKED, func.count(Claim.award_id.distinct())), else_=0)
    of_award = (VoucherCode.award_id == Award.id) & (VoucherCode.prize_id == Award.prize_id)
    handed_out = (_part(Award.id, "voucher codes of an award", is_claimed, func.count(VoucherCode.id.distinct()))
                  .select_from(Award).join(Prize, Prize.id == Award.prize_id)
                  .outerjoin(VoucherCode, of_award).outerjoin(Claim, Claim.award_id == Award.id)
                  .where(Prize.kind == PrizeKind.VOUCHER).group_by(Award.id, Award.state))
    return [left, handed_out]
