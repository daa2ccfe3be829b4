"""Who is erased while others report, mute, rule or are erased too: on the database that locks rows nobody waits in a
circle, and nothing is left behind.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from prizes.db import insert_into
from server.comments import forget, rule_on_comment
from server.comments.comment import Comment, CommentState
from server.comments.desk_marks import mute_author
from server.comments.desk_rows import Mute
from server.comments.react import react
from server.comments.reaction import ReactionKind
from server.comments.report import CommentReport, ReportReason
from server.comments.report_comment import Reader, Report, report_comment
from server.comments.rule_on_comment import Seen, rule_on_many
from server.comments.ruling import Decision, Reason, Ruling
from server.comments.settle_reports import forget_readers
from server.db import Database, transaction
from server.errors import Problem
from server.players.player import Player
from server.privacy import erase
from server.privacy.erase import erase_player
from tests.comments.cast import KEYS, every_brand
from tests.play.test_locks import database, how_it_ends, meanwhile
from tests.rig.app import add_campaign
from tests.rig.desk import Said, put_comments

__all__ = ["database"]

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
DUE = NOW + timedelta(days=31)  # the networks of what was settled now are forgotten
TOLD = Report(ReportReason.INSULT, "my words", None, KEYS.legal)


@pytest.fixture
def public(database: Database) -> list[str]:
    """Two public comments of two authors, in the order of their ids."""
    add_campaign(database, "boss")
    return sorted(put_comments(database, [Said(text, state=CommentState.PUBLISHED) for text in "ab"], NOW))


def author_of(session: Session, comment_id: str) -> str:
    return session.scalars(select(Comment.player_id).where(Comment.id == comment_id)).one()


def leave(session: Session, player_id: str) -> None:
    erase_player(session, session.get_one(Player, player_id), LATER)


class Middle:
    """`act(module, name, other)`: the first call of that function of ours begins another deed, which waits or is done
    before we go on. `ends()` tells how it ended.
    """

    def __init__(self, database: Database, patch: pytest.MonkeyPatch, stack: ExitStack) -> None:
        self.database, self.patch, self.stack = database, patch, stack
        self.doing: list[Future[Any]] = []

    def act(self, module: Any, name: str, other: Callable[[Session], object], *, after: bool = False) -> None:
        ours = getattr(module, name)

        def interrupted(*given: Any) -> Any:
            self.patch.setattr(module, name, ours)
            done = ours(*given) if after else None
            self.doing.append(self.stack.enter_context(meanwhile(self.database, other)))
            return done if after else ours(*given)

        self.patch.setattr(module, name, interrupted)

    def ends(self) -> str:
        try:
            return how_it_ends(self.doing[0].result)
        except Problem as problem:
            return problem.code


@pytest.fixture
def middle(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Middle]:
    with ExitStack() as stack:
        yield Middle(database, monkeypatch, stack)


def naive_mute(session: Session, comment_id: str) -> None:
    """The comment before its author: the control."""
    with transaction(session):
        comment = session.scalars(select(Comment).where(Comment.id == comment_id).with_for_update(read=True)).one()
        [brand_id] = every_brand(session)
        session.execute(insert_into(session, Mute).values(player_id=comment.player_id, brand_id=brand_id, until=LATER,
                                                          by="mona", at=NOW, reason=Reason.INSULT))


def test_who_takes_the_comment_before_its_author_waits_in_a_circle(session: Session, public: list[str],
                                                                   middle: Middle) -> None:
    author = author_of(session, public[0])
    middle.act(erase, "forget_comments_of", lambda other: naive_mute(other, public[0]))
    erased = how_it_ends(lambda: leave(session, author))
    session.rollback()
    assert sorted([erased, middle.ends()]) == ["deadlock", "done"]


def test_an_author_who_is_muted_while_being_erased_is_not_found(session: Session, public: list[str],
                                                                middle: Middle) -> None:
    author = author_of(session, public[0])
    middle.act(erase, "forget_comments_of",
               lambda other: mute_author(other, public[0], 7, Reason.INSULT, "mona", LATER))
    leave(session, author)
    assert middle.ends() == "comment_not_found"
    assert session.scalar(select(func.count()).select_from(Mute)) == 0


def test_a_reader_who_reports_while_being_erased_leaves_no_word(session: Session, public: list[str],
                                                                middle: Middle) -> None:
    reader = author_of(session, public[1])
    react(session, public[0], reader, ReactionKind.CLAP)
    middle.act(erase, "forget_comments_of",
               lambda other: report_comment(other, public[0], TOLD, Reader(reader, "a network"), LATER))
    leave(session, reader)
    assert middle.ends() == "unknown_player"
    assert session.scalar(select(func.count()).select_from(CommentReport)) == 0


def test_two_who_reported_each_other_are_erased_at_once(session: Session, public: list[str], middle: Middle) -> None:
    one, two = (author_of(session, comment_id) for comment_id in public)
    report_comment(session, public[1], TOLD, Reader(one, "one"), NOW)
    report_comment(session, public[0], TOLD, Reader(two, "two"), NOW)
    middle.act(forget, "forget_reporter", lambda other: leave(other, two))
    leave(session, one)
    assert middle.ends() == "done"
    assert session.scalars(select(CommentReport.text)).all() == ["", ""]


def test_many_are_ruled_on_while_a_reader_who_reported_them_is_erased(session: Session, public: list[str],
                                                                      middle: Middle) -> None:
    [elsewhere] = put_comments(middle.database, [Said("c", state=CommentState.PUBLISHED)], NOW)
    reader = author_of(session, elsewhere)
    for comment_id in reversed(public):
        report_comment(session, comment_id, TOLD, Reader(reader, "a network"), NOW)
    middle.act(rule_on_comment, "settle_reports", lambda other: leave(other, reader), after=True)
    seen = [Seen(comment_id, 1, 1) for comment_id in public]
    assert len(rule_on_many(session, seen, Ruling(Decision.REFUSE, Reason.INSULT), "mona", LATER)) == 2
    assert middle.ends() == "done"


@pytest.fixture
def settled(session: Session, public: list[str]) -> list[str]:
    """The ids of two settled reports, of each comment's author about the other one."""
    one, two = (author_of(session, comment_id) for comment_id in public)
    ids = [report_comment(session, public[1], TOLD, Reader(one, "one"), NOW),
           report_comment(session, public[0], TOLD, Reader(two, "two"), NOW)]
    with transaction(session):
        session.execute(update(CommentReport).values(settled_at=NOW))
    return ids


