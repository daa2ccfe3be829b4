"""What must happen with time: rounds left open, awards unclaimed, rows past their use. Idempotent."""

import logging
import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Integer, String, or_, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into
from prizes.give_up import expire_awards
from server import outbox
from server.clock import Clock
from server.comments.contribution import purge_contributions
from server.comments.forget_leftovers import forget_leftovers
from server.comments.settle_reports import forget_readers
from server.db import Database, transaction
from server.limits.proof import forget_expired
from server.play.close_campaign import close_campaigns
from server.play.close_round import close_overdue
from server.play.forget_networks import forget_networks
from server.play.terms import PlayTerms

LEASE = timedelta(seconds=60)  # a dead runner's work is taken over after this long
TOLD_FOR = timedelta(hours=1)  # outbox lines are kept this long, far beyond any reader's window
MOST_AT_ONCE = 100
MOST_FORGOTTEN = 1_000

log = logging.getLogger(__name__)


class RunnerLease(Base):
    """The one row that says which process does the work of time."""

    __tablename__ = "runner_lease"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    holder: Mapped[str] = mapped_column(String(32))
    until: Mapped[datetime]


@dataclass
class Runner:
    """One process's runner; `holder` tells it from the others'."""

    database: Database
    terms: PlayTerms
    clock: Clock
    holder: str = field(default_factory=lambda: secrets.token_hex(8))

    def look(self) -> None:
        """Do what is due now, if this process holds the lease or gets it; an error is told and tried again later."""
        try:
            with self.database.sessions() as session:
                run_all_due(session, self.terms, self.holder, self.clock)
        except Exception:  # whatever it was: an error let through ends the loop for good, in silence
            log.exception("the runner could not finish its look; the next one goes on from there")


def take_lease(session: Session, holder: str, now: datetime) -> bool:
    """Take or keep the lease; False while another process holds it. One statement, the database referees."""
    first = insert_into(session, RunnerLease).values(id=1, holder=holder, until=now + LEASE)
    free = or_(RunnerLease.holder == holder, RunnerLease.until < now)
    taken = first.on_conflict_do_update(index_elements=["id"], where=free,
                                        set_={"holder": holder, "until": now + LEASE})
    with transaction(session):
        return session.scalar(taken.returning(RunnerLease.id)) is not None


def give_lease_back(session: Session, holder: str, now: datetime) -> None:
    """Let another process take the lease at once; one that somebody else holds meanwhile stays theirs."""
    own = update(RunnerLease).where(RunnerLease.holder == holder).values(until=now - LEASE)
    with transaction(session):
        session.execute(own)


def run_all_due(session: Session, terms: PlayTerms, holder: str, clock: Clock) -> bool:
    """Do all that is due, as long as the lease is this holder's; False when another process has it.

    Between two batches others have their turn at the database.
    """
    while take_lease(session, holder, clock()):
        if not run_due(session, terms, clock()):
            return True
        time.sleep(0)
    return False


def run_due(session: Session, terms: PlayTerms, now: datetime) -> bool:
    """Close abandoned rounds, give unclaimed awards back to stock, close what is over, drop rows past their use.

    One batch of each; True when it may not have been all.
    """
    closed = close_overdue(session, terms, now, MOST_AT_ONCE)
    with transaction(session):
        expired = expire_awards(session, now, MOST_AT_ONCE)
        forget_expired(session, now)
        outbox.purge(session, now - TOLD_FOR)
        purge_contributions(session, now)
        forget_readers(session, now)
    forget_networks(session, now, MOST_FORGOTTEN)
    forget_leftovers(session, now, MOST_FORGOTTEN)
    close_campaigns(session, terms, now)  # after the expiries: what they freed goes to the next in line
    return MOST_AT_ONCE in (closed, expired)
