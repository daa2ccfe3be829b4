"""The awards that a desk shows, as the rows of a sheet: read a piece at a time, so that a million take no room.

No claim code and no voucher code is in it. Moments in UTC. `name`, `email` and `address` are empty until the claim, and
again once the person has had them erased; who does not serve winners gets no such columns.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from prizes.award import Award
from prizes.claim import Claim, ClaimContact
from prizes.prize import Prize
from prizes.sheets.write import Cell
from prizes.staff_word import Deed, Sending
from server.backoffice.winners.list_awards import Place, Wanted, comes_after
from server.players.player import Player

COLUMNS = ("award_id", "awarded_at", "campaign", "way", "prize_id", "prize", "value_cents", "currency", "state",
           "claim_before", "claimed_at", "last_sent_at", "alias", "round_id")  # fmt: skip
CONTACT = ("name", "email", "address")
AT_ONCE = 1_000  # rows held in memory

Sessions = Callable[[], Session]


def count_awards(session: Session, wanted: Wanted) -> int:
    """How many rows there will be, by the index alone."""
    own = (Award.campaign_id.in_(wanted.campaign_ids), *wanted.conditions())
    return session.scalar(select(func.count()).select_from(Award).where(*own)) or 0


def export_rows(sessions: Sessions, wanted: Wanted, slugs: dict[str, str], *,
                with_contact: bool) -> Iterator[list[Cell]]:
    """Campaign by campaign, the newest first. `slugs` by campaign id.

    Each piece is read by a session of its own: nothing is held while a slow reader takes its time.
    """
    for campaign_id in wanted.campaign_ids:
        after: Place | None = None
        while True:
            with sessions() as session:
                found = session.execute(_piece(campaign_id, wanted, after, with_contact=with_contact)).all()
            for row in found:
                yield [_cell(value) for value in (row[0], row[1], slugs[campaign_id], *row[2:])]
            if len(found) < AT_ONCE:
                break
            after = Place(found[-1].awarded_at, found[-1].id)


def _piece(campaign_id: str, wanted: Wanted, after: Place | None, *, with_contact: bool) -> Select[*tuple[Any, ...]]:
    sent = select(func.max(Sending.at)).where(Sending.award_id == Award.id, Sending.deed == Deed.SENT)
    contact = [getattr(ClaimContact, part) for part in CONTACT] if with_contact else []
    own = (select(Award.id, Award.awarded_at, Award.way, Award.prize_id, Prize.names, Prize.value_cents, Prize.currency,
                  Award.state, Award.claim_before, Claim.claimed_at, sent.scalar_subquery(), Player.alias,
                  Award.round_id, *contact)
           .join(Prize, Prize.id == Award.prize_id).outerjoin(Player, Player.id == Award.player_id)
           .outerjoin(Claim, Claim.award_id == Award.id)
           .where(Award.campaign_id == campaign_id, *wanted.conditions()))
    if with_contact:
        own = own.outerjoin(ClaimContact, ClaimContact.award_id == Award.id)
    if after is not None:
        own = own.where(comes_after(after))
    return own.order_by(Award.awarded_at.desc(), Award.id.desc()).limit(AT_ONCE)


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):  # a prize's names by language
        return str(value.get("en") or next(iter(value.values()), ""))
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value if isinstance(value, int) or value is None else str(value)
