"""Wrong passwords and codes: after ten of them the next one has to wait, longer each time, up to a minute.

Counted for an account and the network that tries it, and for the network alone. A device that signed in to the account
before has a count of its own, so that nobody else's guesses ever keep a colleague out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Integer, String, case, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into
from server.db import transaction
from server.errors import Problem

FREE = 10  # wrong tries of one network at one account before it is slowed
FREE_ON_ALL = 50  # of one network at all accounts, of all networks at one account's codes
LONGEST_S = 60
FORGOTTEN_AFTER = timedelta(hours=1)


class StaffTry(Base):
    """How often in a row a key was wrong, when last, and from when on it may be tried again."""

    __tablename__ = "staff_try"

    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    wrong: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(index=True)
    free_at: Mapped[datetime]


@dataclass(frozen=True)
class Count:
    """What is counted under a key, and how many wrong tries are free."""

    key: str
    free: int = FREE


def counts_of(what: str, account: str, network: str, device: str | None) -> list[Count]:
    """What a try counts under. `what` is password or code, `account` who is tried, `network` a keyed hash of where
    from, `device` the hash of the token of a device that the account knows, or None.
    """
    if device is not None:
        return [Count(f"{what}:{account}:device:{device}")]
    counts = [Count(f"{what}:{account}:{network}"), Count(f"{what}:all:{network}", FREE_ON_ALL)]
    if what == "code":  # who tries codes knows the password already: a hundred networks must not be a hundred chances
        counts.append(Count(f"{what}:{account}:all", FREE_ON_ALL))
    return sorted(counts, key=lambda count: count.key)  # one order for all: no two wait for each other


def take_turn(session: Session, counts: Sequence[Count], now: datetime) -> int:
    """Count a try as wrong before it is looked at, so that many at once are no way round; how many there were before
    in a row. `session` is one of its own: this is kept whatever comes of the request.

    Raises Problem slow_down with the seconds to wait; what is refused so does not count.
    """
    with transaction(session):
        session.execute(delete(StaffTry).where(StaffTry.last_at < now - FORGOTTEN_AFTER))
        return max(_add(session, count, now) for count in counts) - 1


def forget_tries(session: Session, counts: Sequence[Count]) -> None:
    """What was tried was right, inside the caller's transaction: its own count begins anew, what it shares with others
    is as before.
    """
    for count in counts:  # in the order of `take_turn`: no two wait for each other
        if count.free == FREE:
            session.execute(delete(StaffTry).where(StaffTry.key == count.key))
        else:
            session.execute(update(StaffTry).where(StaffTry.key == count.key)
                            .values(wrong=StaffTry.wrong - 1, free_at=StaffTry.last_at))


def _add(session: Session, count: Count, now: datetime) -> int:
    """One statement looks and counts; raises Problem slow_down."""
    pauses = [(StaffTry.wrong + 1 == count.free + step, now + timedelta(seconds=2**step))
              for step in range(LONGEST_S.bit_length())]
    free_at = case((StaffTry.wrong + 1 < count.free, now), *pauses, else_=now + timedelta(seconds=LONGEST_S))
    row = insert_into(session, StaffTry).values(key=count.key, wrong=1, last_at=now, free_at=now)
    counted = row.on_conflict_do_update(index_elements=["key"], where=StaffTry.free_at <= now,
                                        set_={"wrong": StaffTry.wrong + 1, "last_at": now, "free_at": free_at})
    wrong: int | None = session.scalar(counted.returning(StaffTry.wrong))
    if wrong is None:
        raise _slow_down(session, count, now)
    return wrong


def _slow_down(session: Session, count: Count, now: datetime) -> Problem:
    row = session.get_one(StaffTry, count.key)
    wait_s = max(1, math.ceil((row.free_at - now).total_seconds()))
    return Problem("slow_down", f"{row.wrong} tries were wrong; wait {wait_s} seconds before the next one.",
                   retry_after=wait_s, wrong=row.wrong)
