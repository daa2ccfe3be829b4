"""Using a code: once a player at a poster, once at all for a copy of a pack, within its window and its day's limit."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from prizes.db import insert_into, new_id
from server.campaigns.campaign import Campaign, require_open
from server.db import transaction
from server.errors import Problem
from server.play.bonus_round import BonusKind, Caps, Cause, count_up, give_bonus_round
from server.play.posters.poster import Poster, PosterDay, PosterUse, Standing
from server.play.posters.scan import Scan, find_scan
from server.players.player import Player

CAPS = Caps(per_day=6, in_all=None)  # bonus rounds that codes give to one player
MOST_FROM_NETWORK = 10  # unlocks a day of a poster that has a day's limit: a script must not use it up for everybody
BEFORE = timedelta(minutes=1)  # the page sends the code once its first round runs: that round came by it too


@dataclass(frozen=True)
class Unlocked:
    """What a player got by a code."""

    bonus: int
    scene: bool

    def as_json(self) -> dict[str, Any]:
        return {"unlocked": {"bonus_rounds": self.bonus, "scene": self.scene}}


@dataclass(frozen=True)
class Sent:
    """A code as somebody typed it, and the keyed hash of the network that it came from."""

    typed: str
    network: str


def unlock(session: Session, player: Player, campaign: Campaign, sent: Sent, key: bytes, now: datetime) -> Unlocked:
    """Use a code. The same player's again gets the same answer, also after the window.

    Raises Problem code_not_found (invented, or another campaign's), code_not_yet, code_over, code_used (another player
    has had this copy), cap_reached (as many as the poster gives in a day, in all or to one network), and those of a
    campaign that is not open.
    """
    scan = find_scan(session, key, sent.typed, now)
    if scan is None or scan.campaign.id != campaign.id:
        raise Problem("code_not_found", "This code is not one of this campaign's.")
    require_open(campaign, now)
    with transaction(session):
        used_before = _use(session, scan, player.id, now)
        if used_before is not None:
            return used_before
        poster = session.get_one(Poster, scan.poster.id)  # as it is now: it may have been revoked
        _require_live(poster, campaign, now)
        if poster.per_day is not None:
            _count_network(session, poster, campaign, sent.network, now)
        _count_unlock(session, poster, campaign, now)
        _give(session, scan, player.id, now)
    return Unlocked(poster.bonus, poster.scene is not None)


def _use(session: Session, scan: Scan, player_id: str, now: datetime) -> Unlocked | None:
    """Write the use, which the indexes let happen once; what the player got then, when it is there already.

    Raises Problem code_used.
    """
    poster, copy = scan.poster, scan.mark.copy
    new = insert_into(session, PosterUse).values(id=new_id(), poster_id=poster.id, copy=copy, player_id=player_id,
                                                 at=now, counts_from=now - BEFORE, bonus=poster.bonus)
    if session.scalar(new.on_conflict_do_nothing().returning(PosterUse.id)) is not None:
        return None
    own = select(PosterUse.bonus).where(PosterUse.poster_id == poster.id, PosterUse.copy == copy,
                                        PosterUse.player_id == player_id)
    bonus = session.scalar(own)
    if bonus is None:
        raise Problem("code_used", "This code has been used already; each one counts once.")
    return Unlocked(bonus, poster.scene is not None)


def _require_live(poster: Poster, campaign: Campaign, now: datetime) -> None:
    """Raises Problem code_not_yet, code_over."""
    standing = poster.standing(campaign, now)
    if standing == Standing.NOT_YET:
        raise Problem("code_not_yet", f"This code unlocks from {campaign.local(poster.opens(campaign))}.")
    if standing != Standing.LIVE:
        raise Problem("code_over", "This code unlocks nothing any more.")


def _count_network(session: Session, poster: Poster, campaign: Campaign, network: str, now: datetime) -> None:
    """One of those that a network may have of a poster in a day; raises Problem cap_reached."""
    whose = hashlib.sha256(f"{poster.id}:{network}".encode()).hexdigest()[:32]
    if not count_up(session, campaign.id, BonusKind.SCAN, whose, campaign.day(now), MOST_FROM_NETWORK):
        raise Problem("cap_reached", f"This code unlocks for {MOST_FROM_NETWORK} players a day of one network, and "
                      "they have been here; try again tomorrow, or elsewhere.")


def _count_unlock(session: Session, poster: Poster, campaign: Campaign, now: datetime) -> None:
    """One of the day's; raises Problem cap_reached."""
    row = {"poster_id": poster.id, "day": campaign.day(now)}
    session.execute(insert_into(session, PosterDay).values(**row, scans=0, unlocks=0).on_conflict_do_nothing())
    own = [PosterDay.poster_id == row["poster_id"], PosterDay.day == row["day"]]
    if poster.per_day is not None:
        own.append(PosterDay.unlocks < poster.per_day)
    taken = update(PosterDay).where(*own).values(unlocks=PosterDay.unlocks + 1)
    if session.scalar(taken.returning(PosterDay.unlocks)) is None:
        raise Problem("cap_reached", f"This code unlocks for {poster.per_day} players a day, and they have been here; "
                      "try again tomorrow.")


def _give(session: Session, scan: Scan, player_id: str, now: datetime) -> None:
    """The bonus rounds; raises Problem cap_reached when the player has had all that codes give in a day."""
    for place in range(scan.poster.bonus):
        cause = Cause(BonusKind.SCAN, f"{scan.poster.id}:{scan.mark.copy}:{player_id}:{place}")
        if not give_bonus_round(session, scan.campaign, player_id, cause, CAPS, now):
            raise Problem("cap_reached", f"You have had the {CAPS.per_day} bonus rounds that codes give in a day; this "
                          "one is not used up, try again tomorrow.")
