"""Signing in: the password first, then what only the person has; and what is told of those who guess."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.backoffice.acts.act import StaffAct
from server.backoffice.staff.codes import Codes, use_code
from server.backoffice.staff.link import hash_of
from server.backoffice.staff.person import Membership, Staff
from server.backoffice.staff.security import Passwords
from server.backoffice.staff.tries import FREE, counts_of, forget_tries, take_turn
from server.db import transaction

WRONG_TRIES = "staff.wrong_tries"  # the act's word


@dataclass(frozen=True)
class Caller:
    """Where a try comes from: the keyed hash of its network, and that of its device's token if the account knows it.

    `counting` is a session of its own: what is counted stays counted when the request is refused.
    """

    counting: Session
    network: str
    device: str | None


def check_password(passwords: Passwords, caller: Caller, staff: Staff | None, email: str, password: str,
                   now: datetime) -> bool:
    """Whether this is the password of an account, or of the one that an address has, if any; it takes as long when
    there is none. Raises Problem slow_down.
    """
    counts = counts_of("password", staff.id if staff else hash_of(email)[:32], caller.network, caller.device)
    wrong = take_turn(caller.counting, counts, now)
    is_right = passwords.is_right(password, staff.password if staff and staff.active else None)
    if is_right:
        with transaction(caller.counting) as writing:
            forget_tries(writing, counts)
    else:
        _tell(caller, staff, "password", wrong + 1, now)
    return is_right


def check_code(codes: Codes, caller: Caller, staff: Staff, code: str, now: datetime) -> bool:
    """Whether a code of the app or for recovery is right and new; it is used up. Raises Problem slow_down."""
    counts = counts_of("code", staff.id, caller.network, caller.device)
    wrong = take_turn(caller.counting, counts, now)
    with transaction(caller.counting) as writing:
        is_right = use_code(writing, codes, writing.get_one(Staff, staff.id), code, now)
        if is_right:
            forget_tries(writing, counts)
    if not is_right:
        _tell(caller, staff, "code", wrong + 1, now)
    return is_right


def guesses_since(session: Session, staff_id: str, since: datetime | None) -> int:
    """How many wrong tries at somebody's account were written down since a moment: tens, one a tenth try."""
    told = (StaffAct.word == WRONG_TRIES, StaffAct.subject_id == staff_id)
    found = select(func.count(StaffAct.at.distinct())).where(*told, *([StaffAct.at > since] if since else []))
    return FREE * session.scalars(found).one()


def _tell(caller: Caller, staff: Staff | None, what: str, wrong: int, now: datetime) -> None:
    """Every tenth wrong try in a row is an act in the log of each brand that the person works for."""
    if staff is None or wrong % FREE:
        return
    with transaction(caller.counting) as writing:
        brands = writing.scalars(select(Membership.brand_id).where(Membership.staff_id == staff.id).distinct()).all()
        writing.add_all(StaffAct(at=now, brand_id=brand_id, word=WRONG_TRIES, subject_kind="staff",
                                 subject_id=staff.id, after={"what": what, "wrong": wrong}, address=caller.network)
                        for brand_id in brands)
