"""A campaign: what one brand offers, from when to when, under which rules."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Integer, String, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.append_only import APPEND_ONLY
from prizes.db import Base, new_id
from prizes.seal import sealed_by
from prizes.way import CampaignFacts
from server.campaigns.brand import Brand
from server.campaigns.theme import Theme, read_theme
from server.errors import Problem
from server.plain import Plain, lone
from server.simulation.rules import Rules

REVIEW_LINE = 35_000  # points above which a person looks: between the expert's 22,510 and the clever bot's 37,955


# What was promised; the state, the words, the looks and who may frame it or comment are not.
SEALED_COLUMNS = ("slug", "opens_at", "closes_at", "timezone", "rules", "review_line", "value_limit_cents",
                  "liability_limit_cents", "per_network", "per_person", "per_household", "rounds_per_day",
                  "friend_rounds", "friend_rounds_per_day", "sealed_at")


class CampaignState(StrEnum):
    """What staff decided; the window decides the rest."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    ENDED = "ended"


class Phase(StrEnum):
    """What players meet: the wire's `state`."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class CommentsMode(StrEnum):
    """Who sees a comment first: a person; a person unless its author has earned trust; nobody writes any."""

    PRE = "pre"
    TRUSTED = "trusted"
    OFF = "off"


class Campaign(Base):
    """The window is [opens_at, closes_at): a round may open in it and then finish after it.

    A prize above `value_limit_cents` waits for a person; `liability_limit_cents` is the most that all prizes together
    may come to. `per_network` caps the awards to one network in a day, `per_person` and `per_household` those that
    may be claimed; None is no cap. `friend_rounds` are the bonus rounds that a player may earn by bringing friends, in
    all and on one day; None in all is none. From `sealed_at` on the database refuses changes to what was promised.
    A draft in test mode is played in the world of `rehearsal_token`. An archived one is put away from staff's list,
    and that is all. Staff of `brand_id` see it; without one only the operator does, as in a rehearsal.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="window"),
        {"info": sealed_by("id", *SEALED_COLUMNS)},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    brand: Mapped[str] = mapped_column(String(120))
    brand_id: Mapped[str | None] = mapped_column(ForeignKey(Brand.id), index=True)
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[CampaignState]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    timezone: Mapped[str] = mapped_column(String(64))
    theme: Mapped[dict[str, Any]] = mapped_column(JSON)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    review_line: Mapped[int] = mapped_column(Integer, default=REVIEW_LINE)
    value_limit_cents: Mapped[int | None] = mapped_column(Integer)
    liability_limit_cents: Mapped[int | None] = mapped_column(Integer)
    per_network: Mapped[int | None] = mapped_column(Integer)
    per_person: Mapped[int | None] = mapped_column(Integer)
    per_household: Mapped[int | None] = mapped_column(Integer)
    sealed_at: Mapped[datetime | None]
    rounds_per_day: Mapped[int | None] = mapped_column(Integer)
    friend_rounds: Mapped[int | None] = mapped_column(Integer)
    friend_rounds_per_day: Mapped[int | None] = mapped_column(Integer)
    comments_mode: Mapped[CommentsMode] = mapped_column(default=CommentsMode.PRE)
    banned_words: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    allowed_words: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    framed_by: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_demo: Mapped[bool] = mapped_column(Boolean, default=False)
    archived_at: Mapped[datetime | None]
    rehearsal_token: Mapped[str | None] = mapped_column(String(32), index=True, unique=True)

    @property
    def locales(self) -> list[str]:
        """The languages it speaks, the first one first."""
        return list(self.titles)

    def title(self, locale: str) -> str:
        return self.titles.get(locale) or next(iter(self.titles.values()))

    def phase(self, now: datetime) -> Phase:
        """What a player meets at this moment."""
        if self.state == CampaignState.DRAFT:  # whatever its dates say: they may still change
            return Phase.NOT_OPEN
        if self.state == CampaignState.ENDED or now >= self.closes_at:
            return Phase.CLOSED
        if now < self.opens_at:
            return Phase.NOT_OPEN
        return Phase.PAUSED if self.state == CampaignState.PAUSED else Phase.OPEN

    def local(self, moment: datetime) -> str:
        """A moment as clocks show it in the campaign's zone, which is named beside it."""
        return f"{moment.astimezone(ZoneInfo(self.timezone)):%Y-%m-%d %H:%M} ({self.timezone})"

    def day(self, moment: datetime) -> str:
        """The day of a moment in the campaign's zone, like 2026-12-01."""
        return f"{moment.astimezone(ZoneInfo(self.timezone)):%Y-%m-%d}"

    def read_rules(self) -> Rules:
        return Rules.from_json(self.rules)

    def read_theme(self) -> Theme:
        return read_theme(self.theme)

    @property
    def facts(self) -> CampaignFacts:
        """What the ways to win need to know of it."""
        gift_waves = tuple(self.rules.get("gift_waves", ()))
        return CampaignFacts(self.id, self.opens_at, self.closes_at, self.timezone, gift_waves)


