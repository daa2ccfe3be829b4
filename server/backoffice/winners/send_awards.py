"""A prize is on its way: one award, or many at once; and the word is taken back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from prizes.staff_word import mark_sent, unmark_sent
from server.db import transaction
from server.errors import Problem

CHANGED = "award_changed"

Mark = Callable[[Session, str, str, datetime], bool]


def send_awards(session: Session, award_ids: Sequence[str], by: str, now: datetime) -> None:
    """Mark claimed awards as sent, all of them or none.

    Raises Problem award_changed when one is not claimed any more; `changed` names those.
    """
    _mark_all(session, award_ids, by, now, mark_sent)


def take_sending_back(session: Session, award_ids: Sequence[str], by: str, now: datetime) -> None:
    """What was marked as sent by mistake waits to be sent again, all of it or nothing.

    Raises Problem award_changed when one is not sent any more; `changed` names those.
    """
    _mark_all(session, award_ids, by, now, unmark_sent)


def _mark_all(session: Session, award_ids: Sequence[str], by: str, now: datetime, mark: Mark) -> None:
    """Always in the same order, so that two who mark the same awards wait for each other and never in a circle."""
    with transaction(session):
        changed = [award_id for award_id in sorted(set(award_ids)) if not mark(session, award_id, by, now)]
        if changed:
            sentence = f"{len(changed)} of these prizes changed meanwhile; nothing was done."
            raise Problem(CHANGED, sentence, changed=changed)
