"""What the studio needs of test mode, which lies above it, and what it shows of a test: rounds, and awards by prize."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from prizes.award import GIVEN_UP, Award, AwardState
from prizes.prize import Prize
from prizes.stock import Stock
from server.play.round import Round, RoundState, Verdict
from server.players.player import Player

MOST_ROUNDS = 12  # shown, the newest


class Rehearsals(Protocol):
    """Test mode; made in app.py."""

    def start(self, session: Session, slug: str, now: datetime) -> str:
        """Put a draft into test mode; the token. Raises Problem not_rehearsable."""

    def throw_away(self, session: Session, slug: str) -> bool:
        """End a campaign's test mode; False when it was in none."""

    def link(self, token: str, slug: str) -> str:
        """The address to share."""

    def look(self, token: str) -> AbstractContextManager[Session | None]:
        """A session within a rehearsal, to read; None when it is not there any more."""


def current_rehearsals() -> Rehearsals:
    """The rehearsals of the running app."""
    rehearsals: Rehearsals = current_app.extensions["popshot_rehearsals"]
    return rehearsals


@dataclass(frozen=True)
class TestedPrize:
    """`awarded` were won and not given up, `claimed` of them are claimed; `left` is what is free."""

    prize: Prize
    awarded: int
    claimed: int
    left: int


@dataclass(frozen=True)
class TestedRound:
    alias: str | None
    opened_at: datetime
    state: RoundState
    verdict: Verdict | None
    score: int | None
    awards: Sequence[str]  # the prizes' ids


@dataclass(frozen=True)
class WhatHappened:
    """`best` is the highest score of a round that counts."""

    rounds: int
    players: int
    best: int | None
    prizes: Sequence[TestedPrize]
    latest: Sequence[TestedRound]


def what_happened(world: Session) -> WhatHappened:
    """All that was played and won in a rehearsal, which has a single campaign."""
    counted = select(func.count(), func.count(Round.player_id.distinct()),
                     func.max(Round.score).filter(Round.verdict == Verdict.ACCEPTED)).select_from(Round)
    rounds, players, best = world.execute(counted).one()
    return WhatHappened(rounds, players, best, _prizes(world), _latest(world))


def _prizes(world: Session) -> list[TestedPrize]:
    kept = func.count(Award.id).filter(Award.state.not_in(GIVEN_UP))
    claimed = func.count(Award.id).filter(Award.state.in_((AwardState.CLAIMED, AwardState.SENT)))
    rows = (select(Prize, kept, claimed, Stock.free).join(Stock, Stock.prize_id == Prize.id)
            .outerjoin(Award, Award.prize_id == Prize.id).group_by(Prize.id, Stock.prize_id)
            .order_by(Prize.value_cents, Prize.id))
    return [TestedPrize(*row) for row in world.execute(rows)]


def _latest(world: Session) -> list[TestedRound]:
    newest = (select(Round, Player.alias).join(Player, Player.id == Round.player_id)
              .order_by(Round.opened_at.desc(), Round.id).limit(MOST_ROUNDS))
    rounds = world.execute(newest).all()
    won: dict[str, list[str]] = {round_.id: [] for round_, _ in rounds}
    awards = select(Award.round_id, Award.prize_id).where(Award.round_id.in_(won), Award.state.not_in(GIVEN_UP))
    for round_id, prize_id in world.execute(awards):
        won[round_id].append(prize_id)
    return [TestedRound(alias, round_.opened_at, round_.state, round_.verdict, round_.score, won[round_.id])
            for round_, alias in rounds]
