"""Forget whose awards somebody's were: the awards and the ledger stay, tied to nobody.

What stays of a claim is when it was, and a hash whose key is the award's code.
"""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from prizes.award import GIVEN_UP, Award, AwardState
from prizes.caps import unlink
from prizes.claim import ClaimContact
from prizes.prize import Prize, PrizeKind


def forget_winner(session: Session, player_id: str) -> None:
    """Forget who claimed a player's awards. A parcel that is claimed and not sent keeps its contact until it is."""
    own = select(Award).where(Award.player_id == player_id).order_by(Award.prize_id, Award.id)
    awards = session.scalars(own.with_for_update().execution_options(populate_existing=True)).all()
    given_up = [award.id for award in awards if award.state in GIVEN_UP]
    unlink(session, [award.id for award in awards if award.state not in GIVEN_UP], given_up)
    parcels = select(Prize.id).where(Prize.kind == PrizeKind.PARCEL)
    owed = select(Award.id).where(Award.player_id == player_id, Award.state == AwardState.CLAIMED,
                                  Award.prize_id.in_(parcels))
    of_player = ClaimContact.award_id.in_([award.id for award in awards])
    session.execute(delete(ClaimContact).where(of_player, ClaimContact.award_id.not_in(owed)))
    session.execute(update(ClaimContact).where(of_player).values(goes_when_sent=True))


def forget_contact(session: Session, award_id: str) -> None:
    """Nothing is owed to an award's contact any more; it goes when its player was erased."""
    session.execute(delete(ClaimContact).where(ClaimContact.award_id == award_id, ClaimContact.goes_when_sent))
