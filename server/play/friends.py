"""Bringing friends: a link that names nobody, and one round more when a friend's first round was accepted.

A friend is new: nobody's token older than the referrer's own first accepted round counts, and only the first round in
the campaign does. So time goes one way along the links: nobody brings themselves, no two bring each other.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from prizes.db import Base, insert_into
from server.campaigns.campaign import Campaign
from server.db import transaction
from server.errors import Problem
from server.play.bonus_round import (
    BonusKind,
    Caps,
    Cause,
    bonus_rounds_left,
    count_bonus_rounds,
    give_bonus_round,
)
from server.play.qr import qr_of
from server.play.round import Ending, Round, Verdict
from server.play.share_address import share_address
from server.play.terms import PlayTerms
from server.players.player import Player

LINK = re.compile(r"[0-9a-f]{32}")
MOST_FROM_NETWORK = 3  # bonus rounds a day for friends of one network, whoever brought them


class FriendLink(Base):
    """Whose link it is, in one campaign. `id` follows from a key: it names nobody and cannot be guessed."""

    __tablename__ = "friend_link"
    __table_args__ = (UniqueConstraint("player_id", "campaign_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"))
    player_id: Mapped[str] = mapped_column(ForeignKey("player.id"))


class Referral(Base):
    """That a friend's first round, which is open or held, came by somebody's link. It goes when the round is judged."""

    __tablename__ = "referral"

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    friend_id: Mapped[str] = mapped_column(ForeignKey("player.id"), primary_key=True, index=True)
    referrer_id: Mapped[str] = mapped_column(ForeignKey("player.id"), index=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), unique=True)


@dataclass(frozen=True)
class Friends:
    """A player's link, how many bonus rounds friends have earned them, and how many more may still today."""

    link: str
    url: str
    earned: int
    left: int
    left_today: int
    unspent: int

    def as_json(self) -> dict[str, Any]:
        return {"friend": self.link, "url": self.url, "qr": qr_of(self.url), "earned": self.earned,
                "may_earn": self.left, "may_earn_today": self.left_today, "bonus_rounds": self.unspent}


def link_of(key: bytes, campaign_id: str, player_id: str) -> str:
    """A player's link: 32 hex digits of HMAC-SHA256(key, campaign and player)."""
    return hmac.digest(key, f"{campaign_id}:{player_id}".encode(), hashlib.sha256).hex()[:32]


def cause_of(key: bytes, campaign_id: str, friend_id: str) -> str:
    """What stands for a friend where a bonus round says what it is for: 32 hex digits of HMAC-SHA256(key, "cause",
    campaign and friend). The same friend gives the same, and without the key nobody says who it was.
    """
    return hmac.digest(key, f"cause:{campaign_id}:{friend_id}".encode(), hashlib.sha256).hex()[:32]


def offer_link(session: Session, player: Player, campaign: Campaign, terms: PlayTerms, now: datetime) -> Friends:
    """A player's own link, made at the first call; where it followed from an older key, the new one takes its place.

    Raises Problem not_allowed where bringing friends earns nothing.
    """
    if campaign.friend_rounds is None:
        raise Problem("not_allowed", "Bringing friends earns nothing in this campaign.")
    link = link_of(terms.friend_key, campaign.id, player.id)
    if session.get(FriendLink, link) is None:
        with transaction(session):
            _keep_link(session, link, player.id, campaign.id)
    earned = count_bonus_rounds(session, player.id, campaign.id, BonusKind.FRIEND)
    left = max(0, campaign.friend_rounds - earned)
    today = count_bonus_rounds(session, player.id, campaign.id, BonusKind.FRIEND, campaign.day(now))
    most_today = campaign.friend_rounds if campaign.friend_rounds_per_day is None else campaign.friend_rounds_per_day
    return Friends(link, share_address(terms.public_url, f"/c/{campaign.slug}", friend=link), earned, left,
                   max(0, min(left, most_today - today)), bonus_rounds_left(session, player.id, campaign.id))


