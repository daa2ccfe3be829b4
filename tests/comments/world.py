"""A campaign with two authors and a reader, in two processes, and what a model knows of its comments."""

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy.orm import Session

from server import live
from server.announce import Announcer
from server.campaigns.campaign import CommentsMode, Turn
from server.campaigns.turn_campaign import turn_campaign
from server.comments.rule_on_comment import Seen
from tests.comments.cast import MONA, Cast, Person
from tests.comments.open_page import OpenPage
from tests.comments.told import Chance, Told
from tests.rig.app import calm_config
from tests.rig.clock import FakeClock
from tests.rig.machine import OnDatabase


class World(OnDatabase):
    """Two authors and somebody who only reads; two processes serve, and a page stands open all the time.

    `told` are the comments that have a text, `ids` all that there ever were, `seen` each as a slow moderator saw it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cast = Cast(self.database, FakeClock(), calm_config())
        self.told, self.seen, self.ids = dict[str, Told](), dict[str, Seen](), list[str]()
        self.mode, self.marks, self.receipt_id = CommentsMode.PRE, 0, "0" * 20
        self.looks = 0  # through all doors, so far
        self.authors = [self.cast.player(), self.cast.player()]
        self.reader = self.cast.player()
        self.round_id = self.cast.public_round(self.reader, score=100)
        self.start()

    def teardown(self) -> None:
        self.page.close()
        super().teardown()

    @property
    def public(self) -> set[str]:
        """The ids of what anybody may read."""
        if self.mode == CommentsMode.OFF:
            return set()
        return {one for one, told in self.told.items() if told.is_out and (
            told.parent is None or (told.parent in self.told and self.told[told.parent].is_out))}

    @property
    def public_texts(self) -> set[str]:
        return {self.told[one].texts[-1] for one in self.public}

    def start(self) -> None:
        """Both processes, with nothing in their memory, and the page."""
        self.other, self.cast.client = self.cast.start(), self.cast.start()
        for person in (*self.authors, self.reader):
            person.client = self.cast.client
        self.announcer = Announcer(self.database, self.cast.clock)
        self.announcer.look()
        self.page = self.new_page()

    def new_page(self) -> OpenPage:
        return OpenPage(live.socketio.test_client(self.cast.client.application, auth={"campaign": "boss"}))

    def switch(self, mode: CommentsMode) -> None:
        self.cast.switch(mode)
        self.mode = mode
        self.page.close()
        self.page = self.new_page()

    def turn(self, turn: Turn) -> None:
        self.at_desk(lambda session: turn_campaign(session, "boss", turn, "maintenance", MONA, self.cast.clock()))

    def at_desk(self, deed: Callable[[Session], Any]) -> Any:
        with self.database.sessions() as session:
            return deed(session)

    def present(self, comment_id: str) -> Seen:
        told = self.told[comment_id]
        return Seen(comment_id, len(told.texts), told.rulings)

    def forget(self, gone: set[str]) -> None:
        for comment_id in gone:
            del self.told[comment_id]

    def mark(self, spice: str) -> str:
        """A text that no other one holds."""
        self.marks += 1
        return f"secret-{self.marks}x {spice}"

    def pick(self, chance: Chance, ids: Collection[str]) -> str | None:
        """One of them, more often one of the last ones: those may still be changed."""
        there = [one for one in reversed(self.ids) if one in ids]
        there = there if chance.which % 3 == 0 else there[:6]
        return there[chance.which % len(there)] if there else None

    def author_of(self, told: Told) -> Person:
        return next(author for author in self.authors if author.id == told.author)
