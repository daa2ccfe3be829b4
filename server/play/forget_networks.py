"""Networks are kept for the caps of a day: their hashes go a week later, from rounds and from tallies."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from prizes.caps import forget_networks as forget_tallies
from server.db import transaction
from server.play.bonus_round import forget_days
from server.play.round import Round

KEPT = timedelta(days=7)  # ours: as long as a held round may wait for a look; 24 hours to 30 days is what is usual


def forget_networks(session: Session, now: datetime, most: int) -> int:
    """Forget the networks of what is older than `KEPT`, the oldest first; how many rows, at most `most` of each kind.

    In a transaction of its own. The days of tallies are those of the campaigns' zones: one more day is waited for.
    """
    before, before_day = now - KEPT, f"{now - KEPT - timedelta(days=1):%Y-%m-%d}"
    due = (Round.network.is_not(None), Round.opened_at < before)
    with transaction(session):
        oldest = select(Round.id).where(*due).order_by(Round.opened_at).limit(most)
        bare = update(Round).where(Round.id.in_(oldest), *due).values(network=None).returning(Round.id)
        rounds = session.scalars(bare.execution_options(synchronize_session=False)).all()
        return len(rounds) + forget_tallies(session, before_day, most) + forget_days(session, before_day, most)
