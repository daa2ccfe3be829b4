"""What was promised stays: raw SQL past the program, on both databases."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

import server.app  # noqa: F401  (every table is known once the app is imported)
from prizes.db import Base
from prizes.draw import DrawPrize, DrawTerms, SeedBy
from prizes.planned import PlannedPrize, PlannedShare, WinningPlan
from prizes.prize import Prize, PrizeKind, Release, SharedLife
from prizes.seal import missing_seals, seal, seal_all, sealed_tables, unseal_all
from prizes.stock import add_prize, restock
from prizes.ways.community import CommunityStep
from prizes.ways.ladder import LadderStep, add_step
from prizes.ways.standings import PlacePrize
from server.campaigns.campaign import SEALED_COLUMNS, Campaign, CampaignState, CommentsMode, find_campaign
from server.db import Database, open_database, transaction
from server.migrate import UnguardedTable, upgrade
from tests.rig.app import add_campaign
from tests.rig.clock import NOON

OTHER = "other"  # a campaign that is not sealed
REFUSAL = "of a published campaign is sealed"


def scene(database: Database, slug: str) -> None:
    """A campaign with one row in each table that can be sealed; its ids are its slug."""
    add_campaign(database, slug, id=slug, state=CampaignState.DRAFT)
    with database.sessions() as session, transaction(session):
        add_prize(session, Prize(id=slug, campaign_id=slug, names={"en": "Dart"}, kind=PrizeKind.PARCEL,
                                 value_cents=500, created_at=NOON))
        restock(session, slug, 5, NOON, "delivered")
        add_step(session, slug, 100, slug)
        session.add(Release(prize_id=slug, number=1, units=2, opens_at=NOON))
        session.add(SharedLife(campaign_id=slug, life=100))
        session.add(CommunityStep(campaign_id=slug, number=1, at=5, prize_id=slug, releases=False))
        session.add(PlacePrize(campaign_id=slug, first=1, last=1, prize_id=slug))
        session.add(DrawTerms(campaign_id=slug, most_entries=1, reserves=0, seed_by=SeedBy.WITNESS))
        session.add(DrawPrize(campaign_id=slug, number=1, prize_id=slug, units=1))
        session.add(WinningPlan(campaign_id=slug, one_in=10, hours=[1] * 24))
        session.flush()
        session.add(PlannedPrize(campaign_id=slug, prize_id=slug, units=5))
        session.flush()
        session.add(PlannedShare(prize_id=slug, number=1, units=5, starts_at=NOON, ends_at=NOON + timedelta(days=1)))


@pytest.fixture
def sealed(database: Database) -> Database:
    """Two campaigns, of which boss is sealed and other is not."""
    scene(database, "boss")
    scene(database, OTHER)
    seal_campaign(database, "boss")
    return database


def seal_campaign(database: Database, slug: str) -> None:
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.slug == slug).values(sealed_at=NOON))


def is_refused(database: Database, statement: object) -> bool:
    try:
        with database.engine.begin() as connection:
            connection.execute(text(statement) if isinstance(statement, str) else statement)  # type: ignore[call-overload]
    except DBAPIError as error:
        return REFUSAL in str(error.orig)
    return False


def tables(*but: str) -> list[Table]:
    return [Base.metadata.tables[name] for name in sealed_tables() if name not in but]


def key_of(table: Table) -> str:
    """The column that leads to the campaign."""
    return sealed_tables()[table.name].by


def sealed_columns() -> list[tuple[str, str]]:
    """Every column that a seal closes, with its table."""
    return [(table.name, column) for table in tables()
            for column in sealed_tables()[table.name].columns or table.columns.keys()]


def test_these_tables_are_sealed() -> None:
    assert set(sealed_tables()) >= {"campaign", "prize", "release", "ladder_step", "shared_life"}
    assert set(SEALED_COLUMNS) == {
        "slug", "opens_at", "closes_at", "timezone", "rules", "review_line", "value_limit_cents",
        "liability_limit_cents", "per_network", "per_person", "per_household", "rounds_per_day", "friend_rounds",
        "friend_rounds_per_day", "sealed_at"}


@pytest.mark.parametrize(("table", "column"), sealed_columns())
def test_no_sealed_column_changes(sealed: Database, table: str, column: str) -> None:
    by = sealed_tables()[table].by
    change = f'UPDATE "{table}" SET "{column}" = "{column}" WHERE {by} = '
    assert is_refused(sealed, f"{change} 'boss'")
    assert not is_refused(sealed, f"{change} '{OTHER}'")


@pytest.mark.parametrize("table", tables(), ids=str)
def test_no_sealed_row_is_removed(sealed: Database, table: Table) -> None:
    assert is_refused(sealed, delete(table).where(table.c[key_of(table)] == "boss"))
    assert is_refused(sealed, delete(table))


@pytest.mark.parametrize("table", tables("campaign"), ids=str)
def test_no_row_is_added_to_a_sealed_campaign(sealed: Database, table: Table) -> None:
    with sealed.engine.connect() as connection:
        row = dict(connection.execute(select(table).where(table.c[key_of(table)] == OTHER)).mappings().one())
    assert is_refused(sealed, insert(table).values({**row, key_of(table): "boss", **new_key(table)}))


NEW_KEYS: dict[str, dict[str, object]] = {"prize": {"id": "new"}, "release": {"number": 9}, "ladder_step": {"score": 9},
                                             "community_step": {"number": 9}, "place_prize": {"first": 9, "last": 9},
                                             "draw_prize": {"number": 9}, "planned_share": {"number": 9},
                                             "planned_prize": {"prize_id": "new"}}


def new_key(table: Table) -> dict[str, object]:
    return NEW_KEYS.get(table.name, {})


@pytest.mark.parametrize("table", tables("campaign", "release"), ids=str)
def test_no_row_moves_into_a_sealed_campaign_or_out_of_it(sealed: Database, table: Table) -> None:
    by = table.c[key_of(table)]
    assert is_refused(sealed, update(table).where(by == OTHER).values({by: "boss"}))
    assert is_refused(sealed, update(table).where(by == "boss").values({by: OTHER}))


def test_a_release_moves_to_no_prize_of_a_sealed_campaign(sealed: Database) -> None:
    assert is_refused(sealed, f"UPDATE release SET prize_id = 'boss', number = 2 WHERE prize_id = '{OTHER}'")
    assert is_refused(sealed, f"UPDATE release SET prize_id = '{OTHER}', number = 2 WHERE prize_id = 'boss'")


@pytest.mark.parametrize("values", [
    {"state": CampaignState.PAUSED}, {"theme": {}}, {"comments_mode": CommentsMode.OFF}, {"framed_by": []},
    {"titles": {"en": "Boss!"}},
])  # fmt: skip
def test_a_sealed_campaign_still_turns_and_changes_its_looks(sealed: Database, values: dict[str, object]) -> None:
    assert not is_refused(sealed, update(Campaign).where(Campaign.slug == "boss").values(values))


def test_a_sealed_campaign_is_still_played(sealed: Database) -> None:
    assert not is_refused(sealed, "UPDATE shared_life SET drained = drained + 1")
    assert not is_refused(sealed, "UPDATE stock SET free = free - 1, reserved = reserved + 1")


def test_what_sealed_it_stays(sealed: Database) -> None:
    assert "sealed_at" in SEALED_COLUMNS
    assert is_refused(sealed, "UPDATE campaign SET sealed_at = NULL")


NEW_PRIZE = "prize (id, campaign_id, names, kind, value_cents, currency, per_player, created_at)"
REPLACEMENTS = (
    "INSERT OR REPLACE INTO campaign SELECT * FROM campaign WHERE slug = 'boss'",
    f"UPDATE OR REPLACE campaign SET slug = 'boss' WHERE id = '{OTHER}'",
    f"UPDATE OR REPLACE campaign SET id = 'boss' WHERE id = '{OTHER}'",
    f"UPDATE OR REPLACE prize SET id = 'boss' WHERE id = '{OTHER}'",
    f"INSERT OR REPLACE INTO {NEW_PRIZE} VALUES ('boss', '{OTHER}', '{{}}', 'parcel', 1, 'EUR', 1, '2026-12-01')",
    f"INSERT OR REPLACE INTO shared_life SELECT 'boss', 1, 0 FROM shared_life WHERE campaign_id = '{OTHER}'",
    ("INSERT OR REPLACE INTO ladder_step (rowid, campaign_id, score, prize_id) "
     f"SELECT rowid, '{OTHER}', 9, '{OTHER}' FROM ladder_step WHERE campaign_id = 'boss'"),
    *(f"UPDATE OR REPLACE shared_life SET {number} = (SELECT rowid FROM shared_life WHERE campaign_id = 'boss') "
      f"WHERE campaign_id = '{OTHER}'" for number in ("rowid", "oid")),
)


@pytest.mark.parametrize("statement", REPLACEMENTS)
def test_nothing_sealed_is_replaced(sealed: Database, statement: str) -> None:
    if sealed.engine.dialect.name == "sqlite":
        with sealed.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        assert is_refused(sealed, statement)


@pytest.mark.parametrize("table", tables(), ids=str)
def test_postgres_empties_no_table_while_anything_is_sealed(sealed: Database, table: Table) -> None:
    if sealed.engine.dialect.name == "postgresql":
        assert is_refused(sealed, f"TRUNCATE {table.name} CASCADE")


def test_every_sealed_table_has_its_seals(database: Database) -> None:
    with database.engine.connect() as connection:
        assert missing_seals(connection) == []


def test_sealing_again_changes_nothing(sealed: Database) -> None:
    with sealed.engine.begin() as connection:
        seal_all(connection)
        assert missing_seals(connection) == []
    assert is_refused(sealed, "UPDATE prize SET value_cents = 1")


@pytest.mark.parametrize("table", sorted(sealed_tables()))
def test_a_dropped_seal_is_missed_until_the_table_is_sealed_again(database: Database, table: str) -> None:
    is_postgres = database.engine.dialect.name == "postgresql"
    name = f"{table}_sealed_{'rows' if is_postgres else 'update'}"
    with database.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {name}" + (f" ON {table}" if is_postgres else "")))
        assert missing_seals(connection) == [name]
        seal(connection, table)
        assert missing_seals(connection) == []


@pytest.fixture
def embedded(tmp_path: Path) -> Database:
    database = open_database(f"sqlite:///{tmp_path / 'own.sqlite'}")
    upgrade(database.engine)
    return database


def rebuild(database: Database, table: str, *, is_unsealed: bool) -> None:
    """What a migration on SQLite does to change a column's constraint."""
    with database.engine.connect().execution_options(popshot_writes=True) as connection, connection.begin():
        if is_unsealed:
            unseal_all(connection)
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table(table, recreate="always") as batch:
            batch.alter_column("campaign_id", nullable=False)


