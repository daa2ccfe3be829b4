"""An appeal against a mute in a crowd: appealed twice at once, decided by two at once, against another mute, against
its author's erasure.
"""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from server.comments.appeal_mute import appeal_mute
from server.comments.desk_marks import mute_author
from server.comments.desk_rows import Mute
from server.comments.mute_appeals import settle_mute_appeal
from server.comments.report import MuteAppeal
from server.comments.ruling import Reason
from server.db import Database, transaction
from server.errors import Problem
from server.players.player import Player
from server.privacy.erase import erase_player
from tests.race.test_rulings import LATER, NOW, in_turn
from tests.rig.app import add_campaign
from tests.rig.desk import Said, put_comments
from tests.rig.race import Race

PATIENCE_S = 30
EXPECTED = {"unknown_player", "not_appealable", "not_muted", "appeal_settled", "mute_appealed", "comment_not_found"}
Attempt = Callable[[Session], object]


@pytest.fixture
def comment_id(database: Database, session: Session) -> str:
    """A comment for which Mona has muted its author."""
    add_campaign(database, "boss")
    [comment_id] = put_comments(database, [Said("Bof")], NOW)
    mute_author(session, comment_id, 7, Reason.SPAM, "mona", NOW + timedelta(seconds=1))
    return comment_id


@pytest.fixture
def author(session: Session, comment_id: str) -> str:
    author = session.scalars(select(Mute.player_id)).one()
    session.rollback()
    return author


@pytest.fixture
def appeal_id(session: Session, author: str) -> str:
    return appeal_mute(session, author, "Why?", LATER).id


def tell(attempt: Attempt) -> Attempt:
    """Whether it went through; "" or the code of its refusal."""
    def told(session: Session) -> str:
        try:
            attempt(session)
        except Problem as refusal:
            if refusal.code not in EXPECTED:
                raise
            return refusal.code
        return ""

    return told


def settle(appeal_id: str, by: str, *, is_upheld: bool) -> Attempt:
    return tell(lambda session: settle_mute_appeal(session, appeal_id, by, LATER, is_upheld=is_upheld))


def now(session: Session) -> tuple[MuteAppeal, bool]:
    """The appeal, and whether its author is muted."""
    session.rollback()
    is_muted = session.scalar(select(func.count()).select_from(Mute).where(Mute.until > LATER)) == 1
    return session.scalars(select(MuteAppeal)).one(), is_muted


def test_two_who_look_first_and_write_later_both_decide(session: Session, appeal_id: str, race: Race) -> None:
    looked = Barrier(2, timeout=PATIENCE_S)

    def naive(session: Session, by: str) -> bool:
        is_open = session.get_one(MuteAppeal, appeal_id).settled_at is None
        session.rollback()
        looked.wait()
        with transaction(session):
            session.execute(update(MuteAppeal).values(settled_by=by, settled_at=LATER))
        return is_open

    assert race(in_turn(lambda session: naive(session, "second"), lambda session: naive(session, "third")),
                players=2) == [True, True]


def test_of_two_who_decide_at_once_one_does(session: Session, appeal_id: str, race: Race) -> None:
    outcomes = race(in_turn(settle(appeal_id, "second", is_upheld=True), settle(appeal_id, "third", is_upheld=False)),
                    players=2)
    assert sorted(map(str, outcomes)) == ["", "appeal_settled"]
    kept, is_muted = now(session)
    assert (kept.is_upheld, kept.settled_by) == ((True, "second") if is_muted else (False, "third"))


def test_of_many_appeals_at_once_one_is_taken(session: Session, author: str, race: Race) -> None:
    outcomes = race(tell(lambda session: appeal_mute(session, author, "Why?", LATER)), players=6)
    assert sorted(map(str, outcomes)) == ["", *["not_appealable"] * 5]
    assert now(session)[1]


def test_an_appeal_at_the_moment_of_another_mute_is_about_the_one_that_is_in_force(
        session: Session, comment_id: str, author: str, race: Race) -> None:
    outcomes = race(in_turn(
        tell(lambda session: appeal_mute(session, author, "Why?", LATER)),
        tell(lambda session: mute_author(session, comment_id, 30, Reason.INSULT, "second", LATER))), players=2)
    assert set(outcomes) <= {"", "mute_appealed"}
    assert session.scalars(select(Mute.at)).one() == now(session)[0].muted_at


def test_who_is_erased_while_the_appeal_is_decided_leaves_nothing_of_it(session: Session, author: str, appeal_id: str,
                                                                        race: Race) -> None:
    outcomes = race(in_turn(
        tell(lambda session: erase_player(session, session.get_one(Player, author), LATER)),
        settle(appeal_id, "second", is_upheld=True)), players=2)
    assert set(outcomes) <= {"", "appeal_settled"}
    session.rollback()
    assert [session.scalar(select(func.count()).select_from(table)) for table in (Mute, MuteAppeal)] == [0, 0]


def test_who_is_erased_while_appealing_leaves_nothing_of_it(session: Session, author: str, race: Race) -> None:
    outcomes = race(in_turn(
        tell(lambda session: erase_player(session, session.get_one(Player, author), LATER)),
        tell(lambda session: appeal_mute(session, author, "Why?", LATER))), players=2)
    assert set(outcomes) <= {"", "unknown_player"}
    session.rollback()
    assert session.scalar(select(func.count()).select_from(MuteAppeal)) == 0
