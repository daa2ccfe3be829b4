"""A prize: a kind of thing to win, what it is worth, and when how much of it may be won."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Integer, String, false, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id
from prizes.seal import sealed_by


class PrizeKind(StrEnum):
    PARCEL = "parcel"  # sent to an address
    VOUCHER = "voucher"  # a code of its own for each award
    DOWNLOAD = "download"  # the same file for everybody
    BADGE = "badge"  # shown, and nothing to be sent


class Prize(Base):
    """`value_cents` counts hundredths of `currency`. Caps: `per_player` what one player, and one person, may hold;
    `per_day` and `per_hour` what all together may win in one of the campaign's days or hours. Pictures and
    downloads are by language: a picture's id, a file's address. Only what costs nothing to repeat is unlimited.
    `key` is what the campaign's file calls it.
    """

    __tablename__ = "prize"
    __table_args__ = (
        CheckConstraint("value_cents >= 0", name="value"),
        CheckConstraint("per_player >= 1 AND per_day >= 1 AND per_hour >= 1", name="caps"),
        CheckConstraint("NOT is_unlimited OR kind IN ('download', 'badge')", name="unlimited"),
        {"info": sealed_by("campaign_id")},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(String(32), index=True)
    key: Mapped[str | None] = mapped_column(String(32))
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    kind: Mapped[PrizeKind]
    value_cents: Mapped[int] = mapped_column(Integer)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    per_player: Mapped[int] = mapped_column(Integer, default=1)
    per_day: Mapped[int | None] = mapped_column(Integer)
    per_hour: Mapped[int | None] = mapped_column(Integer)
    is_unlimited: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    pictures: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    downloads: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    created_at: Mapped[datetime]

    def name(self, locale: str) -> str:
        """Its name in a language, or in the first one it has."""
        return in_language(self.names, locale) or ""

    def picture(self, locale: str) -> str | None:
        return in_language(self.pictures, locale)

    def download(self, locale: str) -> str | None:
        return in_language(self.downloads, locale)


def in_language(texts: dict[str, str], locale: str) -> str | None:
    """The text of a language, else of the first one there is."""
    return texts.get(locale) or next(iter(texts.values()), None)


class Release(Base):
    """A part of a prize's release plan: so many units may be won from a moment on, or once the boss has lost so many
    hits to everybody together. Winning moments are spread from `opens_at` to `closes_at` (the campaign's own without).
    Units in no release may be won at once.
    """

    __tablename__ = "release"
    __table_args__ = (
        CheckConstraint("units >= 1", name="units"),
        CheckConstraint("opens_at < closes_at", name="window"),
        {"info": sealed_by("prize_id")},
    )

    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    units: Mapped[int] = mapped_column(Integer)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    at_hits: Mapped[int | None] = mapped_column(Integer)


class SharedLife(Base):
    """How many hits a campaign's boss can take from everybody together, and how many it has taken."""

    __tablename__ = "shared_life"
    __table_args__ = (
        CheckConstraint("life >= 1 AND drained >= 0", name="no_debt"),
        {"info": sealed_by("campaign_id", "life")},
    )

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    life: Mapped[int] = mapped_column(Integer)
    drained: Mapped[int] = mapped_column(Integer, default=0)


def still_locked(session: Session, prize: Prize, now: datetime) -> int:
    """The units of a prize whose release is still to come."""
    drained = select(SharedLife.drained).where(SharedLife.campaign_id == prize.campaign_id).scalar_subquery()
    to_come = or_(Release.opens_at > now, Release.at_hits > func.coalesce(drained, 0))
    units = select(func.coalesce(func.sum(Release.units), 0)).where(Release.prize_id == prize.id, to_come)
    return session.scalar(units) or 0


def prizes_of(session: Session, campaign_id: str) -> list[Prize]:
    """A campaign's prizes, the cheapest first."""
    own = select(Prize).where(Prize.campaign_id == campaign_id)
    return list(session.scalars(own.order_by(Prize.value_cents, Prize.id)))
