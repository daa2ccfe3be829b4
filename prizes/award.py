"""An award: one unit of a prize promised to a round's player, from the win to the claim, or back to stock."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, new_id


class Way(StrEnum):
    """How an award was won."""

    LADDER = "ladder"
    INSTANT_WIN = "instant_win"
    STANDINGS = "standings"
    DRAW = "draw"
    COMMUNITY = "community"


class AwardState(StrEnum):
    KEPT_BACK = "kept_back"  # reserved, but a person must release it before anyone may claim it
    OPEN = "open"  # awarded, and waits for its claim
    CLAIMED = "claimed"
    SENT = "sent"
    EXPIRED = "expired"  # not claimed in time: back in stock
    RETURNED = "returned"  # taken back with its round, or above a cap: back in stock
    REVOKED = "revoked"  # taken back by staff: back in stock, or withdrawn when its code was shown


RULED_WITHIN = timedelta(days=7)  # ours: how long a kept back award, and the end, wait for a person's word on a round
UNCLAIMED = (AwardState.KEPT_BACK, AwardState.OPEN)
HANDED_OVER = (AwardState.CLAIMED, AwardState.SENT)
GIVEN_UP = (AwardState.EXPIRED, AwardState.RETURNED, AwardState.REVOKED)


class Award(Base):
    """Unique by (campaign, way, cause). `claim_before` is provisional while it is kept back."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("campaign_id", "way", "cause"),
        Index("ix_award_player_id_prize_id", "player_id", "prize_id"),
        Index("ix_award_state_claim_before", "state", "claim_before"),
        # Staff read the newest first and filter: what they filter by lies in the index too.
        Index("ix_award_newest", "campaign_id", "awarded_at", "id", "state", "way", "prize_id"),
        Index("ix_award_state_newest", "campaign_id", "state", "awarded_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(String(32))
    prize_id: Mapped[str] = mapped_column(ForeignKey("prize.id"))
    player_id: Mapped[str] = mapped_column(String(32))
    round_id: Mapped[str] = mapped_column(String(32), index=True)
    way: Mapped[Way]
    cause: Mapped[str] = mapped_column(String(64))
    state: Mapped[AwardState]
    awarded_at: Mapped[datetime]
    claim_before: Mapped[datetime]
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)


class Desk(Base):
    """One row a campaign, locked by whoever moves units of several prizes in one transaction.

    Those who move one prize's unit lock its stock row last and so never wait in a circle; those who move several
    could, were there two of them at once.
    """

    __tablename__ = "desk"

    campaign_id: Mapped[str] = mapped_column(String(32), primary_key=True)


def awards_of_round(session: Session, round_id: str) -> list[Award]:
    return list(session.scalars(select(Award).where(Award.round_id == round_id).order_by(Award.id)))


def awards_of_player(session: Session, player_id: str) -> list[Award]:
    """Everything the player was ever awarded, the oldest first."""
    own = select(Award).where(Award.player_id == player_id)
    return list(session.scalars(own.order_by(Award.awarded_at, Award.id)))


def release_awards(session: Session, round_id: str, now: datetime, claim_days: int) -> list[Award]:
    """Let a round's kept back awards be claimed; those that were let.

    Each has as long from now as it had from the win, when that is shorter than `claim_days`.
    """
    kept_back = (Award.round_id == round_id, Award.state == AwardState.KEPT_BACK)
    opened = update(Award).where(*kept_back).values(state=AwardState.OPEN)
    awards = session.scalars(opened.returning(Award).execution_options(populate_existing=True)).all()
    for award in awards:
        award.claim_before = now + min(award.claim_before - award.awarded_at, timedelta(days=claim_days))
    session.flush()
    return sorted(awards, key=lambda award: award.id)
