"""The outbox: every committed change is told once to each reader, whatever order the commits come in."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from server import outbox
from server.db import Database, transaction
from server.outbox import WINDOW, Tail
from tests.rig.clock import NOON, FakeClock


def tell(database: Database, subject: str, clock: FakeClock) -> None:
    with database.sessions() as session, transaction(session):
        outbox.tell(session, "boss", "comments", subject, clock())


def read(database: Database, tail: Tail, clock: FakeClock) -> list[str]:
    with database.sessions() as session:
        return [line.subject_id for line in tail.read(session, clock())]


def test_each_reader_is_told_every_line_once_in_order(database: Database, clock: FakeClock) -> None:
    first, second = Tail(), Tail()
    assert read(database, first, clock) == []
    tell(database, "a", clock)
    tell(database, "b", clock)
    assert read(database, first, clock) == ["a", "b"]
    tell(database, "c", clock)
    assert read(database, first, clock) == ["c"]
    assert read(database, first, clock) == []
    assert read(database, second, clock) == ["a", "b", "c"]


def test_a_line_says_campaign_topic_and_subject(session: Session) -> None:
    with transaction(session):
        outbox.tell(session, "boss", "prizes", "dart", NOON)
    [line] = Tail().read(session, NOON)
    assert (line.campaign_id, line.topic, line.subject_id) == ("boss", "prizes", "dart")


def test_a_change_that_is_rolled_back_is_never_told(session: Session) -> None:
    def change() -> None:
        with transaction(session):
            outbox.tell(session, "boss", "comments", "a", NOON)
            session.flush()
            raise RuntimeError("the change failed")

    with pytest.raises(RuntimeError, match="failed"):
        change()
    assert Tail().read(session, NOON) == []


def test_a_new_reader_is_not_told_what_is_long_past(database: Database, clock: FakeClock) -> None:
    tell(database, "long past", clock)
    clock.advance(seconds=WINDOW.total_seconds() + 1)
    tell(database, "fresh", clock)
    assert read(database, Tail(), clock) == ["fresh"]


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_line_committed_after_a_later_one_was_read_is_told_too(database: Database, clock: FakeClock) -> None:
    tail = Tail()
    assert read(database, tail, clock) == []
    with database.sessions() as slow:
        with transaction(slow):
            outbox.tell(slow, "boss", "comments", "slow", clock())
            slow.flush()  # it has the lower number now, and is not committed
            tell(database, "quick", clock)
            assert read(database, tail, clock) == ["quick"]
            clock.advance(seconds=9)  # a transaction waits for locks for 5 s at most
            assert read(database, tail, clock) == []
        assert read(database, tail, clock) == ["slow"]
    clock.advance(minutes=1)
    assert read(database, tail, clock) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_commits_in_the_order_of_the_numbers_for_want_of_a_second_writer(database: Database) -> None:
    with database.sessions() as slow, transaction(slow):
        assert not slow.info["gate"].acquire(blocking=False)


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_reader_who_looks_only_above_what_was_read_misses_that_line(database: Database, clock: FakeClock) -> None:
    """The control: once the window is over, the floor rises and the line above is lost."""
    tail = Tail(floor=0)
    with database.sessions() as slow:
        with transaction(slow):
            outbox.tell(slow, "boss", "comments", "slow", clock())
            slow.flush()
            tell(database, "quick", clock)
            assert read(database, tail, clock) == ["quick"]
            clock.advance(seconds=WINDOW.total_seconds() + 1)
            read(database, tail, clock)
        assert read(database, tail, clock) == []


def test_what_a_reader_remembers_does_not_grow(database: Database, clock: FakeClock) -> None:
    tail = Tail()
    for number in range(30):
        tell(database, str(number), clock)
        assert read(database, tail, clock) == [str(number)]
        clock.advance(seconds=1)
    assert len(tail.seen) <= WINDOW.total_seconds() + 1


def test_old_lines_are_purged_and_their_numbers_never_used_again(database: Database, clock: FakeClock) -> None:
    tail = Tail()
    tell(database, "old", clock)
    assert read(database, tail, clock) == ["old"]
    before = clock.advance(hours=1)
    with database.sessions() as session, transaction(session):
        assert outbox.purge(session, before - timedelta(hours=2)) == 0
        assert outbox.purge(session, before) == 1
    tell(database, "new", clock)
    assert read(database, tail, clock) == ["new"]
