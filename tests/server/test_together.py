"""Deeds that are written together: one commit for all, and each caller's own outcome."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.comments.desk_rows import Feed
from server.db import Database, Queue
from server.errors import Problem
from server.together import MOST, Deed, write_together
from tests.rig.app import add_campaign
from tests.rig.databases import fresh_sqlite
from tests.rig.race import Race

FULL = "There is no room."


@pytest.fixture
def ids(database: Database) -> list[str]:
    """Of campaigns that have no feed yet."""
    return [add_campaign(database, f"c{number}") for number in range(4)]


def write(campaign_id: str) -> Callable[[Session], str]:
    def work(session: Session) -> str:
        session.add(Feed(campaign_id=campaign_id, version=1))
        session.flush()
        return campaign_id

    return work


def refuse(_session: Session) -> str:
    raise Problem("not_allowed", FULL)


def refuse_late(campaign_id: str) -> Callable[[Session], str]:
    def work(session: Session) -> str:
        write(campaign_id)(session)
        raise Problem("not_allowed", FULL)

    return work


def refuse_unflushed(campaign_id: str) -> Callable[[Session], str]:
    def work(session: Session) -> str:
        session.add(Feed(campaign_id=campaign_id, version=1))
        raise Problem("not_allowed", FULL)

    return work


def written(session: Session) -> set[str]:
    session.rollback()
    return set(session.scalars(select(Feed.campaign_id)))


def test_a_lone_deed_is_committed_and_gives_its_value(database: Database, session: Session, ids: list[str]) -> None:
    assert write_together(session, write(ids[0])) == ids[0]
    with database.sessions() as other:
        assert written(other) == {ids[0]}


@pytest.mark.parametrize("late", [False, True])
def test_a_refused_deed_raises_and_leaves_nothing(session: Session, ids: list[str], late: bool) -> None:
    with pytest.raises(Problem, match=FULL):
        write_together(session, refuse_late(ids[0]) if late else refuse)
    assert written(session) == set()


def test_in_a_crowd_each_is_told_the_own_outcome(session: Session, ids: list[str], race: Race) -> None:
    works = iter([write(ids[0]), refuse, write(ids[1]), refuse_late(ids[2]), write(ids[0]), refuse, write(ids[3])])

    def attempt(session: Session) -> str:
        try:
            return write_together(session, next(works))
        except Problem as refused:
            return refused.code
        except IntegrityError:
            return "twice"

    outcomes = race(attempt, players=7)
    assert sorted(outcomes) == sorted([ids[0], ids[1], ids[3], "twice", *["not_allowed"] * 3])
    assert written(session) == {ids[0], ids[1], ids[3]}


class Commits:
    """On SQLite, where deeds are written together: how often was committed, with deeds that already wait."""

    def __init__(self, database: Database) -> None:
        self.database, self.count = database, 0
        self.ids = [add_campaign(database, f"c{number}") for number in range(4)]
        event.listen(database.engine, "commit", self.notice)

    def notice(self, _connection: object) -> None:
        self.count += 1

    def lead(self, work: Callable[[Session], str], *others: Callable[[Session], str]) -> list[Deed]:
        """What came of the others' deeds, which waited already when this caller had the turn."""
        deeds = [Deed(other) for other in others]
        with self.database.sessions() as session:
            queue: Queue = session.info["queue"]
            queue.waiting.extend(deeds)
            write_together(session, work)
            assert not queue.waiting
        return deeds

    @property
    def written(self) -> set[str]:
        with self.database.sessions() as session:
            return written(session)


@pytest.fixture
def commits(prepared_sqlite: Path, tmp_path: Path) -> Iterator[Commits]:
    with fresh_sqlite(prepared_sqlite, tmp_path) as database:
        yield Commits(database)


def test_those_who_wait_are_written_by_one_commit(commits: Commits) -> None:
    one, two, *_ = commits.ids
    [deed] = commits.lead(write(one), write(two))
    assert (commits.count, deed.value, commits.written) == (1, two, {one, two})


def test_a_refusal_before_anything_is_written_troubles_nobody(commits: Commits) -> None:
    one, two, *_ = commits.ids
    deed, other = commits.lead(write(one), refuse, write(two))
    assert (commits.count, str(deed.refused), other.value, commits.written) == (1, FULL, two, {one, two})


@pytest.mark.parametrize("refuse", [refuse_late, refuse_unflushed])
def test_of_a_deed_that_is_refused_late_nothing_stays(
        commits: Commits, refuse: Callable[[str], Callable[[Session], str]]) -> None:
    one, two, three, _ = commits.ids
    deed, other = commits.lead(write(one), refuse(two), write(three))
    assert (str(deed.refused), other.value, commits.written) == (FULL, three, {one, three})


def test_a_deed_that_breaks_a_rule_of_the_database_fails_alone(commits: Commits) -> None:
    one, two, *_ = commits.ids
    first, second = commits.lead(write(one), write(two), write(two))
    assert (first.value, type(second.refused), commits.written) == (two, IntegrityError, {one, two})


def test_a_long_queue_is_written_in_parts(commits: Commits) -> None:
    deeds = commits.lead(write(commits.ids[0]), *[refuse] * (2 * MOST))
    assert all(deed.is_settled for deed in deeds)
    assert commits.count == 3


def test_when_who_leads_is_killed_the_others_are_written_by_the_next(commits: Commits) -> None:
    def be_killed(_session: Session) -> str:
        raise KeyboardInterrupt

    one, two, *_ = commits.ids
    left = Deed(write(one))
    with commits.database.sessions() as session:
        queue: Queue = session.info["queue"]
        queue.waiting.append(left)
        with pytest.raises(KeyboardInterrupt):
            write_together(session, be_killed)
        assert not left.is_settled
        assert write_together(session, write(two)) == two
    assert (left.value, commits.written) == (one, {one, two})
