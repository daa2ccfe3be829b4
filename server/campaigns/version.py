"""What a campaign's file was after each time somebody saved it: who, when, by which form, and the whole of it."""

import tomllib
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id
from server.campaigns.campaign import Campaign
from server.campaigns.save_draft import table_of
from server.campaigns.toml_text import toml_of

NOBODY = ""  # who saved what came by another way than the studio


class SavedBy(StrEnum):
    """What made a version: one of the studio's forms, or another deed."""

    NEW = "new"
    COPY = "copy"
    THEME = "theme"
    TEXTS = "texts"
    PRIZES = "prizes"
    DATES = "dates"
    RESTORE = "restore"
    ELSEWHERE = "elsewhere"  # the command line, the stock desk, an upload: found at the next save


class CampaignVersion(Base):
    """`content` is what `popshot campaign save` printed at this moment, the theme written out."""

    __tablename__ = "campaign_version"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"))
    number: Mapped[int] = mapped_column(Integer)
    saved_by: Mapped[SavedBy]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    content: Mapped[str] = mapped_column(Text)

    def read_table(self) -> dict[str, Any]:
        return tomllib.loads(self.content)


def keep_version(session: Session, campaign: Campaign, saved_by: SavedBy, by: str, now: datetime) -> int:
    """Keep what the campaign is now, inside the caller's transaction, who holds its row; its number. What is as it was
    makes no new version.
    """
    session.flush()
    content, newest = toml_of(table_of(session, campaign)), newest_version(session, campaign.id)
    if newest is not None and newest.content == content:
        return newest.number
    number = 1 if newest is None else newest.number + 1
    session.add(CampaignVersion(campaign_id=campaign.id, number=number, saved_by=saved_by, by=by, at=now,
                                content=content))
    session.flush()
    return number


def newest_version(session: Session, campaign_id: str) -> CampaignVersion | None:
    own = select(CampaignVersion).where(CampaignVersion.campaign_id == campaign_id)
    return session.scalar(own.order_by(CampaignVersion.number.desc()).limit(1))


def find_version(session: Session, campaign_id: str, number: int) -> CampaignVersion | None:
    own = (CampaignVersion.campaign_id == campaign_id, CampaignVersion.number == number)
    return session.scalar(select(CampaignVersion).where(*own))


def versions_of(session: Session, campaign_id: str, before: int | None, most: int) -> list[CampaignVersion]:
    """The newest first, those below a number when one is given."""
    own = select(CampaignVersion).where(CampaignVersion.campaign_id == campaign_id)
    if before is not None:
        own = own.where(CampaignVersion.number < before)
    return list(session.scalars(own.order_by(CampaignVersion.number.desc()).limit(most)))
