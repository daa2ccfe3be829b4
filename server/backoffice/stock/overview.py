"""All prizes of some brands, the newest first, each with its figures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from prizes.prize import Prize
from server.backoffice.stock.figures import Figures, figures_of
from server.backoffice.stock.low_stock import StockAlert, Stocked, level
from server.campaigns.campaign import Campaign
from server.clock import exact

PRIZES = 40


@dataclass(frozen=True)
class Overview:
    """`earlier` is where the next page begins; None on the last one."""

    prizes: Sequence[Stocked]
    earlier: str | None


def overview_of(session: Session, brand_ids: Collection[str], now: datetime, *, slug: str | None = None,
                before: str = "", prizes: int = PRIZES) -> Overview:
    """One page of the brands' prizes, or of one campaign's. `before` is an earlier page's `earlier`; anything else is
    the first page. Reads.
    """
    wanted = (_prizes().where(Campaign.brand_id.in_(brand_ids))
              .order_by(Prize.created_at.desc(), Prize.id.desc()).limit(prizes + 1))
    if slug is not None:
        wanted = wanted.where(Campaign.slug == slug)
    place = _read_place(before)
    if place is not None:
        wanted = wanted.where(tuple_(Prize.created_at, Prize.id) < place)
    found = _stocked(session, wanted, now)
    last = found[prizes - 1].prize if len(found) > prizes else None
    return Overview(found[:prizes], f"{exact(last.created_at)}~{last.id}" if last else None)


def find_stocked(session: Session, prize_id: str, now: datetime) -> Stocked | None:
    """One prize, whose ever it is. Reads."""
    found = _stocked(session, _prizes().where(Prize.id == prize_id), now)
    return found[0] if found else None


def _prizes() -> Select[Prize, Campaign, int]:
    return (select(Prize, Campaign, StockAlert.percent).join(Campaign, Campaign.id == Prize.campaign_id)
            .outerjoin(StockAlert, StockAlert.prize_id == Prize.id))


def _stocked(session: Session, wanted: Select[Prize, Campaign, int], now: datetime) -> list[Stocked]:
    rows = session.execute(wanted).all()
    figures = figures_of(session, [prize.id for prize, _, _ in rows], now)
    return [Stocked(prize, campaign, figures.get(prize.id, Figures()), level(percent))
            for prize, campaign, percent in rows]


def _read_place(text: str) -> tuple[datetime, str] | None:
    at, _, prize_id = text.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        return (moment.astimezone(UTC), prize_id[:32].replace("\x00", "")) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def campaigns_of(session: Session, brand_ids: Collection[str]) -> Sequence[Campaign]:
    """What the list may be narrowed to, the newest window first."""
    own = select(Campaign).where(Campaign.brand_id.in_(brand_ids)).order_by(Campaign.opens_at.desc(), Campaign.id)
    return session.scalars(own.limit(200)).all()