def forget_networks(session: Session) -> None:
    with transaction(session):
        forget_readers(session, DUE)


def naive_forgetting(session: Session) -> None:
    """Waits for what somebody else has locked: the control."""
    with transaction(session):
        session.execute(update(CommentReport).values(network_hash=None))


@pytest.mark.parametrize(("forgetting", "ends"), [(forget_networks, ["done", "done"]),
                                                  (naive_forgetting, ["deadlock", "done"])])
def test_networks_are_forgotten_while_a_reader_is_erased(session: Session, public: list[str], settled: list[str],
                                                         middle: Middle, forgetting: Callable[[Session], None],
                                                         ends: list[str]) -> None:
    reader = author_of(session, public[0])
    middle.act(forget, "forget_reporter", forgetting)
    erased = how_it_ends(lambda: leave(session, reader))
    session.rollback()
    assert sorted([erased, middle.ends()]) == ends


def test_a_network_of_a_locked_report_is_forgotten_the_next_time(session: Session, database: Database,
                                                                 settled: list[str]) -> None:
    known = select(CommentReport.id).where(CommentReport.network_hash.is_not(None))
    with transaction(session):
        session.scalars(select(CommentReport).where(CommentReport.id == settled[0]).with_for_update()).one()
        with database.sessions() as other:
            forget_networks(other)
            assert other.scalars(known).all() == settled[:1]
    forget_networks(session)
    assert session.scalars(known).all() == []
