"""From an empty database to today's schema, on both kinds, once, whoever starts first."""

import threading
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table, select, text

import server.app  # noqa: F401  (every table is known once the app is imported)
from prizes.append_only import append_only_tables, missing_guards
from prizes.audit import audit
from prizes.caps import Tally
from prizes.db import Base, new_id
from prizes.draw import draw_with_witness, entries_of
from prizes.fate import drawn_line, struck_entries
from prizes.ledger import Shelf, StockEntry
from prizes.merkle import merkle_root
from prizes.slots import Candidate
from server.campaigns.campaign import Campaign
from server.comments.report import CommentReport
from server.db import Database, open_database, transaction
from server.fairplay.review import ask_review, waiting_reviews
from server.fairplay.signs import Sign
from server.migrate import UnguardedTable, is_migrated, is_there, make_folder, upgrade
from tests.rig.clock import NOON
from tests.rig.databases import create_postgres


def test_the_migrations_make_exactly_the_tables_that_the_code_describes(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_every_append_only_table_is_guarded_after_the_migrations(database: Database) -> None:
    assert append_only_tables() == ["campaign_turn", "claim", "draw_commitment", "draw_freeze", "draw_result",
                                    "ruling", "sending", "staff_act", "stock_entry", "taken_moment"]
    with database.engine.connect() as connection:
        assert missing_guards(connection) == []


def test_a_migration_that_loses_a_guard_is_refused(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'popshot.sqlite'}")
    upgrade(database.engine)
    with database.engine.connect().execution_options(popshot_writes=True) as connection, connection.begin():
        connection.execute(text("DROP TRIGGER stock_entry_refuses_update"))
    with pytest.raises(UnguardedTable, match="stock_entry_refuses_update"):
        upgrade(database.engine)


def test_migrating_again_changes_nothing(database: Database) -> None:
    upgrade(database.engine)
    assert is_migrated(database.engine)


@pytest.fixture(params=["sqlite", "postgres"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database as the first migration made it."""
    is_postgres = request.param == "postgres"
    url = (create_postgres(request.getfixturevalue("postgres_server"), f"old_{new_id()}") if is_postgres
           else f"sqlite:///{tmp_path / 'popshot.sqlite'}")
    database = open_database(url)
    upgrade(database.engine, "0001")
    yield database
    database.engine.dispose()


def insert(database: Database, table: str, *rows: Mapping[str, object]) -> None:
    """Rows into a table as it is in the database, whatever the code knows of it; JSON as text."""
    known = Table(table, MetaData(), autoload_with=database.engine)
    with database.engine.begin() as connection:
        for row in rows:
            connection.execute(known.insert().values(**row))


CAMPAIGN = {"id": "c", "slug": "boss", "brand": "Zapp & Co", "titles": {"en": "Boss"}, "state": "published",
            "opens_at": NOON, "closes_at": NOON + timedelta(days=1), "timezone": "UTC", "rules": {}, "review_line": 1,
            "theme": {"boss": {"name": "Max Zapp"}, "scene": "day"}, "comments_mode": "pre", "framed_by": [],
            "is_demo": False}  # fmt: skip


def test_a_campaign_from_before_strict_themes_wears_the_houses(old: Database) -> None:
    insert(old, "campaign", CAMPAIGN)
    upgrade(old.engine)
    with old.sessions() as session:
        assert session.scalars(select(Campaign)).one().read_theme().scene.place == "hills"
    with old.engine.connect() as connection:
        assert missing_guards(connection) == []


def test_books_from_before_two_shelves_a_line_still_agree(old: Database) -> None:
    insert(old, "prize", {"id": "p", "campaign_id": "c", "names": {"en": "Dart"}, "kind": "parcel", "value_cents": 1,
                          "currency": "EUR", "per_player": 1, "created_at": NOON})
    insert(old, "stock", {"prize_id": "p", "received": 7, "free": 4, "reserved": 1, "awarded": 0, "withdrawn": 2})
    insert(old, "award", {"id": "a", "campaign_id": "c", "prize_id": "p", "player_id": "alice", "round_id": "r",
                          "way": "ladder", "cause": "r", "state": "open", "awarded_at": NOON, "claim_before": NOON,
                          "code_hash": "h"})
    insert(old, "holding", {"prize_id": "p", "player_id": "alice", "units": 1})
    moves = [("received", 10), ("reserved", 1), ("withdrawn", 2), ("corrected", -4), ("corrected", 1)]
    insert(old, "stock_entry", *[{"id": f"{move}{units}", "prize_id": "p", "move": move, "units": units,
                                  "award_id": "a" if move == "reserved" else None, "reason": "word", "at": NOON}
                                 for move, units in moves])
    upgrade(old.engine)
    with old.sessions() as session:
        assert audit(session) == []
        counted_away = select(StockEntry).where(StockEntry.target == Shelf.OUTSIDE)
        assert [(line.source, line.units) for line in session.scalars(counted_away)] == [(Shelf.FREE, 4)]
        assert session.scalars(select(Tally.key)).all() == ["alice"]


def test_four_starts_at_once_migrate_an_empty_database_once(tmp_path: Path) -> None:
    barrier, failures = threading.Barrier(4), list[BaseException]()

    def start() -> None:
        database = open_database(f"sqlite:///{tmp_path / 'popshot.sqlite'}")
        barrier.wait()
        try:
            upgrade(database.engine)
        except Exception as failure:  # noqa: BLE001  (the test shows whatever it was)
            failures.append(failure)
        database.engine.dispose()

    starts = [threading.Thread(target=start) for _ in range(4)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    assert failures == []


def test_an_embedded_database_is_not_there_before_its_first_migration(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'data' / 'popshot.sqlite'}"
    assert not is_there(url)
    make_folder(url)
    assert not is_there(url)
    upgrade(open_database(url).engine)
    assert is_there(url)
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_looks_from_before_a_round_could_have_several_are_kept(old: Database) -> None:
    look = {"campaign_id": "c", "signs": ["same_log"], "asked_at": NOON}
    insert(old, "review", {**look, "round_id": "waits"},
           {**look, "round_id": "ruled", "ruling": "reject", "reason": "why", "ruled_by": "Mona", "ruled_at": NOON})
    upgrade(old.engine)
    with old.sessions() as session, transaction(session):
        assert [review.round_id for review in waiting_reviews(session)] == ["waits"]
        for _ in range(2):  # once ruled on, a round may be looked at again, by one at a time
            ask_review(session, "ruled", "c", [Sign.PLACE_WITH_PRIZE], NOON)
        assert [(review.round_id, review.signs) for review in waiting_reviews(session)] == [
            ("ruled", ["place_with_prize"]), ("waits", ["same_log"])]


@pytest.mark.parametrize("is_drawn", [False, True])
def test_a_draw_that_was_frozen_before_its_list_had_marks_of_players_stays_as_it_was(old: Database,
                                                                                     is_drawn: bool) -> None:
    upgrade(old.engine, "0014")
    own, rounds = {"campaign_id": "c"}, ("r0", "r1", "r2")
    root = merkle_root(round_id.encode() for round_id in rounds).hex()
    insert(old, "draw_terms", {**own, "most_entries": 9, "reserves": 1, "seed_by": "witness"})
    insert(old, "draw_entry", *[{**own, "round_id": round_id, "player_id": "alice"} for round_id in rounds])
    insert(old, "draw_freeze", {**own, "entries": 3, "root": root, "at": NOON})
    insert(old, "draw_struck", {**own, "round_id": "r1"})
    if is_drawn:
        insert(old, "draw_result", {**own, "seed": "00", "value_hash": "00", "at": NOON})
        insert(old, "candidate", {**own, "way": "draw", "position": 1, "player_id": "alice", "round_id": "r2"})
    upgrade(old.engine)
    with old.sessions() as session, transaction(session):
        assert draw_with_witness(session, "c", "A notary", "4 2 6", NOON) != is_drawn
        assert merkle_root(entry.encode() for entry in entries_of(session, "c")).hex() == root
        assert [(entry.round_id, entry.at) for entry in struck_entries(session, "c")] == [("r1", None)]
        assert drawn_line(session, "c") == []
        may_be_next = select(Candidate.player_id).where(Candidate.is_used.is_(False))
        assert session.scalars(may_be_next).all() == ["alice"]


def test_reports_from_before_they_were_receipts_tell_what_came_of_them(old: Database) -> None:
    upgrade(old.engine, "0017")
    insert(old, "campaign", CAMPAIGN)
    insert(old, "player", {"id": "p", "created_at": NOON})
    said = {"campaign_id": "c", "player_id": "p", "text": "", "reason": "fine", "rulings": 2, "revision": 1, "liked": 0,
            "posted_at": NOON}
    insert(old, "comment", {**said, "id": "kept", "state": "published"}, {**said, "id": "removed", "state": "refused"})
    report = {"reason": "spam", "text": "", "revision": 1, "at": NOON}
    insert(old, "comment_report", *[{**report, "id": comment_id, "comment_id": comment_id, "settled_at": NOON}
                                    for comment_id in ("kept", "removed")],
           {**report, "id": "open", "comment_id": "kept", "settled_at": None})
    upgrade(old.engine)
    with old.sessions() as session:
        assert dict(session.execute(select(CommentReport.id, CommentReport.outcome)).all()) == {
            "kept": "kept", "removed": "removed", "open": None}
