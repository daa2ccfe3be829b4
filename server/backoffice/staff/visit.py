"""A visit: from the sign-in to the sign-out, in a signed cookie that no script can read.

What a stranger has shown so far stands in the same cookie: the password of an account that asks for more, a link that
was opened, the challenge for a passkey.
"""

import secrets
from datetime import datetime, timedelta

from flask import session as visit
from flask_security import login_user, logout_user
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from prizes.db import insert_into
from server.backoffice.access import BEGAN, NAMED, PROVEN, WHO
from server.backoffice.staff.passkey import CHALLENGE_FOR, Challenge
from server.backoffice.staff.person import EndedVisit, Staff
from server.backoffice.staff.security import Account
from server.clock import utc_now

HALF, LINK, CHALLENGE, APP, LOCALE = "half", "link", "challenge", "app", "locale"
HALF_FOR = timedelta(minutes=10)  # how long a password counts while the second factor is looked for


def begin_visit(staff: Staff, *, is_proven: bool) -> None:
    """Sign somebody in: everything that the cookie held before is dropped, but for a link that was opened."""
    link, now = visit.get(LINK), int(utc_now().timestamp())
    visit.clear()
    login_user(Account(staff))
    visit.update({NAMED: secrets.token_hex(8), BEGAN: now, LOCALE: staff.locale})
    if is_proven:
        visit[PROVEN] = now
    if link:
        visit[LINK] = link


def renew_visit(uniquifier: str) -> None:
    """Go on under the new name that ended a person's other visits."""
    visit[WHO] = uniquifier
    visit[NAMED] = secrets.token_hex(8)


def prove_visit() -> None:
    """A second factor was shown just now."""
    visit[PROVEN] = int(utc_now().timestamp())


def end_visit(session: Session, now: datetime) -> None:
    """Sign out, inside the caller's transaction: a copy of the cookie is worth nothing from here on either."""
    name = visit.get(NAMED)
    if isinstance(name, str):
        session.execute(delete(EndedVisit).where(EndedVisit.at < now - timedelta(days=2)))
        session.execute(insert_into(session, EndedVisit).values(id=name, at=now).on_conflict_do_nothing())
    logout_user()
    visit.clear()


def half_in(staff: Staff) -> None:
    """The password was right; the second factor is still to be shown."""
    visit[HALF] = [staff.fs_uniquifier, int((utc_now() + HALF_FOR).timestamp())]


def find_half_in(session: Session) -> Staff | None:
    """Who has shown a password only, and not too long ago."""
    half = visit.get(HALF)
    if not isinstance(half, list) or utc_now().timestamp() > half[1]:
        return None
    return session.scalar(select(Staff).where(Staff.fs_uniquifier == half[0], Staff.active))


def keep_challenge(value: str, purpose: str, staff_id: str) -> None:
    """Give this browser a challenge; the one before counts no longer."""
    until = int((utc_now() + CHALLENGE_FOR).timestamp())
    visit[CHALLENGE] = Challenge(value, purpose, staff_id, until).as_json()


def take_challenge() -> Challenge | None:
    """The challenge that this browser was given last."""
    kept = visit.pop(CHALLENGE, None)
    return Challenge(*kept) if isinstance(kept, list) else None
