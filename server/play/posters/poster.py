"""A poster or a pack of a campaign, how often it was scanned each day, and who used its codes."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id
from server.campaigns.came_from import MOST_WORD, CameFrom, SourceKind, word_of
from server.campaigns.campaign import Campaign, Phase
from server.play.posters.code import number_word

MOST_NAME = 80
MOST_CODES = 10_000  # of one pack
MOST_BONUS = 3  # rounds that one code gives
MOST_A_DAY = 100_000
OF_A_POSTER, OF_A_PACK = text("copy = 0"), text("copy > 0")
PLACES, TIMES = ("hills", "town", "city"), ("day", "evening", "night")
SCENES = tuple(f"{place}/{time}" for place in PLACES for time in TIMES)


class PosterKind(StrEnum):
    POSTER = "poster"  # one code, which many scan
    PACK = "pack"  # many codes, each of which unlocks once


class Standing(StrEnum):
    """Whether a code unlocks anything now."""

    LIVE = "live"
    NOT_YET = "not_yet"
    OVER = "over"
    REVOKED = "revoked"


class Poster(Base):
    """`number` stands in its codes; `codes` is how many a pack has, 0 for a poster. It unlocks `bonus` rounds once a
    player and `scene` (place/time) for whoever comes by it, within [from_at, until_at), the campaign's own window
    where they are None; at most `per_day` players a day of the campaign's zone, None without a limit.
    """

    __tablename__ = "poster"
    __table_args__ = (
        CheckConstraint("(kind = 'pack') = (codes > 0)", name="codes"),
        CheckConstraint("bonus >= 0", name="bonus"),
        CheckConstraint("from_at < until_at", name="window"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), index=True)
    number: Mapped[int] = mapped_column(Integer, unique=True)
    name: Mapped[str] = mapped_column(String(MOST_NAME))
    kind: Mapped[PosterKind]
    codes: Mapped[int] = mapped_column(Integer, default=0)
    bonus: Mapped[int] = mapped_column(Integer, default=0)
    scene: Mapped[str | None] = mapped_column(String(16))
    from_at: Mapped[datetime | None]
    until_at: Mapped[datetime | None]
    per_day: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    def opens(self, campaign: Campaign) -> datetime:
        """From when on it unlocks: never before its campaign is open."""
        return max(self.from_at or campaign.opens_at, campaign.opens_at)

    def standing(self, campaign: Campaign, now: datetime) -> Standing:
        """What it is at a moment; the window begins and ends with the campaign's where it has none of its own."""
        if self.revoked_at is not None:
            return Standing.REVOKED
        if now < self.opens(campaign):
            return Standing.NOT_YET
        is_over = campaign.phase(now) == Phase.CLOSED or (self.until_at is not None and now >= self.until_at)
        return Standing.OVER if is_over else Standing.LIVE

    @property
    def came_from(self) -> CameFrom:
        """What it is in the figures of where rounds come from: its name as a word there, told apart by its number."""
        own = f"{word_of(self.name)[:MOST_WORD - 7].strip('-')}-{number_word(self.number)}"
        return CameFrom(SourceKind.QR, self.kind, "qr", own if word_of(own) == own else number_word(self.number))

    @property
    def look(self) -> Mapping[str, str] | None:
        """The scene that it shows, as a theme says it."""
        if self.scene is None:
            return None
        place, time = self.scene.split("/")
        return {"place": place, "time": time}


class PosterDay(Base):
    """What happened at a poster in a day of its campaign's zone: numbers only, nobody's name or address."""

    __tablename__ = "poster_day"

    poster_id: Mapped[str] = mapped_column(ForeignKey("poster.id"), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    scans: Mapped[int] = mapped_column(Integer, default=0)
    unlocks: Mapped[int] = mapped_column(Integer, default=0)


class PosterUse(Base):
    """That a player came by a code; their rounds count as the poster's from `counts_from` on. The database is the
    referee: once a player at a poster, once at all for a copy of a pack. An erased player's row stays, like rounds: a
    used code must stay used.
    """

    __tablename__ = "poster_use"
    __table_args__ = (
        Index("uq_poster_use_player", "poster_id", "player_id", unique=True, sqlite_where=OF_A_POSTER,
              postgresql_where=OF_A_POSTER),
        Index("uq_poster_use_copy", "poster_id", "copy", unique=True, sqlite_where=OF_A_PACK,
              postgresql_where=OF_A_PACK),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    poster_id: Mapped[str] = mapped_column(ForeignKey("poster.id"), index=True)
    copy: Mapped[int] = mapped_column(Integer)
    player_id: Mapped[str] = mapped_column(ForeignKey("player.id"), index=True)
    at: Mapped[datetime]
    counts_from: Mapped[datetime]
    bonus: Mapped[int] = mapped_column(Integer, default=0)


def find_poster(session: Session, number: int) -> Poster | None:
    return session.scalar(select(Poster).where(Poster.number == number))
