"""Browsers that an account knows: somebody signed in there wholly, so that others' guesses do not slow them down.

The token is kept in a cookie of its own, which outlives visits and opens nothing.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import Response, current_app, request
from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from prizes.db import Base, insert_into
from server.backoffice.staff.link import hash_of
from server.backoffice.staff.sign_in import Caller
from server.backoffice.walls import AREA
from server.db import Database
from server.limits.rates import network_key
from server.play.terms import play_terms

KNOWN = "popshot_known"
KNOWN_FOR = timedelta(days=365)
MOST_TOKEN = 64


class KnownDevice(Base):
    """A browser in which somebody has signed in wholly; its token is kept as its hash."""

    __tablename__ = "known_device"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    seen_at: Mapped[datetime]


def find_device(session: Session, staff_id: str, token: str) -> str | None:
    """The hash of a browser's token, if the account knows it."""
    known = (KnownDevice.token_hash == hash_of(token), KnownDevice.staff_id == staff_id)
    return session.scalar(select(KnownDevice.token_hash).where(*known))


def know_device(session: Session, staff_id: str, shown: str, now: datetime) -> str:
    """Remember that somebody signed in here, inside the caller's transaction; the token that the browser keeps: the
    one it shows if we made it, never one that somebody else may have put there.
    """
    is_ours = session.scalar(select(KnownDevice.staff_id).where(KnownDevice.token_hash == hash_of(shown)).limit(1))
    token = shown if is_ours else secrets.token_urlsafe(32)
    row = insert_into(session, KnownDevice).values(token_hash=hash_of(token), staff_id=staff_id, seen_at=now)
    session.execute(row.on_conflict_do_update(index_elements=["token_hash", "staff_id"], set_={"seen_at": now}))
    return token


def shown_token() -> str:
    return request.cookies.get(KNOWN, "")[:MOST_TOKEN]


def give_token(response: Response, token: str) -> Response:
    """Let the browser keep the token of a known device."""
    response.set_cookie(KNOWN, token, path=AREA, max_age=KNOWN_FOR, httponly=True, samesite="Lax",
                        secure=play_terms().public_url.startswith("https:"))
    return response


@contextmanager
def calling(staff_id: str | None) -> Iterator[Caller]:
    """Where this request comes from, for who is tried, with a session that counts whatever comes of the request."""
    database: Database = current_app.extensions["popshot_database"]
    network = network_key(current_app.extensions["popshot_keys"].address, request.remote_addr or "")
    with database.sessions() as counting:
        yield Caller(counting, network, find_device(counting, staff_id, shown_token()) if staff_id else None)