def test_a_rebuilt_table_that_lost_its_seals_stops_the_migration(embedded: Database) -> None:
    rebuild(embedded, "ladder_step", is_unsealed=False)
    with pytest.raises(UnguardedTable, match="ladder_step_sealed_insert, ladder_step_sealed_update"):
        upgrade(embedded.engine)


def test_a_migration_may_rebuild_what_it_seals_again(embedded: Database) -> None:
    rebuild(embedded, "ladder_step", is_unsealed=True)
    with embedded.engine.connect().execution_options(popshot_writes=True) as connection, connection.begin():
        seal_all(connection)
    upgrade(embedded.engine)
    scene(embedded, "boss")
    seal_campaign(embedded, "boss")
    assert is_refused(embedded, "DELETE FROM ladder_step")


def test_a_prize_that_was_added_while_the_campaign_was_sealed_is_refused(database: Database) -> None:
    """The seal is set in one transaction, a step comes in another one before it is committed."""
    scene(database, "boss")
    outcome = list[str]()
    begun = threading.Event()

    def add_late() -> None:
        with database.sessions() as session:
            begun.set()
            try:
                with transaction(session):
                    session.add(LadderStep(campaign_id="boss", score=7, prize_id="boss"))
            except IntegrityError as error:
                outcome.append(str(error.orig))
    late = threading.Thread(target=add_late)
    with database.sessions() as session, transaction(session):
        session.execute(update(Campaign).where(Campaign.slug == "boss").values(sealed_at=NOON))
        late.start()
        begun.wait()
        wait_for_lock(database, late)
    late.join()
    assert [REFUSAL in said for said in outcome] == [True]


def wait_for_lock(database: Database, late: threading.Thread) -> None:
    """Until somebody waits for a lock on PostgreSQL, or is through; on SQLite the gate lets nobody in meanwhile."""
    if database.engine.dialect.name == "postgresql":
        waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                       "AND datname = current_database()")
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            while late.is_alive() and not connection.scalar(waiting):
                pass


def test_a_campaign_reads_the_same_after_it_was_sealed(sealed: Database) -> None:
    with sealed.sessions() as session:
        boss = find_campaign(session, "boss")
        assert boss is not None
        assert (boss.sealed_at, boss.closes_at) == (NOON, NOON + timedelta(days=365))