def note_referral(session: Session, round_: Round, player: Player, link: str) -> None:
    """Note by whose link a first round came, inside the transaction that opened it; whatever earns nothing is not
    noted. An erasure of the referrer that is under way is waited for: nothing is noted about them after it.
    """
    own = select(FriendLink).where(FriendLink.id == link, FriendLink.campaign_id == round_.campaign_id)
    found = session.scalar(own.with_for_update(read=True, key_share=True))
    if found is None or found.player_id == player.id:
        return
    if _has_played_before(session, round_) or not _is_newer(session, player, found.player_id, round_.campaign_id):
        return
    if not _is_near(session, round_, found.player_id):
        session.add(Referral(campaign_id=round_.campaign_id, friend_id=player.id, referrer_id=found.player_id,
                             round_id=round_.id))
        session.flush()


def settle_referral(session: Session, closed: Round, campaign: Campaign, terms: PlayTerms, now: datetime) -> bool:
    """A round was judged: whoever brought its player has one round more if it was accepted, within the caps. Inside the
    caller's transaction; the referral is gone then, and what stays says no more who brought whom. Whether somebody got
    a round.
    """
    if campaign.friend_rounds is None:
        return False
    referrer_id = forget_referral(session, closed.id)
    if referrer_id is None or not _counts(closed):
        return False
    caps = Caps(campaign.friend_rounds_per_day, campaign.friend_rounds, closed.network, MOST_FROM_NETWORK)
    cause = Cause(BonusKind.FRIEND, cause_of(terms.friend_key, campaign.id, closed.player_id))
    return give_bonus_round(session, campaign, referrer_id, cause, caps, now)


def forget_referral(session: Session, round_id: str) -> str | None:
    """Forget by whose link a round came; their id. Inside the caller's transaction."""
    gone = delete(Referral).where(Referral.round_id == round_id).returning(Referral.referrer_id)
    return session.scalar(gone)


def forget_friends(session: Session, player_id: str) -> None:
    """Forget a player's links and who brought whom; the rounds that this earned stay: their causes name nobody."""
    named = or_(Referral.friend_id == player_id, Referral.referrer_id == player_id)
    session.execute(delete(FriendLink).where(FriendLink.player_id == player_id))
    session.execute(delete(Referral).where(named))


def _keep_link(session: Session, link: str, player_id: str, campaign_id: str) -> None:
    own = (FriendLink.player_id == player_id, FriendLink.campaign_id == campaign_id)
    renamed = update(FriendLink).where(*own).values(id=link).returning(FriendLink.id)
    if session.scalar(renamed) is None:
        row = insert_into(session, FriendLink).values(id=link, campaign_id=campaign_id, player_id=player_id)
        session.execute(row.on_conflict_do_nothing())  # another call of theirs came first


def _counts(closed: Round) -> bool:
    """Whether somebody really played: to the end, and hit something. Without a network nobody could hold its cap."""
    is_played = closed.ending == Ending.FINISHED and bool(closed.hits)
    return closed.verdict == Verdict.ACCEPTED and is_played and closed.network is not None


def _has_played_before(session: Session, round_: Round) -> bool:
    before = (Round.campaign_id == round_.campaign_id, Round.player_id == round_.player_id, Round.id != round_.id)
    return session.scalar(select(Round.id).where(*before).limit(1)) is not None


def _is_newer(session: Session, player: Player, referrer_id: str, campaign_id: str) -> bool:
    """Whether a player came after the referrer's first accepted round in the campaign."""
    accepted = (Round.campaign_id == campaign_id, Round.player_id == referrer_id, Round.verdict == Verdict.ACCEPTED)
    since = session.scalar(select(func.min(Round.closed_at)).where(*accepted))
    return since is not None and player.created_at > since


def _is_near(session: Session, round_: Round, referrer_id: str) -> bool:
    """Whether the referrer has played from the same network lately, as far as networks are still known."""
    if round_.network is None:
        return True
    theirs = aliased(Round)
    same = (theirs.campaign_id == round_.campaign_id, theirs.player_id == referrer_id,
            theirs.network == round_.network)
    return session.scalar(select(theirs.id).where(*same).limit(1)) is not None
