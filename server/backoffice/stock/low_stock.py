"""Prizes of which little is left: below a share of the stock that staff set for each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into
from prizes.prize import Prize, PrizeKind
from server.backoffice.stock.figures import Figures, figures_of
from server.campaigns.campaign import Campaign, CampaignState
from server.clock import utc_now
from server.db import transaction

USUAL_PERCENT = 10


class StockAlert(Base):
    """From which share of a prize's stock on staff want to be told; without a row `USUAL_PERCENT`, at 0 when none is
    left.
    """

    __tablename__ = "stock_alert"
    __table_args__ = (CheckConstraint("percent >= 0 AND percent <= 100", name="percent"),)

    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"), primary_key=True)
    percent: Mapped[int] = mapped_column(Integer)


@dataclass(frozen=True)
class Stocked:
    """A prize in its campaign, with its figures and the share from which on it runs low."""

    prize: Prize
    campaign: Campaign
    figures: Figures
    percent: int

    @property
    def is_low(self) -> bool:
        return not self.prize.is_unlimited and self.figures.is_low(self.percent)

    @property
    def is_voucher(self) -> bool:
        return self.prize.kind == PrizeKind.VOUCHER

    @property
    def is_endless(self) -> bool:
        return self.prize.is_unlimited

    @property
    def address(self) -> str:
        return f"/backoffice/stock/{self.prize.id}"


def low_stock(session: Session, brand_ids: Collection[str], now: datetime | None = None) -> list[Stocked]:
    """What runs low in the brands' campaigns that are published and not over, the scarcest first. Reads."""
    now = now or utc_now()
    going_on = (Campaign.brand_id.in_(brand_ids), Campaign.closes_at > now,
                Campaign.state.in_((CampaignState.PUBLISHED, CampaignState.PAUSED)), Prize.is_unlimited.is_(False))
    rows = session.execute(select(Prize, Campaign, StockAlert.percent)
                           .join(Campaign, Campaign.id == Prize.campaign_id)
                           .outerjoin(StockAlert, StockAlert.prize_id == Prize.id).where(*going_on)).all()
    figures = figures_of(session, [prize.id for prize, _, _ in rows], now)
    stocked = [Stocked(prize, campaign, figures[prize.id], level(percent)) for prize, campaign, percent in rows
               if prize.id in figures]
    return sorted((one for one in stocked if one.is_low),
                  key=lambda low: (low.figures.free / low.figures.in_stock, low.prize.id))


def level(percent: int | None) -> int:
    return USUAL_PERCENT if percent is None else percent


def alert_percent(session: Session, prize_id: str) -> int:
    """From which share of its stock on a prize runs low."""
    alert = session.get(StockAlert, prize_id)
    return level(alert.percent if alert else None)


def set_alert(session: Session, prize_id: str, percent: int) -> None:
    """Set the share, 0 to 100, from which on a prize runs low."""
    row = insert_into(session, StockAlert).values(prize_id=prize_id, percent=percent)
    with transaction(session):
        session.execute(row.on_conflict_do_update(index_elements=["prize_id"], set_={"percent": percent}))
