"""A round and its submissions, as they are stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id
from server.campaigns.source import Source
from server.errors import Problem
from server.simulation.replay import Shot
from server.simulation.rules import WAVES, Rules


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Ending(StrEnum):
    FINISHED = "finished"  # all nine waves came
    CUT_SHORT = "cut_short"  # too late, too often, or too much stretch
    ABANDONED = "abandoned"  # nobody came back: ranked, no award


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    HELD = "held"
    REJECTED = "rejected"


class Round(Base):
    """`submitted` counts the waves that came; `wave_starts_at` is the start of the one being played."""

    __tablename__ = "round"
    __table_args__ = (
        # The database is the referee of "one open round a player".
        Index("uq_round_open", "player_id", unique=True, sqlite_where=text("state = 'open'"),
              postgresql_where=text("state = 'open'")),
        Index("ix_round_overdue", "state", "closes_by"),
        Index("ix_round_day", "campaign_id", "player_id", "opened_at"),
        # Whatever figures count stands in it: they read no round for them.
        Index("ix_round_played", "campaign_id", "opened_at", "source_id", "verdict", "player_id"),
        Index("ix_round_network", "opened_at", sqlite_where=text("network IS NOT NULL"),
              postgresql_where=text("network IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"))
    player_id: Mapped[str] = mapped_column(ForeignKey("player.id"), index=True)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[RoundState] = mapped_column(default=RoundState.OPEN)
    opened_at: Mapped[datetime]
    submitted: Mapped[int] = mapped_column(Integer, default=0)
    wave_starts_at: Mapped[datetime]
    stretch_ms: Mapped[int] = mapped_column(Integer, default=0)
    had_void: Mapped[bool] = mapped_column(Boolean, default=False)
    closes_by: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    ending: Mapped[Ending | None]
    verdict: Mapped[Verdict | None]
    score: Mapped[int | None] = mapped_column(Integer)
    shots: Mapped[int | None] = mapped_column(Integer)
    hits: Mapped[int | None] = mapped_column(Integer)
    best_combo: Mapped[int | None] = mapped_column(Integer)
    secret: Mapped[str | None] = mapped_column(String(64))
    log_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    gifts: Mapped[int | None] = mapped_column(Integer)  # gift targets that were hit
    network: Mapped[str | None] = mapped_column(String(32))  # a keyed hash, see server/limits/rates.py
    source_id: Mapped[int | None] = mapped_column(ForeignKey(Source.id))  # shared by all who came that way

    @property
    def wave(self) -> int:
        """The wave that is awaited: one past those that came."""
        return self.submitted + 1

    @property
    def revealed(self) -> int:
        """How many waves' seeds the player holds; a submission that ended the round brought none."""
        return min(self.wave, WAVES) if self.ending in (None, Ending.ABANDONED) else self.submitted

    def read_rules(self) -> Rules:
        return Rules.from_json(self.rules)


class Submission(Base):
    """One wave's shots as they came, and the answer that was given; a repeat gets that answer again."""

    __tablename__ = "submission"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    wave: Mapped[int] = mapped_column(Integer, primary_key=True)
    shots: Mapped[list[list[int]]] = mapped_column(JSON)
    is_void: Mapped[bool] = mapped_column(Boolean, default=False)
    arrived_at: Mapped[datetime]
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)


@dataclass(frozen=True)
class Log:
    """All that a round's player has sent: every shot in order, and the numbers of the void submissions."""

    shots: tuple[Shot, ...]
    voids: tuple[int, ...]

    def add(self, wave: int, shots: Sequence[Shot], *, is_void: bool) -> "Log":
        return Log((*self.shots, *shots), (*self.voids, wave) if is_void else self.voids)


def get_round(session: Session, round_id: str, player_id: str) -> Round:
    """A player's own round.

    Raises Problem round_not_found, for another player's round too.
    """
    round_ = session.scalar(select(Round).where(Round.id == round_id, Round.player_id == player_id))
    if round_ is None:
        raise Problem("round_not_found", "This round does not exist or is not yours.")
    return round_


def find_open_round(session: Session, player_id: str) -> Round | None:
    return session.scalar(select(Round).where(Round.player_id == player_id, Round.state == RoundState.OPEN))


def submissions_of(session: Session, round_id: str) -> list[Submission]:
    return list(session.scalars(select(Submission).where(Submission.round_id == round_id).order_by(Submission.wave)))


def log_of(submissions: Sequence[Submission]) -> Log:
    """The log that stored submissions make, in the order of their waves."""
    shots = tuple(Shot(*shot) for submission in submissions for shot in submission.shots)
    return Log(shots, tuple(submission.wave for submission in submissions if submission.is_void))