LEFT_OUT = ("theme", "rules", "framed_by")  # of a look: long JSON that few ask for
_LOOKED_AT = [column for column in Campaign.__table__.columns if column.name not in LEFT_OUT]
_NAMES = [column.name for column in _LOOKED_AT]
_ROW = Plain(select(*_LOOKED_AT).where(Campaign.slug == bindparam("slug")))


class Turn(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


class CampaignTurn(Base):
    """That a campaign was turned. `reason` and `by` are short stable words, never typed text."""

    __tablename__ = "campaign_turn"
    __table_args__ = ({"info": APPEND_ONLY},)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), index=True)
    turn: Mapped[Turn]
    reason: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


def ended_at(session: Session, campaign: Campaign) -> datetime:
    """When a campaign that is over ended: at its close, or when staff ended it before."""
    if campaign.state != CampaignState.ENDED:
        return campaign.closes_at
    early = select(func.max(CampaignTurn.at)).where(CampaignTurn.campaign_id == campaign.id,
                                                    CampaignTurn.turn == Turn.END)
    return min(campaign.closes_at, session.scalar(early) or campaign.opens_at)


@dataclass(frozen=True)
class Refusal:
    code: str
    sentence: str


_REFUSALS = {
    Phase.NOT_OPEN: Refusal("campaign_not_open", "This campaign opens at {opens_at}."),
    Phase.PAUSED: Refusal("campaign_paused", "This campaign is paused; nothing is lost, come back later."),
    Phase.CLOSED: Refusal("campaign_closed", "This campaign closed at {closes_at}."),
}


def find_campaign(session: Session, slug: str) -> Campaign | None:
    return session.scalar(select(Campaign).where(Campaign.slug == slug))


def find_locked(session: Session, slug: str) -> Campaign | None:
    """The campaign of a slug, which nobody else publishes or changes until the transaction ends. Its rounds go on: a
    whole lock would stop every row that names it by a foreign key.
    """
    return session.scalar(select(Campaign).where(Campaign.slug == slug).with_for_update(key_share=True))


def get_campaign(session: Session, slug: str) -> Campaign:
    """The campaign of a slug. Drafts are nobody's business and are not found.

    Raises Problem campaign_not_found.
    """
    campaign = find_campaign(session, slug)
    if campaign is None or campaign.state == CampaignState.DRAFT:
        raise no_campaign()
    return campaign


def look_at_campaign(session: Session, slug: str) -> Campaign:
    """The same to read only, for less: an object that no session knows, without what is `LEFT_OUT`."""
    found = _ROW.read(session, slug=slug)
    campaign = lone(Campaign, dict(zip(_NAMES, found[0], strict=True))) if found else None
    if campaign is None or campaign.state == CampaignState.DRAFT:
        raise no_campaign()
    return campaign


def no_campaign() -> Problem:
    """What everybody is told of an address without a campaign, and of one that is not theirs to see."""
    return Problem("campaign_not_found", "There is no campaign at this address.")


def public_campaigns(session: Session) -> list[Campaign]:
    """Every campaign that is not a draft, the newest window first."""
    published = select(Campaign).where(Campaign.state != CampaignState.DRAFT).order_by(Campaign.opens_at.desc())
    return list(session.scalars(published))


def require_open(campaign: Campaign, now: datetime) -> None:
    """Raises Problem campaign_not_open, campaign_paused or campaign_closed unless rounds may open now."""
    refusal = _REFUSALS.get(campaign.phase(now))
    if refusal is not None:
        sentence = refusal.sentence.format(opens_at=campaign.local(campaign.opens_at),
                                           closes_at=campaign.local(campaign.closes_at))
        raise Problem(refusal.code, sentence)
