"""Test mode as the back office asks for it: begun, looked into, thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from prizes.way import BadSettings
from server.config import Config
from server.db import Database
from server.errors import Problem
from server.keys import Keys
from server.rehearsal.places import open_place
from server.rehearsal.start import NoRehearsal, start_rehearsal, throw_away_rehearsal
from server.rehearsal.world import root_of, terms_of


@dataclass(frozen=True, repr=False)
class StaffRehearsals:
    """The rehearsals of an installation; what the desk needs of them, see server/backoffice/campaigns/rehearsals.py."""

    live: Database
    config: Config
    keys: Keys

    def start(self, session: Session, slug: str, now: datetime) -> str:
        """Put a draft into test mode; the token. Raises Problem not_rehearsable."""
        try:
            return start_rehearsal(session, self.live, slug, lambda token: terms_of(self.config, self.keys, token), now)
        except (NoRehearsal, BadSettings) as refusal:
            raise Problem("not_rehearsable", f"{str(refusal).removesuffix('.')}.") from None

    def throw_away(self, session: Session, slug: str) -> bool:
        """End a campaign's test mode; False when it was in none."""
        return throw_away_rehearsal(session, self.live, slug)

    def link(self, token: str, slug: str) -> str:
        """The address to share."""
        return f"{self.config.public_url}{root_of(token)}/c/{slug}"

    @contextmanager
    def look(self, token: str) -> Iterator[Session | None]:
        """A session within a rehearsal, to read; None when it is not there any more."""
        database = open_place(self.live.engine, token)
        if database is None:
            yield None
            return
        try:
            with database.sessions() as session:
                yield session
        except ProgrammingError:
            raise Problem("not_found", "This rehearsal is over.") from None
        finally:
            database.engine.dispose()
