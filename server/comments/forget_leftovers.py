"""What outlives its use at the desk, and emptied comments whose last reply is gone."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from server.comments.comment import RulingEntry
from server.comments.desk_rows import Passed, SecondLook
from server.comments.forget import forget_emptied
from server.db import transaction

KEPT = timedelta(days=30)  # ours: as far as the desk's figures look back


def forget_leftovers(session: Session, now: datetime, most: int) -> None:
    """Forget what was passed on and second looks that nobody has given, after `KEPT`; emptied comments that nothing
    hangs on, at once; at most `most` of each.

    In a transaction of its own. What still waits comes back to who had passed it on. Rows that somebody else has locked
    are left to the next time: who waits for none is in no circle.
    """
    passed = (select(Passed.comment_id, Passed.by).where(Passed.at < now - KEPT)
              .limit(most).with_for_update(skip_locked=True))
    unanswered = (select(SecondLook.comment_id).join(RulingEntry, RulingEntry.id == SecondLook.ruling_id)
                  .where(SecondLook.second.is_(None), RulingEntry.at < now - KEPT)
                  .limit(most).with_for_update(skip_locked=True, of=SecondLook))
    with transaction(session):
        session.execute(delete(Passed).where(tuple_(Passed.comment_id, Passed.by).in_(passed)))
        session.execute(delete(SecondLook).where(SecondLook.comment_id.in_(unanswered), SecondLook.second.is_(None)))
        forget_emptied(session, now, most)
