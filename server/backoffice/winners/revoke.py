"""An award is taken back by staff."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from prizes.award import Award
from prizes.staff_word import revoke_award
from server import outbox
from server.backoffice.winners.send_awards import CHANGED
from server.db import transaction
from server.errors import Problem


class Reason(StrEnum):
    """Why: the ledger keeps the word for ever; what staff type beside it is kept with the act."""

    CHEATED = "cheated"
    NOT_ELIGIBLE = "not_eligible"
    GIVEN_BY_MISTAKE = "given_by_mistake"
    CANNOT_BE_SENT = "cannot_be_sent"
    WINNER_DECLINED = "winner_declined"
    OTHER = "other"


def take_award_back(session: Session, award: Award, reason: Reason, by: str, now: datetime) -> None:
    """Take an award back: its unit is free again, save a voucher whose code was shown.

    Raises Problem award_changed when it was given up before.
    """
    with transaction(session):
        if not revoke_award(session, award.id, reason, by, now):
            raise Problem(CHANGED, "This prize was given up before; nothing was changed.")
        outbox.tell(session, award.campaign_id, "prizes", award.prize_id, now)
